import { describe, expect, test } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { parseScript } from "./flink-parser.ts";

const SEEDS = 30;
const TEXTS_PER_SEED = 120;

/** Statements whose tokens are mixed, cut and doubled. */
const STATEMENTS: readonly string[] = [
  "create table t (a int not null, b as a + 1, c row<x int, y array<map<string, int>>>, d timestamp(3) metadata from 'k' virtual, watermark for d as d - interval '5' second, primary key (a) not enforced) partitioned by (a) with ('k' = 'v') like u (including all)",
  "select /*+ options('a'='b'), x(c, 1) */ distinct a.b[1].c, count(distinct x) filter (where y > 1) over (partition by z order by w rows between 1 preceding and current row) from t",
  "select * from table(tumble(data => table t partition by (a, b), timecol => descriptor(ts), size => interval '1' minute)) group by grouping sets ((a), ()), rollup (b)",
  "select * from a left join b for system_time as of a.ts as c on a.x = c.x cross join unnest(y) with ordinality as u (v, i), lateral table(f(x)) as g",
  "select * from t match_recognize (partition by a order by b measures final last(c.d) as e one row per match after match skip to next row pattern (a b*? {- c -} (d | e){1,2}) within interval '1' hour subset s = (a, b) define a as a.x > prev(a.x)) as m",
  "insert overwrite t partition (a = 'x') (b, c) select 1, case when a in (1, 2) then 'x' else cast(null as string) end union all values (1, 2), row(3, 4)",
  "execute statement set begin insert into a select 1; insert into b select 2; end; set 'a' = 'b'; reset; show tables from x like 'y'",
  "select json_value(a, '$.b' returning int default 0 on empty null on error), json_object(key 'a' value b absent on null), trim(both 'x' from y), extract(day from z), u&'\\00e9', x'1f'",
  "alter table t add (a int first, b string after a, watermark for c as c); alter table t drop if exists partition (a = 1), partition (b)",
  "create temporary system function if not exists f as 'x' language java using jar 'a', jar 'b'; explain plan for select 1; describe extended t",
];

const ODD_TOKENS: readonly string[] = [
  "(",
  ")",
  ",",
  ";",
  ".",
  "=",
  "=>",
  "-",
  "*",
  "/*+",
  "*/",
  "<",
  ">",
  "{",
  "}",
  "[",
  "'",
  "`",
  "``",
  '"',
  "\u0000",
  "\ud800",
  "é",
  "1e999",
  "99999999999999999999",
  "/*",
  "--",
  "//",
  "constructor",
  "__proto__",
  "hasOwnProperty",
  "null",
  "not",
  "select",
  "with",
  "table",
  "interval",
  "_x'y'",
  "u&'",
  "x'",
  "over",
  "values",
];

/** xorshift32 */
function randomNumbers(seed: number): (limit: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  };
}

function mutate(next: (limit: number) => number): string {
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T;
  const tokens = pick(STATEMENTS).split(/(?<=\W)|(?=\W)/);
  const donor = pick(STATEMENTS).split(/(?<=\W)|(?=\W)/);
  for (let change = 0; change <= next(4); change++) {
    const at = next(tokens.length + 1);
    switch (next(5)) {
      case 0:
        tokens.splice(at, 1 + next(3));
        break;
      case 1:
        tokens.splice(at, 0, ` ${pick(ODD_TOKENS)} `);
        break;
      case 2:
        tokens.splice(at, 0, ...donor.slice(next(donor.length)).slice(0, 1 + next(12)));
        break;
      case 3:
        tokens.splice(at);
        break;
      default:
        tokens.splice(at, 0, ...tokens.slice(next(tokens.length + 1)).slice(0, 1 + next(4)));
    }
  }
  return tokens.join("");
}

/** Whatever is wrong with a text, its error is one of SQL and stands inside of it. @returns the error's state */
function outcome(text: string): string {
  const shown = text.slice(0, 300);
  try {
    parseScript(text);
    return "parsed";
  } catch (error) {
    expect(error, shown).toBeInstanceOf(SqlError);
    const { position, sqlState } = error as SqlError;
    expect(sqlState, shown).toMatch(/^[0-9A-Z]{5}$/);
    expect(position, shown).toBeGreaterThanOrEqual(0);
    expect(position, shown).toBeLessThanOrEqual(text.length);
    return sqlState;
  }
}

