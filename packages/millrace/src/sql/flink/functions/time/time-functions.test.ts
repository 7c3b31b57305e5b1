import { describe, expect, it } from "vitest";
import { SqlError } from "../../../sql-error.ts";
import { EvaluationError } from "../scalar-function.ts";
import {
  type Case,
  call,
  date,
  decimal,
  describeCases,
  instant,
  millis,
  months,
  resolved,
  time,
  timestamp,
  typed,
} from "../test-function-cases.ts";

const ny = { timeZone: "America/New_York" };
const tokyo = { timeZone: "Asia/Tokyo" };
const berlin = { timeZone: "Europe/Berlin" };
const f0 = timestamp("2000-01-31 11:22:33.123456", 6);
const f1 = timestamp("2020-02-29 01:56:59.987654", 6);
const old = timestamp("1969-12-31 23:00:01.5");

function extracts(
  rows: readonly (readonly [unit: string, first: number, second: number])[],
): readonly Case[] {
  return rows.flatMap(([unit, first, second]): Case[] => [
    ["extract", [unit, f0], first, "BIGINT"],
    ["extract", [unit, f1], second],
  ]);
}

// apache/flink TimeFunctionsITCase.extractTestCases says these
describeCases("EXTRACT", [
  ...extracts([
    ["NANOSECOND", 123_456_000, 987_654_000],
    ["MICROSECOND", 123_456, 987_654],
    ["MILLISECOND", 123, 987],
    ["SECOND", 33, 59],
    ["MINUTE", 22, 56],
    ["HOUR", 11, 1],
    ["DAY", 31, 29],
    ["WEEK", 5, 9],
    ["MONTH", 1, 2],
    ["QUARTER", 1, 1],
    ["YEAR", 2000, 2020],
    ["DECADE", 200, 202],
    ["CENTURY", 20, 21],
    ["MILLENNIUM", 2, 3],
    ["DOW", 2, 7],
    ["ISODOW", 1, 6],
    ["DOY", 31, 60],
    ["ISOYEAR", 2000, 2020],
    ["EPOCH", 949_317_753, 1_582_941_419],
  ]),
  ["extract", ["DAY", date("1990-10-14")], 14],
  ["extract", ["EPOCH", date("1970-01-02")], 86_400],
  ["extract", ["WEEK", date("2021-01-01")], 53],
  ["extract", ["ISOYEAR", date("2021-01-01")], 2020],
  ["extract", ["ISOYEAR", date("2018-12-31")], 2019],
  ["extract", ["HOUR", instant("1970-01-02 03:46:40.012")], 3],
  ["extract", ["HOUR", instant("1970-01-02 03:46:40.012")], 22, "BIGINT", ny],
  ["extract", ["DAY", instant("1970-01-02 03:46:40.012")], 1, "BIGINT", ny],
  ["extract", ["HOUR", time("11:22:33")], 11],
  ["extract", ["MILLISECOND", time("11:22:33.456")], 456],
  ["extract", ["DAY", millis(100_000_000)], 1],
  ["extract", ["HOUR", millis(-100_000_000)], -3],
  ["extract", ["YEAR", months(30)], 2],
  ["extract", ["MONTH", months(30)], 6],
  ["year", [date("1994-09-27")], 1994, "BIGINT"],
  ["quarter", [date("1994-09-27")], 3],
  ["month", [date("1994-09-27")], 9],
  ["week", [date("1994-09-27")], 39],
  ["dayofyear", [date("1994-09-27")], 270],
  ["dayofmonth", [date("1994-09-27")], 27],
  ["dayofweek", [date("1994-09-27")], 3],
  ["hour", [timestamp("1994-09-27 13:14:15")], 13],
  ["minute", [timestamp("1994-09-27 13:14:15")], 14],
  ["second", [timestamp("1994-09-27 13:14:15")], 15],
  ["hour", [old], 23],
  ["second", [old], 1],
  ["year", [old], 1969],
  ["extract", ["MILLISECOND", old], 500],
  ["hour", [instant("2020-07-01 00:00:00")], 2, "BIGINT", berlin],
  ["hour", [instant("2020-01-01 00:00:00")], 1, "BIGINT", berlin],
]);

const dates = (from: number | null, to: number | null): unknown => typed("ROW<a DATE, b DATE>", [from, to]);

