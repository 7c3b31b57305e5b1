import { describe, expect, test } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { parseScript } from "./redshift-parser.ts";

const SEEDS = 40;
const TEXTS_PER_SEED = 150;

/** Statements whose tokens are mixed, cut and doubled. */
const STATEMENTS: readonly string[] = [
  "create table if not exists t (a int identity(1,1) encode zstd, c int default 1 encode zstd, like u, primary key (a)) diststyle key",
  "create external table x.t (a struct<b:array<int>>) partitioned by (d date) stored as parquet location 's'",
  "create external schema x from data catalog database 'd' iam_role default create external database if not exists",
  "create or replace function f(a in int, b varchar(3)) returns int stable as $$ select $1 $$ language sql",
  "create procedure p(inout a int, out b timestamp with time zone) as $$ begin end $$ language plpgsql security definer set x to 1",
  "create materialized view mv backup no sortkey auto auto refresh yes as select a from t group by 1",
  "create user u with password 'x' in group g, h valid until 'infinity' connection limit unlimited",
  "create database d with owner = o connection limit 5 collate ci isolation level snapshot",
  "alter table t add partition (a='1', b=-2) location 's' partition (a=3) location 't'",
  "alter table t alter column a encode lzo, alter b encode raw",
  "alter default privileges for user u in schema s grant select on tables to role r with grant option",
  "copy t (a, b) from 's3://b' iam_role default format as csv quote '\"' gzip null as '\\N' maxerror as 5",
  "unload ('select 1') to 's3://b' credentials 'x' parquet partition by (a) include maxfilesize 5 gb",
  "grant select (a, b), update on table t, s.u to u with grant option, group g, role r, public",
  "revoke grant option for execute on function f(int), g() from public cascade",
  "grant create user, access system table to role r, role s",
  "show parameters of procedure d.s.p($1, $2) like 'a%' limit 5",
  "show grants on function s.f(int) for role r limit 1",
  "set local search_path to '$user', public, -1.5; reset all; show time zone",
  "declare c cursor for select 1; fetch forward 5 from c; close all",
  "prepare p (int) as insert into t values ($1, default); execute p (1 + 2); deallocate all",
  "explain verbose create temp table #t distkey(a) as (select 1 as a)",
  "vacuum sort only t to 75 percent boost; analyze verbose t (a, b); analyze compression t comprows 5",
  "comment on constraint k on s.t is null; lock table a, b; cancel 5 'x'; truncate t; call p(1, 'x')",
  "begin isolation level read committed, read only; end work; rollback to savepoint x",
  "drop function f(timestamp with time zone); drop schema if exists a, b drop external database cascade",
];

const ODD_TOKENS: readonly string[] = [
  "(",
  ")",
  ",",
  ";",
  ".",
  "=",
  "-",
  "*",
  "::",
  "<",
  ">>",
  "$1",
  "$$",
  "'",
  '"',
  "''",
  '""',
  "#t",
  "@",
  "\u0000",
  "\ud800",
  "é",
  "1e999",
  "99999999999999999999",
  "0x1f",
  "$tag$ x",
  "/*",
  "--",
  "constructor",
  "__proto__",
  "toString",
  "null",
  "default",
  "select",
  "with",
  "all",
  "on",
  "to",
  "as",
  "5 percent",
  "'s3://b'",
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

/** Whatever is wrong with a text, its error is one of SQL and stands inside of it. @returns whether it parsed */
function parses(text: string): boolean {
  const shown = text.slice(0, 300);
  try {
    parseScript(text);
    return true;
  } catch (error) {
    expect(error, shown).toBeInstanceOf(SqlError);
    const { position, sqlState } = error as SqlError;
    expect(sqlState, shown).toMatch(/^[0-9A-Z]{5}$/);
    if (position !== undefined) {
      expect(position, shown).toBeGreaterThanOrEqual(0);
      expect(position, shown).toBeLessThanOrEqual(text.length);
    }
    return false;
  }
}

describe("hostile statements", () => {
  test("what is mixed below parses before it is", () => {
    for (const text of STATEMENTS) {
      expect(parses(text), text).toBe(true);
    }
  });

  test.each(Array.from({ length: SEEDS }, (_, index) => index + 1))("mixed tokens, seed %i", (seed) => {
    const next = randomNumbers(seed);
    for (let count = 0; count < TEXTS_PER_SEED; count++) {
      parses(mutate(next));
    }
  });

  test.each([
    ["columns", (n: number) => `create table t (${"a int, ".repeat(n)}b int)`, true],
    [
      "types within types",
      (n: number) => `create external table x.t (a ${"array<".repeat(n)}int${">".repeat(n)})`,
      false,
    ],
    ["open brackets of a type", (n: number) => `create external table x.t (a ${"decimal(".repeat(n)}`, false],
    [
      "brackets around a query",
      (n: number) => `create view v as ${"(".repeat(n)}select 1${")".repeat(n)}`,
      false,
    ],
    ["a default of brackets", (n: number) => `create table t (a int default ${"(".repeat(n)}`, false],
    ["explained explanations", (n: number) => `${"explain ".repeat(n)}select 1`, false],
    ["grantees", (n: number) => `grant select on t to ${"u, ".repeat(n)}v`, true],
    ["options of a copy", (n: number) => `copy t from 's' ${"gzip ".repeat(n)}`, false],
    ["parts of a name", (n: number) => `drop table ${"a.".repeat(n)}b`, true],
    ["parts of a setting", (n: number) => `set ${"a.".repeat(n)}b to 1`, true],
    [
      "arrays of arrays",
      (n: number) => `create function f(int${"[]".repeat(n)}) returns int as '' language sql`,
      true,
    ],
    ["statements", (n: number) => "commit;".repeat(n), true],
  ])("a hundred thousand %s", (_name, make, expected) => {
    expect(parses(make(100_000))).toBe(expected);
  });
});