describe("hostile texts", () => {
  test.each(STATEMENTS)("what is mixed below parses before it is: %s", (text) => {
    expect(outcome(text)).toBe("parsed");
  });

  test.each(Array.from({ length: SEEDS }, (_, index) => index + 1))("mixed tokens, seed %i", (seed) => {
    const next = randomNumbers(seed);
    for (let count = 0; count < TEXTS_PER_SEED; count++) {
      outcome(mutate(next));
    }
  });

  const deep = "54001";
  test.each<[string, (n: number) => string, string]>([
    ["columns", (n) => `create table t (${"a int, ".repeat(n)}b int)`, "parsed"],
    ["selected items", (n) => `select ${"a + 1 as b, ".repeat(n)}c from t`, "parsed"],
    ["conditions", (n) => `select 1 from t where ${"a = 1 and b = 2 or ".repeat(n)}c`, "parsed"],
    ["options", (n) => `create table t (a int) with (${"'k' = 'v', ".repeat(n)}'k' = 'v')`, "parsed"],
    ["rows of values", (n) => `insert into t values ${"(1, 2), ".repeat(n)}(3, 4)`, "parsed"],
    ["branches of CASE", (n) => `select case ${"when a then 1 ".repeat(n)}end`, "parsed"],
    ["hints", (n) => `select /*+ ${"a('b' = 'c'), ".repeat(n)}d */ 1`, "parsed"],
    [
      "variables of a pattern",
      (n) => `select * from t match_recognize (pattern (${"A ".repeat(n)}) define A as true)`,
      "parsed",
    ],
    ["statements", (n) => "select 1;".repeat(n), "parsed"],
    ["parts of a name", (n) => `drop table ${"a.".repeat(n)}b`, "parsed"],
    ["open brackets", (n) => `select ${"(".repeat(n)}`, deep],
    ["brackets", (n) => `select ${"(".repeat(n)}1${")".repeat(n)}`, deep],
    ["types within types", (n) => `select cast(a as ${"array<".repeat(n)}int${">".repeat(n)})`, deep],
    ["arrays of arrays behind", (n) => `select cast(a as int${" array".repeat(n)})`, deep],
    ["rows within rows", (n) => `create table t (a ${"row<a ".repeat(n)}int${">".repeat(n)})`, deep],
    ["a chain of ||", (n) => `select ${"a || ".repeat(n)}b`, deep],
    ["a chain of IS NULL", (n) => `select a${" is null".repeat(n)}`, deep],
    ["NOT", (n) => `select ${"not ".repeat(n)}a`, deep],
    ["signs", (n) => `select ${"- ".repeat(n)}a`, deep],
    ["subscripts", (n) => `select a${"[1]".repeat(n)}`, deep],
    ["fields", (n) => `select f()${".a".repeat(n)}`, deep],
    ["unions", (n) => `${"select 1 union all ".repeat(n)}select 1`, deep],
    ["joins", (n) => `select * from a${" join b on true".repeat(n)}`, deep],
    ["subqueries", (n) => `${"select * from (".repeat(n)}select 1${")".repeat(n)}`, deep],
    ["brackets of joins", (n) => `select * from ${"(".repeat(n)}a`, deep],
    ["calls", (n) => `select ${"f(".repeat(n)}1${")".repeat(n)}`, deep],
    ["windows within windows", (n) => `select ${"f() over (partition by ".repeat(n)}a`, deep],
    ["groups of patterns", (n) => `select * from t match_recognize (pattern (${"(".repeat(n)}A`, deep],
    ["grouping sets", (n) => `select 1 from t group by ${"grouping sets (".repeat(n)}a`, deep],
    ["explanations", (n) => `${"explain ".repeat(n)}select 1`, "42601"],
    ["arrays", (n) => `select ${"array[".repeat(n)}1${"]".repeat(n)}`, deep],
    ["CASE", (n) => `select ${"case when a then ".repeat(n)}1`, deep],
    ["intervals in brackets", (n) => `select ${"interval (".repeat(n)}1`, deep],
    ["JSON within JSON", (n) => `select ${"json_array(".repeat(n)}1`, deep],
    ["tables of functions", (n) => `select * from table(${"f((select * from table(".repeat(n)}`, deep],
    ["CTEs", (n) => `${"with a as (".repeat(n)}select 1`, deep],
    ["filters", (n) => `select ${"count(*) filter (where ".repeat(n)}a`, deep],
    ["lateral queries", (n) => `select * from ${"lateral (select * from ".repeat(n)}a`, deep],
    ["joins of nothing", (n) => `select * from a${" natural".repeat(n)}`, "42601"],
  ])("sixty thousand %s", (_name, make, expected) => {
    expect(outcome(make(60_000))).toBe(expected);
  });

  test("a text that is too long", () => {
    expect(() => parseScript(" ".repeat(16 * 1024 * 1024 + 1))).toThrow(/at most/);
  });
});