describeCases("OVERLAPS of rows", [
  ["overlaps", [dates(1, 5), dates(5, 9)], true, "BOOLEAN"],
  ["overlaps", [dates(1, 4), dates(5, 9)], false],
  ["overlaps", [dates(1, null), dates(5, 9)], null],
]);

it("refuses parts that a type does not have", () => {
  expect(resolved("extract", ["NANOSECOND", date("1990-10-14")])).toBeUndefined();
  expect(resolved("extract", ["DAY", time("11:22:33")])).toBeUndefined();
  expect(resolved("extract", ["NOTHING", f0])).toBeUndefined();
  expect(resolved("hour", [date("1990-10-14")])).toBeUndefined();
  expect(resolved("year", [true])).toBeUndefined();
});

const day = date("1990-10-14");
const clock = time("11:22:33");
// apache/flink TimeFunctionsITCase.floorTestCases and ceilTestCases
describeCases("FLOOR and CEIL", [
  ["floor", [clock, "MINUTE"], clock.value === null ? 0 : time("11:22:00").value, "TIME(3)"],
  ["floor", [clock, "HOUR"], time("11:00:00").value],
  ["floor", [day, "HOUR"], day.value, "DATE"],
  ["floor", [day, "DAY"], day.value],
  ["floor", [day, "WEEK"], day.value],
  ["floor", [day, "MONTH"], date("1990-10-01").value],
  ["floor", [day, "QUARTER"], date("1990-10-01").value],
  ["floor", [day, "YEAR"], date("1990-01-01").value],
  ["floor", [day, "DECADE"], date("1990-01-01").value],
  ["floor", [day, "CENTURY"], date("1901-01-01").value],
  ["floor", [day, "MILLENNIUM"], date("1001-01-01").value],
  ["floor", [f1, "MILLISECOND"], timestamp("2020-02-29 01:56:59.987").value, "TIMESTAMP(6)"],
  ["floor", [f1, "SECOND"], timestamp("2020-02-29 01:56:59").value],
  ["floor", [f1, "MINUTE"], timestamp("2020-02-29 01:56:00").value],
  ["floor", [f1, "HOUR"], timestamp("2020-02-29 01:00:00").value],
  ["floor", [f1, "DAY"], timestamp("2020-02-29 00:00:00").value],
  ["floor", [f1, "WEEK"], timestamp("2020-02-23 00:00:00").value],
  ["floor", [f1, "MONTH"], timestamp("2020-02-01 00:00:00").value],
  ["floor", [f1, "QUARTER"], timestamp("2020-01-01 00:00:00").value],
  ["floor", [f1, "YEAR"], timestamp("2020-01-01 00:00:00").value],
  ["floor", [f1, "DECADE"], timestamp("2020-01-01 00:00:00").value],
  ["floor", [f1, "CENTURY"], timestamp("2001-01-01 00:00:00").value],
  ["floor", [f1, "MILLENNIUM"], timestamp("2001-01-01 00:00:00").value],
  ["floor", [old, "HOUR"], timestamp("1969-12-31 23:00:00").value],
  [
    "floor",
    [instant("2020-07-01 02:30:00"), "DAY"],
    instant("2020-06-30 04:00:00").value,
    "TIMESTAMP_LTZ(3)",
    ny,
  ],
  ["ceil", [clock, "MINUTE"], time("11:23:00").value],
  ["ceil", [clock, "HOUR"], time("12:00:00").value],
  ["ceil", [day, "HOUR"], day.value],
  ["ceil", [day, "DAY"], date("1990-10-15").value],
  ["ceil", [day, "WEEK"], day.value],
  ["ceil", [day, "MONTH"], date("1990-11-01").value],
  ["ceil", [day, "QUARTER"], date("1991-01-01").value],
  ["ceil", [day, "YEAR"], date("1991-01-01").value],
  ["ceil", [day, "DECADE"], date("2000-01-01").value],
  ["ceil", [day, "CENTURY"], date("2001-01-01").value],
  ["ceil", [day, "MILLENNIUM"], date("2001-01-01").value],
  ["ceil", [f1, "MILLISECOND"], timestamp("2020-02-29 01:56:59.988").value],
  ["ceil", [f1, "SECOND"], timestamp("2020-02-29 01:57:00").value],
  ["ceil", [f1, "HOUR"], timestamp("2020-02-29 02:00:00").value],
  ["ceil", [f1, "DAY"], timestamp("2020-03-01 00:00:00").value],
  ["ceil", [f1, "WEEK"], timestamp("2020-03-01 00:00:00").value],
  ["ceil", [f1, "MONTH"], timestamp("2020-03-01 00:00:00").value],
  ["ceil", [f1, "QUARTER"], timestamp("2020-04-01 00:00:00").value],
  ["ceil", [f1, "YEAR"], timestamp("2021-01-01 00:00:00").value],
  ["ceil", [f1, "DECADE"], timestamp("2030-01-01 00:00:00").value],
  ["ceil", [f1, "CENTURY"], timestamp("2101-01-01 00:00:00").value],
  ["ceil", [f1, "MILLENNIUM"], timestamp("3001-01-01 00:00:00").value],
]);

