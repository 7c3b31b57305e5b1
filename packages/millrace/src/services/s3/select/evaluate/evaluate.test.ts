import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../../core/errors.ts";
import { codeOf } from "../../test-s3.ts";
import { seededRandom } from "../test-random.ts";
import { csv, evaluate, json, run } from "../test-select.ts";
import { LikePattern } from "./like-pattern.ts";

const record =
  '{"n":7,"d":1.5,"t":"text","y":"12.50","b":true,"z":null,"l":[10,[20,21]],"o":{"k":"v","A.b":1},"Case":"C"}';

describe("expressions of S3 Select", () => {
  it.each([
    // Arithmetic: integers stay integers, decimals are exact.
    ["7 / 2", "3"],
    ["7.0 / 2", "3.5"],
    ["7 % 4 + -2 * 3", "-3"],
    ["0.1 + 0.2", "0.3"],
    ["s.d * 2", "3.0"],
    ["10 / 4.0", "2.5"],
    ["1.0 / 3", "0.33333333333333333333333333333333333333"],
    ["CAST(3 AS FLOAT) / 2", "1.5"],
    ["CAST('1e2' AS FLOAT) + 1", "101"],
    ["9007199254740993 + 0", "9007199254740993"],
    ["9223372036854775806 + 1", "9223372036854775807"],
    ["s.y + 1", "13.50"],
    ["s.n + NULL", "null"],
    ["s.n + s.nothing", ""],
    ["-(5)", "-5"],
    ["2 - -2", "4"],
    // Comparison: texts take the type of what they meet; what cannot be compared is not equal.
    ["s.y > 12", "true"],
    ["s.y = 12.5", "true"],
    ["'9' < '10'", "false"],
    ["'9' < 10", "true"],
    ["s.t = 5", "false"],
    ["s.t <> 5", "true"],
    ["s.t < 5", "null"],
    ["s.n = 7.0 AND s.n = CAST(7 AS FLOAT)", "true"],
    ["s.b = 'TRUE'", "true"],
    ["s.z = NULL", "null"],
    ["9007199254740993 > 9007199254740992", "true"],
    ["s.n BETWEEN 7 AND 7", "true"],
    ["s.n NOT BETWEEN 7 AND 7", "false"],
    ["s.n IN (1, '7')", "true"],
    ["s.n IN (1, NULL)", "null"],
    ["s.n NOT IN (1, 2)", "true"],
    // Logic with three values.
    ["NULL AND FALSE", "false"],
    ["NULL AND TRUE", "null"],
    ["MISSING OR TRUE", "true"],
    ["NOT NULL", "null"],
    // NULL and MISSING.
    ["s.z IS NULL", "true"],
    ["s.nothing IS NULL", "true"],
    ["s.z IS MISSING", "false"],
    ["s.nothing IS MISSING", "true"],
    ["s.z IS NOT NULL", "false"],
    ["COALESCE(s.nothing, NULL, 3)", "3"],
    ["COALESCE(NULL, MISSING)", "null"],
    ["NULLIF(s.n, 7)", "null"],
    ["NULLIF(s.n, 8)", "7"],
    // Paths.
    ["s.l[1][0]", "20"],
    ["s.o.k", '"v"'],
    ["s.O.K", '"v"'],
    ['s."O".k', ""],
    ["s['o']['A.b']", "1"],
    ["s.l[9]", ""],
    ["s.t.x", ""],
    ["s.case", '"C"'],
    ["s.l", "[10,[20,21]]"],
    ["s.o", '{"k":"v","A.b":1}'],
    ["s.constructor", ""],
    ["s.__proto__", ""],
    ["s.l.length", ""],
    // CASE.
    ["CASE WHEN s.n > 9 THEN 'a' WHEN s.n > 5 THEN 'b' ELSE 'c' END", '"b"'],
    ["CASE s.n WHEN 7 THEN 'seven' END", '"seven"'],
    ["CASE s.n WHEN 8 THEN 'eight' END", "null"],
    // CAST.
    ["CAST('7' AS INT)", "7"],
    ["CAST(7.9 AS INTEGER)", "7"],
    ["CAST('7.90' AS DECIMAL(5, 1))", "7.90"],
    ["CAST(7 AS STRING)", '"7"'],
    ["CAST('TrUe' AS BOOL)", "true"],
    ["CAST(0 AS BOOLEAN)", "false"],
    ["CAST(TRUE AS INT)", "1"],
    ["CAST('2007-04-05T14:30Z' AS TIMESTAMP)", '"2007-04-05T14:30Z"'],
    ["CAST(NULL AS INT)", "null"],
    ["CAST(s.nothing AS INT)", ""],
    // Strings.
    ["CHAR_LENGTH('a\u{1F600}')", "2"],
    ["CHARACTER_LENGTH('')", "0"],
    ["LOWER('AbC') || UPPER('d\u00e9')", '"abcD\u00c9"'],
    ["'a' || 1", '"a1"'],
    ["'it''s'", '"it\'s"'],
    ["SUBSTRING('123456789', 0)", '"123456789"'],
    ["SUBSTRING('123456789', -4)", '"123456789"'],
    ["SUBSTRING('123456789', 2)", '"23456789"'],
    ["SUBSTRING('123456789', 0, 999)", '"123456789"'],
    ["SUBSTRING('123456789' FROM 1 FOR 5)", '"12345"'],
    ["SUBSTRING('a\u{1F600}b', 2, 1)", '"\u{1F600}"'],
    ["TRIM('  a b  ')", '"a b"'],
    ["TRIM(LEADING FROM '  a  ')", '"a  "'],
    ["TRIM(BOTH '12' FROM '1112211foobar22211122')", '"foobar"'],
    ["TRIM(TRAILING 'x' FROM 'xax')", '"xa"'],
    // LIKE.
    ["'abc' LIKE 'a%'", "true"],
    ["'abc' LIKE '_b_'", "true"],
    ["'abc' NOT LIKE '%d%'", "true"],
    ["'50%' LIKE '__!%' ESCAPE '!'", "true"],
    ["'505' LIKE '__!%' ESCAPE '!'", "false"],
    ["NULL LIKE 'a'", "null"],
    // Dates: the examples of AWS's pages.
    ["DATE_ADD(year, 5, `2010-01-01T`)", '"2015-01-01"'],
    ["DATE_ADD(month, 1, `2010T`)", '"2010-02T"'],
    ["DATE_ADD(month, 13, `2010T`)", '"2011-02T"'],
    ["DATE_ADD(day, -1, `2017-01-10T`)", '"2017-01-09"'],
    ["DATE_ADD(hour, 1, `2017T`)", '"2017-01-01T01:00-00:00"'],
    ["DATE_ADD(hour, 1, `2017-01-02T03:04Z`)", '"2017-01-02T04:04Z"'],
    ["DATE_ADD(minute, 1, `2017-01-02T03:04:05.006Z`)", '"2017-01-02T03:05:05.006Z"'],
    ["DATE_ADD(second, 1, `2017-01-02T03:04:05.006Z`)", '"2017-01-02T03:04:06.006Z"'],
    ["DATE_ADD(month, 1, `2017-01-31T`)", '"2017-02-28"'],
    ["DATE_DIFF(year, `2010-01-01T`, `2011-01-01T`)", "1"],
    ["DATE_DIFF(month, `2010T`, `2010-05T`)", "4"],
    ["DATE_DIFF(month, `2010T`, `2011T`)", "12"],
    ["DATE_DIFF(month, `2011T`, `2010T`)", "-12"],
    ["DATE_DIFF(day, `2010-01-01T23:00Z`, `2010-01-02T01:00Z`)", "0"],
    ["EXTRACT(YEAR FROM `2010-01-01T`)", "2010"],
    ["EXTRACT(MONTH FROM `2010T`)", "1"],
    ["EXTRACT(HOUR FROM `2017-01-02T03:04:05+07:08`)", "3"],
    ["EXTRACT(TIMEZONE_HOUR FROM `2017-01-02T03:04:05+07:08`)", "7"],
    ["EXTRACT(TIMEZONE_MINUTE FROM `2017-01-02T03:04:05+07:08`)", "8"],
    ["TO_STRING(`1969-07-20T20:18Z`, 'MMMM d, y')", '"July 20, 1969"'],
    ["TO_STRING(`1969-07-20T20:18Z`, 'MMM d, yyyy')", '"Jul 20, 1969"'],
    ["TO_STRING(`1969-07-20T20:18Z`, 'M-d-yy')", '"7-20-69"'],
    ["TO_STRING(`1969-07-20T20:18Z`, 'MMMM d, y h:m a')", '"July 20, 1969 8:18 PM"'],
    ["TO_STRING(`1969-07-20T20:18Z`, 'y-MM-dd''T''H:m:ssX')", '"1969-07-20T20:18:00Z"'],
    ["TO_STRING(`1969-07-20T20:18+08:00`, 'y-MM-dd''T''H:m:ssXXXX')", '"1969-07-20T20:18:00+0800"'],
    ["TO_STRING(`1969-07-20T20:18+08:00`, 'y-MM-dd''T''H:m:ssXXXXX')", '"1969-07-20T20:18:00+08:00"'],
    ["TO_TIMESTAMP('2007-02-23T12:14:33.079-08:00')", '"2007-02-23T12:14:33.079-08:00"'],
    ["TO_TIMESTAMP('2007T') < UTCNOW()", "true"],
    ["UTCNOW()", '"2026-01-01T00:00:00.000Z"'],
  ])("%s is %s", async (expression, value) => {
    expect(await evaluate(expression, record, Date.UTC(2026, 0, 1))).toBe(value);
  });

  it.each([
    ["1 / 0", "IllegalSqlFunctionArgument"],
    ["1 % 0.0", "IllegalSqlFunctionArgument"],
    ["9223372036854775807 + 1", "IntegerOverflow"],
    ["s.t + 1", "InvalidDataType"],
    ["s.b * 2", "InvalidDataType"],
    ["NOT 5", "InvalidDataType"],
    ["CAST('x' AS INT)", "CastFailed"],
    ["CAST('' AS DECIMAL)", "CastFailed"],
    ["CAST(s.l AS TIMESTAMP)", "CastFailed"],
    ["CAST('2007-02-30T' AS TIMESTAMP)", "CastFailed"],
    ["CAST('9223372036854775808' AS INT)", "CastFailed"],
    ["LOWER(5)", "IncorrectSqlFunctionArgumentType"],
    ["DATE_ADD(day, 1, '2017-01-10T')", "IncorrectSqlFunctionArgumentType"],
    ["DATE_ADD(day, 1.5, `2017-01-10T`)", "IncorrectSqlFunctionArgumentType"],
    ["DATE_ADD(year, 9000, `2017-01-10T`)", "IllegalSqlFunctionArgument"],
    ["DATE_DIFF(timezone_hour, `2017T`, `2018T`)", "IllegalSqlFunctionArgument"],
    ["SUBSTRING('abc', 1, -1)", "IllegalSqlFunctionArgument"],
    ["TO_STRING(`2017T`, 'yyyyy')", "EvaluatorInvalidTimestampFormatPatternSymbol"],
    ["TO_STRING(`2017T`, '''open')", "EvaluatorUnterminatedTimestampFormatPatternToken"],
    ["5 LIKE 'x'", "LikeInvalidInputs"],
    ["'x' LIKE 'x' ESCAPE 'ab'", "LikeInvalidInputs"],
    ["'x' LIKE 'a!b' ESCAPE '!'", "LikeInvalidInputs"],
    [`'x' LIKE '${"a".repeat(1_001)}'`, "LikeInvalidInputs"],
  ])("refuses %s", async (expression, code) => {
    expect(await codeOf(evaluate(expression, record))).toBe(code);
  });

  it("aggregates without NULL and MISSING", async () => {
    const rows = '{"a":1,"b":"10"}\n{"a":null,"b":"9"}\n{"b":"x"}\n{"a":2.5,"b":"1"}\n';
    const select = (list: string): Promise<string> => run(`SELECT ${list} FROM S3Object s`, rows);
    expect(await select("COUNT(*), COUNT(s.a), SUM(s.a), AVG(s.a), MIN(s.a), MAX(s.a) AS most")).toBe(
      '{"_1":4,"_2":2,"_3":3.5,"_4":1.75,"_5":1,"most":2.5}\n',
    );
    expect(await select("MIN(s.b), MAX(s.b)")).toBe('{"_1":"1","_2":"x"}\n');
    expect(await select("SUM(s.nothing), COUNT(s.nothing) + 1")).toBe('{"_1":null,"_2":1}\n');
    expect(await run("SELECT MAX(b), MIN(b) FROM S3Object s WHERE s.b <> 'x'", rows)).toBe(
      '{"_1":10,"_2":1}\n',
    );
    expect(await codeOf(select("SUM(s.b)"))).toBe("InvalidDataType");
    expect(await run("SELECT COUNT(*) FROM S3Object LIMIT 0", rows)).toBe("");
    expect(await run("SELECT AVG(a) FROM S3Object", "a\n1\n2\n", csv)).toBe("1.5\n");
  });

  it("matches LIKE as a plain search over all splits does, and without running away", () => {
    const random = seededRandom(7);
    const text = (length: number, letters: string): string =>
      Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join("");
    for (let round = 0; round < 2_000; round++) {
      const [pattern, subject] = [
        text(Math.floor(random() * 7), "ab_%"),
        text(Math.floor(random() * 8), "ab"),
      ];
      expect([pattern, subject, new LikePattern(pattern, undefined).matches(subject)]).toEqual([
        pattern,
        subject,
        slowLike(pattern, subject),
      ]);
    }
    const runaway = new LikePattern(`${"%a".repeat(50)}b`, undefined);
    expect(runaway.matches("a".repeat(20_000))).toBe(false);
  });

  it("answers any expression with a value or an error of S3", async () => {
    const random = seededRandom(11);
    const atoms = [
      "s.n",
      "s.t",
      "s.z",
      "s.l",
      "s.nothing",
      "1",
      "2.5",
      "'x'",
      "NULL",
      "TRUE",
      "`2017T`",
      "s.o.k",
    ];
    const pick = (items: readonly string[]): string => items[Math.floor(random() * items.length)] ?? "";
    const grow = (depth: number): string => {
      if (depth === 0) return pick(atoms);
      const [a, b] = [grow(depth - 1), grow(depth - 1)];
      return pick([
        `(${a} + ${b})`,
        `(${a} = ${b})`,
        `(${a} < ${b})`,
        `(${a} AND ${b})`,
        `(NOT ${a})`,
        `CAST(${a} AS INT)`,
        `CAST(${a} AS STRING)`,
        `LOWER(${a})`,
        `(${a} LIKE ${b})`,
        `(${a} IN (${b}))`,
        `(${a} || ${b})`,
        `SUBSTRING(${a}, ${b})`,
        `COALESCE(${a}, ${b})`,
        `(${a} IS NULL)`,
        `DATE_ADD(day, ${a}, ${b})`,
      ]);
    };
    let values = 0;
    for (let round = 0; round < 1_500; round++) {
      const expression = grow(1 + (round % 3));
      try {
        await evaluate(expression, record);
        values++;
      } catch (thrown) {
        expect(thrown, expression).toBeInstanceOf(ServiceError);
      }
    }
    expect(values).toBeGreaterThan(100);
  });

  it("writes deep values up to a limit", async () => {
    const deep = (levels: number): string => `{"v":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    expect(await evaluate("s.v", deep(400))).toHaveLength(800);
    expect(await codeOf(evaluate("s.v", deep(400_000)))).toBe("JSONParsingError");
    expect(await run("SELECT COUNT(*) FROM S3Object", deep(400_000), json)).toBe('{"_1":1}\n');
  });
});

function slowLike(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] === "%")
    return slowLike(pattern.slice(1), text) || (text !== "" && slowLike(pattern, text.slice(1)));
  return (
    text !== "" && (pattern[0] === "_" || pattern[0] === text[0]) && slowLike(pattern.slice(1), text.slice(1))
  );
}
