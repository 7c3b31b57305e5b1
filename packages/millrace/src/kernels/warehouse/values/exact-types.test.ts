import { expect, it } from "vitest";
import { exactTypes } from "./exact-types.ts";

const open = { name: "numeric" } as const;

it.each([
  ["1.25", 3, 2],
  ["-0.5", 1, 1],
  ["+007", 1, 0],
  ["0", 1, 0],
  ["-.000", 3, 3],
  [" 12e3 ", 5, 0],
  ["12e-3", 3, 3],
  ["1.50e1", 3, 1],
  ["1234567890123456789012345678.0123456789", 38, 10],
])("a decimal has the digits of its value: %s", (text, precision, scale) => {
  expect(exactTypes([undefined], [open], [text])).toEqual([{ name: "numeric", precision, scale }]);
});

it.each([null, "", "x", "1.2.3", "NaN", "1e999", "9".repeat(39)])(
  "what no numeric holds is left to the statement: %s",
  (value) => {
    const given = [open];
    expect(exactTypes(given, [open], [value])).toBe(given);
  },
);

it("other types stay as they were given", () => {
  const found = [{ name: "integer" }, open, { name: "numeric", precision: 5, scale: 2 }] as const;
  expect(exactTypes([undefined, open], found, ["1", "2.5", "3.75"])).toEqual([
    undefined,
    { name: "numeric", precision: 2, scale: 1 },
    undefined,
  ]);
});