describeCases("arithmetic of times", [
  [
    "+",
    [timestamp("2020-01-31 10:00:00"), months(1)],
    timestamp("2020-02-29 10:00:00").value,
    "TIMESTAMP(3)",
  ],
  ["-", [timestamp("2020-03-31 10:00:00"), months(1)], timestamp("2020-02-29 10:00:00").value],
  ["-", [timestamp("2020-03-31 10:00:00"), millis(5000)], timestamp("2020-03-31 09:59:55").value],
  [
    "+",
    [timestamp("2020-03-31 10:00:00.123456", 6), millis(500)],
    timestamp("2020-03-31 10:00:00.623456", 6).value,
  ],
  ["+", [millis(1000), timestamp("2020-03-31 10:00:00")], timestamp("2020-03-31 10:00:01").value],
  ["+", [date("2020-01-31"), months(1)], date("2020-02-29").value, "DATE"],
  ["+", [date("2020-02-28"), millis(172_800_000)], date("2020-03-01").value, "DATE"],
  ["+", [date("2020-02-28"), millis(3_600_000)], timestamp("2020-02-28 01:00:00").value, "TIMESTAMP(6)"],
  ["+", [time("23:00:00"), millis(7_200_000)], time("01:00:00").value, "TIME(3)"],
  ["-", [time("01:00:00"), millis(7_200_000)], time("23:00:00").value],
  ["+", [millis(1), millis(2)], 3],
  ["-", [months(1), months(2)], -1],
  ["*", [millis(1000), 3], 3000],
  ["*", [2, months(5)], 10],
  ["timestampadd", ["DAY", 3, timestamp("2020-02-28 10:00:00")], timestamp("2020-03-02 10:00:00").value],
  ["timestampadd", ["MONTH", 1, date("2020-01-31")], date("2020-02-29").value, "DATE"],
  ["timestampadd", ["QUARTER", -1, date("2020-01-31")], date("2019-10-31").value],
  ["timestampadd", ["WEEK", 1, date("2020-01-31")], date("2020-02-07").value],
  ["timestampadd", ["HOUR", 2, date("2020-01-31")], timestamp("2020-01-31 02:00:00").value, "TIMESTAMP(6)"],
  ["timestampadd", ["SQL_TSI_YEAR", 1, date("2020-02-29")], date("2021-02-28").value],
  [
    "timestampdiff",
    ["SECOND", timestamp("2020-01-01 00:00:00"), timestamp("2020-01-01 00:00:01.9")],
    1,
    "INT",
  ],
  ["timestampdiff", ["SECOND", timestamp("2020-01-01 00:00:01.9"), timestamp("2020-01-01 00:00:00")], -1],
  ["timestampdiff", ["DAY", date("2003-01-02"), date("2003-01-03")], 1],
  ["timestampdiff", ["HOUR", timestamp("2020-01-01 00:00:00"), date("2020-01-02")], 24],
  ["timestampdiff", ["WEEK", date("2020-01-01"), date("2020-01-20")], 2],
  ["timestampdiff", ["MONTH", date("2017-01-31"), date("2017-02-28")], 1],
  ["timestampdiff", ["MONTH", timestamp("2020-01-15 10:00:00"), timestamp("2020-02-15 09:00:00")], 0],
  ["timestampdiff", ["MONTH", date("2020-03-15"), date("2020-01-16")], -1],
  ["timestampdiff", ["YEAR", date("2019-03-01"), date("2020-02-29")], 0],
  ["timestampdiff", ["QUARTER", date("2019-03-01"), date("2020-03-01")], 4],
  ["overlaps", [time("02:55:00"), millis(3_600_000), time("03:30:00"), millis(7_200_000)], true, "BOOLEAN"],
  ["overlaps", [time("09:00:00"), time("10:00:00"), time("10:15:00"), millis(10_800_000)], false],
  ["overlaps", [date("2011-03-10"), millis(864_000_000), date("2011-03-19"), millis(864_000_000)], true],
  [
    "overlaps",
    [
      timestamp("2011-03-10 05:02:02"),
      millis(0),
      timestamp("2011-03-10 05:02:02"),
      timestamp("2011-03-10 05:02:01"),
    ],
    true,
  ],
  [
    "overlaps",
    [
      timestamp("2011-03-10 05:02:02.001"),
      millis(0),
      timestamp("2011-03-10 05:02:02.002"),
      timestamp("2011-03-10 05:02:02.002"),
    ],
    false,
  ],
  ["overlaps", [date("2020-01-31"), months(1), date("2020-02-29"), date("2020-03-01")], true],
]);

