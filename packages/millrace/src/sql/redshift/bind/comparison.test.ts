import { afterAll, beforeAll, expect, test } from "vitest";
import { TestEngine } from "./test-engine.ts";

/** AWS, "Character types": trailing blanks do not count when texts are compared. */
let engine: TestEngine;

beforeAll(async () => {
  engine = await TestEngine.open();
  await engine.createTable("t", { id: "int", v: "varchar(20)", c: "char(8)" });
  await engine.createTable("k", { v: "varchar(20)" });
});

afterAll(() => engine.close());

/** A small generator of pseudo-random numbers, so that a failure can be had again. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state % below;
  };
}

const seed = 20_240_601;
const next = generator(seed);
const alphabet = ["a", "b", " ", "!", "\t", "\u0001", "é", "~"];
const text = (): string =>
  Array.from({ length: next(4) }, () => alphabet[next(alphabet.length)]).join("") + " ".repeat(next(3));
const quoted = (value: string): string => `'${value}'`;
const trimmed = (value: string): Buffer => Buffer.from(value.replace(/ +$/, ""));

const operators: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

test(`comparisons with literals agree with comparisons without trailing blanks (seed ${seed})`, async () => {
  const values = Array.from({ length: 60 }, text);
  await engine.engine("DELETE FROM t100000");
  await engine.run(
    `insert into t (id, v) values ${values.map((value, id) => `(${id}, ${quoted(value)})`).join(", ")}`,
  );
  for (const literal of [...new Set(Array.from({ length: 40 }, text))]) {
    for (const [operator, holds] of Object.entries(operators)) {
      const expected = values.flatMap((value, id) =>
        holds(Buffer.compare(trimmed(value), trimmed(literal))) ? [String(id)] : [],
      );
      for (const condition of [
        `v ${operator} ${quoted(literal)}`,
        `not (not v ${operator} ${quoted(literal)})`,
      ]) {
        const rows = await engine.rows(`select id from t where ${condition} order by id`);
        expect([literal, condition, rows.map(([id]) => id)]).toEqual([literal, condition, expected]);
      }
    }
  }
});

test("IN, joins, groups, DISTINCT, UNION and windows", async () => {
  await engine.engine("DELETE FROM t100000");
  await engine.run("insert into t values (1, 'a', 'a'), (2, 'a ', 'b'), (3, 'b', 'b  '), (4, 'a!', 'c')");
  await engine.run("insert into k values ('a  '), ('b')");
  expect(await engine.rows("select id from t where v in ('a ', 'x') order by 1")).toEqual([["1"], ["2"]]);
  expect(await engine.rows("select id from t where v not in ('a', 'b  ') order by 1")).toEqual([["4"]]);
  expect(await engine.rows("select id from t join k on t.v = k.v order by 1")).toEqual([["1"], ["2"], ["3"]]);
  expect(await engine.rows("select id from t join k using (v) order by 1")).toEqual([["1"], ["2"], ["3"]]);
  expect(await engine.rows("select id from t where v in (select v from k) order by 1")).toEqual([
    ["1"],
    ["2"],
    ["3"],
  ]);
  expect(await engine.rows("select count(*) from t group by v order by 1")).toEqual([["1"], ["1"], ["2"]]);
  expect(await engine.rows("select count(distinct v) from t")).toEqual([["3"]]);
  expect(await engine.rows("select count(*) from (select distinct v from t) x")).toEqual([["3"]]);
  expect(await engine.rows("select count(*) from (select v from t union select v from k) x")).toEqual([
    ["3"],
  ]);
  expect(
    await engine.rows(
      "select id from (select id, count(*) over (partition by v) n from t) x where n = 2 order by 1",
    ),
  ).toEqual([["1"], ["2"]]);
  expect(await engine.rows("select id from t where c = 'b' order by id")).toEqual([["2"], ["3"]]);
});

test("a grouped text is shown as one of its rows has it", async () => {
  await engine.engine("DELETE FROM t100000");
  await engine.run("insert into t (id, v) values (1, 'x  '), (2, 'x  ')");
  expect(await engine.rows("select v, len(v), count(*) from t group by v, len(v)")).toEqual([
    ["x  ", "3", "2"],
  ]);
});

test("equality with a literal lets the engine prune blocks, and costs a column without trailing blanks nothing", () => {
  expect(engine.print("select id from t where v = 'abc  '")).toContain(
    `r1."c2" >= 'abc' AND r1."c2" < 'abc!'`,
  );
  expect(engine.print("select id from t where c = 'abc'")).toContain(`WHERE (r1."c3" = 'abc')`);
});

test("a case-insensitive database compares without case", async () => {
  engine.settings.caseInsensitive = true;
  expect(await engine.rows("select id from t where v = 'X'  order by id")).toEqual([["1"], ["2"]]);
  expect(await engine.rows("select count(*) from t group by v")).toEqual([["2"]]);
  engine.settings.caseInsensitive = false;
});
