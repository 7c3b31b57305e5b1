import { expect, it } from "vitest";
import { literal, skewOf, sliceRows } from "./slices.ts";

it("the fullest slice against even ones", () => {
  const slices = sliceRows([
    { slice: 0, node: 0, rows: 1600 },
    { slice: 1, node: 0, rows: null },
    { slice: 2, node: 1, rows: "400" },
    { slice: 3, node: 1, rows: 6000 },
  ]);
  expect(skewOf(slices)).toEqual({ most: 6000, least: 0, even: 2000, slowdown: 3 });
});

it("an empty table is even", () => {
  expect(skewOf([])).toEqual({ most: 0, least: 0, even: 0, slowdown: 1 });
});

it("texts in statements are quoted", () => {
  expect(literal("it's a \\")).toBe("'it''s a \\\\'");
});