const at = timestamp("2020-03-05 13:04:09.007");
// docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html, java/text/SimpleDateFormat.html
describeCases("texts of times", [
  ["date_format", [at, "yyyy-MM-dd"], "2020-03-05", "STRING"],
  ["date_format", [at, "HH:mm"], "13:04"],
  ["date_format", [at, "yyyy-MM-dd HH:mm:ss.SSS"], "2020-03-05 13:04:09.007"],
  ["date_format", [at, "yyyyMMddHHmmss"], "20200305130409"],
  ["date_format", [at, "y yy yyyyy u M MMM MMMM d D DDD"], "2020 20 02020 2020 3 Mar March 5 65 065"],
  ["date_format", [at, "E EEEE EEEEE Q h hh K k a G"], "Thu Thursday T 1 1 01 1 13 PM AD"],
  ["date_format", [at, "m:s.S SSSSSS n"], "4:9.0 007000 7000000"],
  ["date_format", [at, "'at' HH 'o''clock' ''"], "at 13 o'clock '"],
  ["date_format", [at, "yyyy[-MM]"], "2020-03"],
  ["date_format", [timestamp("0099-01-01 00:00:00"), "yyyy"], "0099"],
  ["date_format", [old, "yyyy-MM-dd HH:mm:ss.SSS"], "1969-12-31 23:00:01.500"],
  ["date_format", [f0, "ss.SSSSSS"], "33.123456"],
  ["date_format", [instant("2020-03-05 13:04:09"), "HH:mm"], "22:04", "STRING", tokyo],
  ["date_format", [date("2020-03-05"), "dd.MM.yy"], "05.03.20"],
  ["date_format", ["2020-03-05 13:04:09", "HH-mm"], "13-04"],
  ["date_format", ["nonsense", "HH"], null],
  ["from_unixtime", [44], "1970-01-01 00:00:44"],
  ["from_unixtime", [44], "1970-01-01 09:00:44", "STRING", tokyo],
  ["from_unixtime", [1_583_413_449, "yyyy/MM/dd X Z"], "2020/03/05 -05 -0500", "STRING", ny],
  ["from_unixtime", [0, "SSS u E XXX"], "000 4 Thu Z"],
  ["from_unixtime", [-1], "1969-12-31 23:59:59"],
  ["unix_timestamp", ["1970-01-01 00:00:44"], 44, "BIGINT"],
  // The examples of Flink's documentation
  ["unix_timestamp", ["1970-01-01 08:00:01.001", "yyyy-MM-dd HH:mm:ss.SSS"], 25_201, "BIGINT", berlin],
  ["unix_timestamp", ["1970-01-01 08:00:01.001 +0800", "yyyy-MM-dd HH:mm:ss.SSS X"], 1, "BIGINT", berlin],
  ["unix_timestamp", ["1970-01-01 08:00:01.001 +0800", "yyyy-MM-dd HH:mm:ss.SSS"], 25_201, "BIGINT", berlin],
  [
    "unix_timestamp",
    ["1970-01-01 08:00:01.001", "yyyy-MM-dd HH:mm:ss.SSS X"],
    -(2n ** 63n),
    "BIGINT",
    berlin,
  ],
  ["unix_timestamp", ["2020-01-32 25:00:00"], 1_580_605_200, "BIGINT"],
  ["unix_timestamp", ["5 March 20", "d MMM yy"], 1_583_366_400],
  ["unix_timestamp", ["20200305", "yyyyMMdd"], 1_583_366_400],
  ["unix_timestamp", ["x"], -(2n ** 63n)],
  ["unix_timestamp", [], 5, "BIGINT NOT NULL", { nowMs: 5999 }],
  ["convert_tz", ["1970-01-01 00:00:00", "UTC", "America/Los_Angeles"], "1969-12-31 16:00:00"],
  ["convert_tz", ["2020-07-01 12:00:00", "PST", "GMT+02:00"], "2020-07-01 21:00:00"],
  ["convert_tz", ["nonsense", "UTC", "UTC"], null],
  ["to_date", ["2020-02-29"], date("2020-02-29").value, "DATE"],
  ["to_date", ["2020-02-29 10:00:00"], date("2020-02-29").value],
  ["to_date", ["2020-2-9"], date("2020-02-09").value],
  ["to_date", ["2020"], date("2020-01-01").value],
  ["to_date", ["2021-02-29"], null],
  ["to_date", ["x"], null],
  ["to_date", ["29.02.2020", "dd.MM.yyyy"], date("2020-02-29").value],
  ["to_date", ["x", "dd.MM.yyyy"], null],
  ["to_timestamp", ["2020-02-29 01:02:03"], timestamp("2020-02-29 01:02:03").value, "TIMESTAMP(3)"],
  ["to_timestamp", ["2020-02-29 01:02:03.1234"], timestamp("2020-02-29 01:02:03.123").value],
  ["to_timestamp", ["2020-02-29"], timestamp("2020-02-29 00:00:00").value],
  ["to_timestamp", ["2020-2-9 1:2:3"], timestamp("2020-02-09 01:02:03").value],
  ["to_timestamp", ["2020-02-29 01:02:03."], timestamp("2020-02-29 01:02:03").value],
  ["to_timestamp", ["2020-02-29 01:02:03.0009"], timestamp("2020-02-29 01:02:03").value],
  ["to_timestamp", ["1969-12-31 23:59:59.5"], -500],
  ["to_timestamp", ["2020-02-29 01:02:0x"], null],
  ["to_timestamp", ["2020-02-29 01:02:03.x"], null],
  ["to_timestamp", ["2020-02-29 24:00:00"], null],
  ["to_timestamp", ["2020-02-29 01:60:00"], null],
  ["to_timestamp", ["2020-00-29 01:02:03"], null],
  ["to_timestamp", ["2020-02-30 01:02:03"], null],
  ["to_timestamp", ["2020-02-29T01:02:03"], null],
  ["to_timestamp", ["x"], null],
  ["to_timestamp", ["29/02/2020 13:14", "dd/MM/yyyy HH:mm"], timestamp("2020-02-29 13:14:00").value],
  ["to_timestamp", ["20200229131415", "yyyyMMddHHmmss"], timestamp("2020-02-29 13:14:15").value],
  ["to_timestamp", ["20200229131415678", "yyyyMMddHHmmssSSS"], timestamp("2020-02-29 13:14:15.678").value],
  [
    "to_timestamp",
    ["2020-02-29T01:02:03Z", "yyyy-MM-dd'T'HH:mm:ssX"],
    timestamp("2020-02-29 01:02:03").value,
  ],
  ["to_timestamp", ["Feb 9, 2020 1:05 PM", "MMM d, yyyy h:mm a"], timestamp("2020-02-09 13:05:00").value],
  ["to_timestamp", ["12:30", "HH:mm"], timestamp("1970-01-01 12:30:00").value],
  ["to_timestamp", ["2020-02-31", "yyyy-MM-dd"], timestamp("2020-02-29 00:00:00").value],
  ["to_timestamp", ["2020-13-01", "yyyy-MM-dd"], null],
  ["to_timestamp", ["2020-02-29 24:00", "yyyy-MM-dd HH:mm"], timestamp("2020-03-01 00:00:00").value],
  ["to_timestamp", ["2020-02", "yyyy-MM[-dd]"], timestamp("2020-02-01 00:00:00").value],
  ["to_timestamp", ["2020-02-05", "yyyy-MM[-dd]"], timestamp("2020-02-05 00:00:00").value],
  // What does not fit the pattern is tried in the default form
  ["to_timestamp", ["1999-9-10 05:20:10", "yyyy-MM-dd HH:mm:ss"], timestamp("1999-09-10 05:20:10").value],
  ["to_timestamp", ["1999-9-10", "yyyy/MM/dd"], timestamp("1999-09-10 00:00:00").value],
  ["to_timestamp", ["2020-02-29 x", "yyyy-MM-dd"], null],
  ["to_timestamp_ltz", [44, 0], 44_000, "TIMESTAMP_LTZ(3)"],
  ["to_timestamp_ltz", [4001, 3], 4001],
  ["to_timestamp_ltz", [4001n], 4001],
  ["to_timestamp_ltz", [1.5, 0], 1500],
  ["to_timestamp_ltz", [1.7, 3], 1],
  ["to_timestamp_ltz", [decimal("12.9"), 0], 12_000],
  ["to_timestamp_ltz", [typed("BIGINT", 2n ** 62n), 3], null],
  ["to_timestamp_ltz", ["2020-02-29 01:02:03.5"], instant("2020-02-29 01:02:03.5").value],
  ["to_timestamp_ltz", ["29.02.2020", "dd.MM.yyyy"], instant("2020-02-29 00:00:00").value],
  ["to_timestamp_ltz", ["29.02.2020", "dd.MM.yyyy", "Asia/Tokyo"], instant("2020-02-28 15:00:00").value],
  ["current_date", [], 0, "DATE NOT NULL", { nowMs: 3_600_000 }],
  ["current_date", [], -1, "DATE NOT NULL", { nowMs: 3_600_000, ...ny }],
  ["current_time", [], 3_661_000, "TIME(0) NOT NULL", { nowMs: 3_661_500 }],
  ["localtime", [], 36_061_000, "TIME(0) NOT NULL", { nowMs: 3_661_500, ...tokyo }],
  ["localtimestamp", [], 32_400_500, "TIMESTAMP(3) NOT NULL", { nowMs: 500, ...tokyo }],
  ["current_timestamp", [], 500, "TIMESTAMP_LTZ(3) NOT NULL", { nowMs: 500, ...tokyo }],
  ["now", [], 7, undefined, { nowMs: 7 }],
  ["current_row_timestamp", [], 7, undefined, { nowMs: 7 }],
]);

