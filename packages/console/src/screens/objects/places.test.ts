import { expect, it } from "vitest";
import { bucketPath, locationPath, objectPath } from "./places.ts";

it("leads to buckets, folders and objects", () => {
  expect(bucketPath("lake")).toBe("/objects/lake");
  expect(bucketPath("lake", "a b/")).toBe("/objects/lake?prefix=a+b%2F");
  expect(objectPath("lake", "../x", "v1")).toBe("/objects/lake/object?key=..%2Fx&version=v1");
});

it("leads to where a table's data lies", () => {
  expect(locationPath("s3://lake")).toBe("/objects/lake");
  expect(locationPath("s3://lake/sales/")).toBe(bucketPath("lake", "sales/"));
  expect(locationPath("s3://lake/sales")).toBe(bucketPath("lake", "sales/"));
  expect(locationPath("s3a://lake/sales/1.csv")).toBe(objectPath("lake", "sales/1.csv"));
  expect(locationPath("hdfs://x/y")).toBeUndefined();
  expect(locationPath(undefined)).toBeUndefined();
});
