import { expect, it } from "vitest";
import type { SqlType, TypeName } from "../types.ts";
import { type CastMode, canCast, castTo } from "./function-table.ts";
import { describeExamples } from "./test-examples.ts";

// docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html, r_CAST_function.html
describeExamples(
  "casts",
  [
    [
      "select 2.5::int, -2.5::int, 2.5::float8::int, 3.5::float8::int, 123.456::decimal(5,1), 300::smallint",
      "3|-3|2|4|123.5|300",
    ],
    ["select true::int, 1::boolean, 0::boolean, 'yes'::boolean, 'f'::boolean", "1|t|f|t|f"],
    [
      "select 1.5::float8::varchar, 100::float8::varchar, 1e20::float8::varchar, 0.1::real::varchar, 1.50::decimal(5,2)::varchar, 7::varchar",
      "1.5|100|1e+20|0.1|1.50|7",
    ],
    [
      "select 'abcdef'::varchar(3), 'äöü'::varchar(3), 'abc'::char(2), 'a  '::char(3), 300::varchar(2), 'ab'::char(5)",
      "abc|ä|ab|a|30|ab",
    ],
    [
      "select date '2024-01-02'::varchar, timestamp '2024-01-02 03:04:05.5'::varchar, timestamptz '2024-01-02 03:04:05+02'::varchar, '1 month 2 days 03:00'::interval::varchar",
      "2024-01-02|2024-01-02 03:04:05.5|2024-01-02 01:04:05+00|1 mon 2 days 03:00:00",
    ],
    [
      "select '5'::int, ' 5 '::bigint, '+5'::smallint, '1.5'::decimal(4,2), '1e3'::float8, 'NaN'::float8",
      "5|5|5|1.50|1000|NaN",
    ],
    [
      "select 'January 8, 1999'::date, '1999-Jan-08'::date, '1/8/99'::date, '19990108'::date, '990108'::date, '1999.008'::date",
      "1999-01-08|1999-01-08|1999-01-08|1999-01-08|1999-01-08|1999-01-08",
    ],
    [
      "select '2024-01-01T10:00:00Z'::timestamptz, 'Jun 1,2008 09:59:59 EST'::timestamptz, '2024-01-01 10:00 PM'::timestamp, '20240101 100000'::timestamp",
      "2024-01-01 10:00:00+00|2008-06-01 14:59:59+00|2024-01-01 22:00:00|2024-01-01 10:00:00",
    ],
    [
      "select '10:20:30.5'::time, '102030'::time, timestamp '2024-01-02 03:04'::date, date '2024-01-02'::timestamp, timestamp '2024-01-02 03:04'::time",
      "10:20:30.5|10:20:30|2024-01-02|2024-01-02 00:00:00|03:04:00",
    ],
    [
      "select x::int, x::bigint, x::decimal(5,2), x::float8, x::real, x::boolean, x::varchar(1), x::char(3) from (select '1'||'' x) t",
      "1|1|1.00|1|1|t|1|1",
    ],
    [
      "select x::date, x::timestamp, x::timestamptz from (select '2024-01-01' || '' x union all select 'Jan 2, 2024') t order by 1",
      "2024-01-01|2024-01-01 00:00:00|2024-01-01 00:00:00+00 ; 2024-01-02|2024-01-02 00:00:00|2024-01-02 00:00:00+00",
    ],
    [
      "select x::timestamptz, x::time from (select '2024-01-01 10:00:00 America/New_York' x union all select '2024-01-01 10:00:00+05:30') t order by 1",
      "2024-01-01 04:30:00+00|10:00:00 ; 2024-01-01 15:00:00+00|10:00:00",
    ],
    [
      "select x::interval, x::int is null, x::date, x::boolean from (select '1 day' x where false union all select null) t",
      "null|t|null|null",
    ],
    [
      "select '2 years 3 months'::interval, '1-2'::interval, '5 04:05:06'::interval, '3 hours ago'::interval, '1.5 days'::interval",
      "2 years 3 months|1 year 2 months|5 days 04:05:06|-03:00:00|1 day 12:00:00",
    ],
    [
      "select json_parse('5')::int, json_parse('\"abc\"')::varchar, json_parse('1.5')::decimal(5,2), json_parse('true')::boolean, json_parse('null')::int, json_parse('\"2024-01-01\"')::date",
      "5|abc|1.50|t|null|2024-01-01",
    ],
  ],
  [
    ["select 'a'::int", "22P02", 'invalid input syntax for integer: "a"'],
    ["select '1.5'::int", "22P02", 'invalid input syntax for integer: "1.5"'],
    ["select x::int from (select 'a'||'b' x) t", "22P02", 'invalid input syntax for integer: "ab"'],
    [
      "select x::decimal(5,2) from (select 'a'||'b' x) t",
      "22P02",
      'invalid input syntax for type numeric: "ab"',
    ],
    ["select x::boolean from (select 'a'||'b' x) t", "22P02", 'invalid input syntax for type boolean: "ab"'],
    ["select x::date from (select 'a'||'b' x) t", "22007", 'invalid input syntax for type date: "ab"'],
    [
      "select x::date from (select '2024-02'||'-30' x) t",
      "22008",
      'date/time field value out of range: "2024-02-30"',
    ],
    ["select '99999999999'::int", "22003", 'value "99999999999" is out of range for type integer'],
    ["select 70000::smallint", "22003", "Value out of range for 2 bytes."],
    ["select '1234.5'::decimal(5,2)", "22003", "Numeric data overflow (result precision)"],
    ["select '2024-02-30'::date", "22008", 'date/time field value out of range: "2024-02-30"'],
    ["select '25:00'::time", "22008", 'date/time field value out of range: "25:00"'],
    ["select 'x'::interval", "22007", 'invalid input syntax for type interval: "x"'],
    ["select true::varchar", "42846", "cannot cast type boolean to character varying"],
    ["select 5::date", "42846", "cannot cast type integer to date"],
    ["select json_parse('\"x\"')::int", "22P02", "Cannot cast SUPER value to scalar type"],
  ],
);

const text = (name: TypeName, length?: number): SqlType =>
  length === undefined ? { name } : { name, length };

it.each([
  ["a value of the type's length", text("character varying", 5), text("character varying", 5), "x"],
  ["a shorter one", text("character", 3), text("character varying", 5), "x"],
  ["an implicit cast", text("character varying"), text("character varying", 5), "x"],
])("prints %s without a check", (_, from, to, expected) => {
  const mode: CastMode = from.length === undefined ? "implicit" : "assignment";
  expect(castTo({ sql: "x", type: from }, to, mode)).toBe(expected);
});

it("allows by mode what Redshift allows", () => {
  const integer: SqlType = { name: "integer" };
  const varchar: SqlType = { name: "character varying" };
  const modes: readonly CastMode[] = ["implicit", "assignment", "explicit"];
  expect(modes.map((mode) => canCast(integer, varchar, mode))).toEqual([true, true, true]);
  expect(modes.map((mode) => canCast(varchar, integer, mode))).toEqual([false, false, true]);
  expect(modes.map((mode) => canCast({ name: "bigint" }, integer, mode))).toEqual([false, true, true]);
  expect(modes.map((mode) => canCast({ name: "boolean" }, varchar, mode))).toEqual([false, false, false]);
});