describe("formats", () => {
  it.each([
    [
      "date_format",
      [at, "YYYY-ww"],
      /The letter 'Y' of the date pattern 'YYYY-ww' is not there; it runs on Apache Flink itself/,
    ],
    ["date_format", [at, "HH z"], /'z'/],
    ["to_timestamp", ["2020", "e"], /'e'/],
    ["from_unixtime", [1, "Q"], /'Q'/],
    ["date_format", [at, "yyyy 'open"], /quotation mark that is not closed/],
    ["date_format", [at, "yyyy]"], /has ']' without '\['/],
    ["date_format", [at, "y".repeat(2000)], /longer than 1000/],
  ])("of %s are refused when they are literals, and end the job in rows", (name, values, message) => {
    expect(() => resolved(name, values)).toThrow(SqlError);
    expect(() => resolved(name, values)).toThrow(message);
    expect(() => call(name, values, { literals: false })).toThrow(EvaluationError);
    expect(() => call(name, values, { literals: false })).toThrow(message);
  });

  it("change from row to row", () => {
    const code = resolved("date_format", [at, "HH"], false)?.code;
    const format =
      code?.kind === "strict" ? (code.call as (ms: unknown, pattern: string) => unknown) : () => 0;
    expect(["HH", "mm", "HH"].map((pattern) => format(at.value, pattern))).toEqual(["13", "04", "13"]);
    expect([0, 3_600_000, 0].map((ms) => format(ms, "HH"))).toEqual(["00", "01", "00"]);
    for (let index = 0; index < 1000; index += 1) expect(format(0, `'${index}'`)).toBe(String(index));
  });
});

it("refuses time zones that do not exist", () => {
  expect(() => call("convert_tz", ["1970-01-01 00:00:00", "UTC", "Mars/Base"])).toThrow(
    /no time zone 'Mars\/Base'/,
  );
  expect(() => call("current_date", [], { timeZone: "nowhere" })).toThrow(EvaluationError);
  expect(() => call("to_timestamp_ltz", [1, 6])).toThrow(/does not take/);
  expect(() => call("to_timestamp_ltz", [1, 6], { literals: false })).toThrow(/precision 0 or 3, not 6/);
});
