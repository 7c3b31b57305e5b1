import { afterAll, beforeEach, expect, test } from "vitest";
import { engineError } from "../engine-errors.ts";
import { TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeEach(async () => {
  engine?.close();
  engine = await TestEngine.open();
  const columns = {
    id: "bigint identity",
    i: "int",
    n: "numeric(6,2) default 1.5",
    s: "varchar(30)",
    c: "char(5)",
    d: "date",
    at: "timestamp",
    b: "boolean",
    f: "double precision",
    j: "super",
  };
  await engine.createTable("one", columns);
  await engine.createTable("many", columns);
});

afterAll(() => engine.close());

const cells: readonly (readonly string[])[] = [
  ["1", "-7", "'12'", "2.5", "null", "2147483647"],
  ["1.005", "2", "'3.14159'", "null", "-0.125", "default"],
  ["'it''s'", `'"'`, "'back\\\\slash'", "''", "'new\nline'", "null"],
  ["'a'", "'ab   '", "null", "'$$'", "'äö'", "''"],
  ["'2024-02-29'", "date '1999-12-31'", "null", "'2024-03-04'::timestamp::date", "'20240101'", "'2024-1-5'"],
  [
    "'2024-02-29 12:00:00.5'",
    "null",
    "timestamp '1999-12-31'",
    "'2024-01-01'",
    "'2024-01-01 01:02:03'",
    "null",
  ],
  ["true", "'f'", "null", "'yes'", "false", "1=2"],
  ["1.5", "'1e10'", "null", "3", "-0.1", "1e-3"],
  ["json_parse('[1]')", "null", "1", "'x'", "null", "2.5"],
];

/** Rows whose columns run through their cells at different speeds; only the first so many kinds are of each column. */
function rows(count: number, kinds: number): readonly string[] {
  return Array.from({ length: count }, (_, row) => {
    const list = cells.map((column, index) => column[Math.floor(row / (index + 1)) % kinds] ?? "null");
    return `(${list.join(", ")})`;
  });
}

test.each([2, 3, 6])("many rows of %i kinds mean what they mean one by one", async (kinds) => {
  const list = rows(120, kinds);
  for (const row of list) await engine.run(`insert into one values ${row}`);
  expect(await engine.run(`insert into many values ${list.join(", ")}`)).toBe(120);
  const all = await engine.rows("select * from one order by id");
  expect(await engine.rows("select * from many order by id")).toEqual(all);
});

test("a list of columns, and errors of a row among many", async () => {
  const list = Array.from({ length: 200 }, (_, row) => `('${row}', ${row})`);
  await engine.run(`insert into many (s, i) values ${list.join(", ")}`);
  expect(await engine.rows("select id, i, s, n from many where i in (0, 199) order by i")).toEqual([
    ["1", "0", "0", "1.50"],
    ["200", "199", "199", "1.50"],
  ]);
  for (const [column, row, sqlState] of [
    ["i", "('x', 'y')", "22P02"],
    ["n", "('x', 99999)", "22003"],
    ["n", "('x', 9999.999)", "22003"],
  ]) {
    const text = `insert into many (s, ${column}) values ${[...list.slice(0, 99), row].join(", ")}`;
    const error = await engine.run(text).then(
      () => undefined,
      (thrown: unknown) => engineError(thrown),
    );
    expect(error?.sqlState, row).toBe(sqlState);
  }
});

test("IN over many texts: trailing blanks, NULL, NOT, and a value in no column", async () => {
  const texts = Array.from({ length: 150 }, (_, index) => `'t${index}  '`).join(", ");
  await engine.run(
    "insert into one (i, s) values (1, 't7'), (2, 't149 '), (3, 'u'), (4, null), (5, 'it''s')",
  );
  const found = async (condition: string): Promise<unknown> =>
    (await engine.rows(`select i from one where ${condition} order by i`)).flat();
  expect(await found(`s in (${texts}, 'it''s')`)).toEqual(["1", "2", "5"]);
  expect(await found(`s not in (${texts})`)).toEqual(["3", "5"]);
  expect(await found(`s not in (${texts}, null)`)).toEqual([]);
  expect(await found(`s || '' in (${texts}) or i = 3`)).toEqual(["1", "2", "3"]);
  expect(await found(`(s in (${texts})) is null`)).toEqual(["4"]);
});
