import { expect, it } from "vitest";
import { chartData, firstChoice } from "./chart-data.ts";
import { type ResultTable, resultColumn } from "./result-table.ts";

const table: ResultTable = {
  columns: [resultColumn("city", "varchar"), resultColumn("n", "int8"), resultColumn("day", "date")],
  rows: [
    ["Bern", 5, "2024-01-02"],
    ["Chur", null, "2024-01-01"],
  ],
  totalRows: 2,
};

it("chooses numbers over time, then over names", () => {
  expect(firstChoice(table)).toEqual({ kind: "line", x: 2, y: [1] });
  expect(firstChoice({ ...table, columns: table.columns.slice(0, 2) })).toEqual({
    kind: "bars",
    x: 0,
    y: [1],
  });
  expect(firstChoice({ ...table, rows: [] })).toBeUndefined();
  expect(firstChoice({ ...table, columns: [resultColumn("a", "varchar")] })).toBeUndefined();
});

it("times are put in order, NULL is a gap", () => {
  const data = chartData(table, { kind: "line", x: 2, y: [1] });
  expect(data.scale).toBe("time");
  expect(data.x[0]).toBeLessThan(data.x[1] ?? 0);
  expect(data.series).toEqual([{ label: "n", values: [null, 5] }]);
});

it("bars count rows and name them", () => {
  const data = chartData(table, { kind: "bars", x: 0, y: [1] });
  expect(data).toMatchObject({ scale: "category", x: [0, 1], names: ["Bern", "Chur"] });
});

it("numbers in text are numbers", () => {
  const numeric = { ...table, rows: [["Bern", "2.5", "x"]] };
  expect(chartData(numeric, { kind: "points", x: 1, y: [1] }).x).toEqual([2.5]);
});
