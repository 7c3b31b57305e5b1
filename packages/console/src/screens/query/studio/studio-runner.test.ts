import { expect, it } from "vitest";
import { runOf } from "./studio-runner.ts";

it("a paragraph that runs shows its rows and how many changes made them", () => {
  const run = runOf({
    ...{ id: "p", text: "SELECT 1", status: "RUNNING", startedMs: 5, message: "Done." },
    result: { columns: [{ name: "n", type: "BIGINT" }], rows: [["1"], ["NULL"]], changes: 7 },
  });
  expect(run).toMatchObject({ status: "running", changes: 7, message: "Done." });
  expect(run.table).toEqual({
    columns: [{ name: "n", type: "BIGINT", isNumber: true }],
    rows: [["1"], [null]],
    totalRows: 2,
  });
  expect(run.durationMs).toBeUndefined();
});

it("an error's line is the editor's line", () => {
  const run = runOf({
    ...{ id: "p", text: "", status: "ERROR", startedMs: 5, endedMs: 9 },
    message: "Done.\nline 3, column 8: column 'nope' not found",
  });
  expect(run).toMatchObject({
    status: "failed",
    durationMs: 4,
    message: "Done.\nline 2, column 8: column 'nope' not found",
  });
});
