import { expect, it } from "vitest";
import { attributeValue } from "./attribute-value.ts";

it("writes values as DynamoDB does", () => {
  expect(attributeValue({ a: "x", n: 1.5, b: true, z: null, l: [1, { deep: "y" }] })).toEqual({
    M: {
      a: { S: "x" },
      n: { N: "1.5" },
      b: { BOOL: true },
      z: { NULL: true },
      l: { L: [{ N: "1" }, { M: { deep: { S: "y" } } }] },
    },
  });
});
