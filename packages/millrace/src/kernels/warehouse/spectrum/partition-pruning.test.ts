import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogExpression } from "./partition-pruning.ts";
import { TestSpectrum } from "./test-spectrum.ts";

let spectrum: TestSpectrum;

beforeAll(async () => {
  spectrum = await TestSpectrum.start();
  const partitions: [string[], string][] = [];
  for (const [day, hour] of [
    ["2024-01-01", "1"],
    ["2024-01-01", "2"],
    ["2024-01-02", "10"],
    ["__HIVE_DEFAULT_PARTITION__", "3"],
  ] as const) {
    const location = `s3://b/events/day=${day}/hour=${hour}`;
    await spectrum.parquet("b", `events/day=${day}/hour=${hour}/data`, `select ${hour}::int * 100 as n`);
    partitions.push([[day, hour], location]);
  }
  spectrum.add(
    "events",
    { columns: "n int", keys: "day date, hour int", format: "parquet", location: "s3://b/events/" },
    partitions,
  );
});

afterAll(() => spectrum[Symbol.asyncDispose]());

/** Partitions and files of the last scan. */
async function scanned(): Promise<string | undefined> {
  const [row] = await spectrum.rows(
    "select total_partitions, qualified_partitions, assigned_partitions from svl_s3partition order by query desc limit 1",
  );
  return row?.slice(0, 2).join(" ");
}

describe("partitions", () => {
  it("give their columns to the rows of their files", async () => {
    expect(await spectrum.rows("select * from lake.events order by n")).toEqual([
      ["100", "2024-01-01", "1"],
      ["200", "2024-01-01", "2"],
      ["300", null, "3"],
      ["1000", "2024-01-02", "10"],
    ]);
    expect(
      await spectrum.rows(
        "select day, sum(n) from lake.events where day is not null group by day order by 1",
      ),
    ).toEqual([
      ["2024-01-01", "300"],
      ["2024-01-02", "1000"],
    ]);
  });

  it.each([
    ["day = '2024-01-01'", ["100", "200"], "4 2"],
    ["hour > 2 and day is not null", ["1000"], "4 1"],
    ["dateadd(day, 1, day) = '2024-01-02' and hour in (2, 3)", ["200"], "4 1"],
    ["day is null", ["300"], "4 1"],
    ["hour = 99", [], "4 0"],
    ["n > 250 and hour < 10", ["300"], "4 3"],
  ])("are passed over where %s says so", async (condition, numbers, counts) => {
    const rows = await spectrum.rows(`select n from lake.events where ${condition} order by n`);
    expect(rows.flat()).toEqual(numbers);
    expect(await scanned()).toBe(counts);
  });

  it("are many", async () => {
    const partitions = Array.from({ length: 10_000 }, (_, at): [string[], string] => [
      [String(at)],
      at === 7_777 ? "s3://b/events/day=2024-01-01/hour=1" : `s3://b/nothing/${at}`,
    ]);
    spectrum.add(
      "many",
      { columns: "n int", keys: "p int", format: "parquet", location: "s3://b/nothing/" },
      partitions,
    );
    expect(await spectrum.rows("select n, p from lake.many where p = 7777")).toEqual([["100", "7777"]]);
    expect(spectrum.catalog.expressions.at(-1)).toBe("(p = 7777)");
  });
});

describe("what the catalog decides by itself", () => {
  const keys = [
    { name: "p", hive: { kind: "primitive", name: "int" }, type: { name: "integer" }, position: undefined },
    {
      name: "q",
      hive: { kind: "primitive", name: "string" },
      type: { name: "character varying" },
      position: undefined,
    },
  ] as const;

  it.each([
    ['("p" = 1)', "p", "(p = 1)"],
    ['("p" >= -5)', "p", "(p >= -5)"],
    [`(rtrim("q", ' ') = 'a''b')`, "q", "(q = 'a''b' OR q LIKE 'a''b %')"],
    [`("q" = 'a%')`, "q", ""],
    [`("q" < 'a')`, "q", ""],
    ['(("p" + 1) = 2)', "p", ""],
    [`("p" = 1) OR ("p" = 2)`, "p", ""],
    [`(NOT ("p" = 1))`, "p", ""],
  ])("%s", (sql, column, expression) => {
    expect(catalogExpression([{ sql, columns: [column] }], keys)).toBe(expression);
  });
});
