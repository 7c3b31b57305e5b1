import { expect, it } from "vitest";
import {
  cellOf,
  columnsOf,
  compareCells,
  csvOf,
  isInexact,
  jsonOf,
  type ResultTable,
  tabbed,
} from "./result-table.ts";

const table: ResultTable = {
  columns: columnsOf([
    { name: "city", typeName: "varchar" },
    { name: "n", label: "n", typeName: "int8" },
    { name: "n", label: "n", typeName: "numeric" },
  ]),
  rows: [
    ['say "hi",\nthen go', 1, "2.50"],
    ["", null, "10"],
  ],
  totalRows: 2,
};

it("fields are cells", () => {
  expect(cellOf({ isNull: true })).toBeNull();
  expect(cellOf({ longValue: 5 })).toBe(5);
  expect(cellOf({ booleanValue: false })).toBe(false);
  expect(cellOf({ stringValue: "" })).toBe("");
  expect(cellOf({ blobValue: new Uint8Array([10, 255]) })).toBe("0aff");
});

it("types say what is a number", () => {
  expect(table.columns.map(({ isNumber }) => isNumber)).toEqual([false, true, true]);
});

it("numbers in text are sorted as numbers, NULL is last", () => {
  expect(["10", "9", null, "1"].toSorted((a, b) => compareCells(a, b, true))).toEqual(["1", "9", "10", null]);
  expect(["10", "9"].toSorted((a, b) => compareCells(a, b, false))).toEqual(["10", "9"]);
});

it("CSV quotes what needs it, and tells NULL from nothing", () => {
  expect(csvOf(table)).toBe('city,n,n\r\n"say ""hi"",\nthen go",1,2.50\r\n"",,10\r\n');
});

it("JSON keeps columns of the same name", () => {
  expect(JSON.parse(jsonOf(table))[0]).toEqual({ city: 'say "hi",\nthen go', n: 1, n_2: "2.50" });
});

it("the clipboard gets a line a row", () => {
  expect(tabbed(table).split("\n")[1]).toBe('say "hi", then go\t1\t2.50');
});

it("knows numbers that a double cannot hold", () => {
  expect(isInexact(2 ** 53)).toBe(true);
  expect(isInexact(5)).toBe(false);
});
