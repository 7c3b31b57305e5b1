import { expect, it } from "vitest";
import { nodeTypeNamed, nodeTypes, slicesOf, storageMegaBytesOf } from "./node-types.ts";

it("slices and storage are those of AWS's table", () => {
  expect(slicesOf({ nodeType: "ra3.xlplus", nodes: 1 })).toBe(2);
  expect(slicesOf({ nodeType: "ra3.4xlarge", nodes: 3 })).toBe(12);
  expect(slicesOf({ nodeType: "dc2.8xlarge", nodes: 2 })).toBe(32);
  expect(storageMegaBytesOf({ nodeType: "ra3.xlplus", nodes: 1 })).toBe(4 * 1024 * 1024);
  expect(storageMegaBytesOf({ nodeType: "dc2.large", nodes: 4 })).toBe(4 * 160 * 1024);
  expect(storageMegaBytesOf({ nodeType: "dc9.large", nodes: 4 })).toBe(0);
});

it("only managed storage may span two Availability Zones", () => {
  expect(nodeTypes.filter(({ multiAz }) => multiAz).map(({ name }) => name)).toEqual([
    "ra3.large",
    "ra3.xlplus",
    "ra3.4xlarge",
    "ra3.16xlarge",
  ]);
});

it("the larger nodes come at least in pairs", () => {
  expect(nodeTypes.filter(({ singleNode }) => !singleNode).map(({ name }) => name)).toEqual([
    "dc2.8xlarge",
    "ra3.4xlarge",
    "ra3.16xlarge",
  ]);
});

it("there are no others", () => {
  expect(nodeTypeNamed("ds2.xlarge")).toBeUndefined();
  expect(() => slicesOf({ nodeType: "ds2.xlarge", nodes: 1 })).toThrow(RangeError);
});
