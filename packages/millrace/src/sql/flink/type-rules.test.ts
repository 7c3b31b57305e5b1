import { describe, expect, it } from "vitest";
import { parseTypeText } from "./bind/type-name.ts";
import { isCastable, isImplicitlyCastable } from "./type-casts.ts";
import { arithmeticType, averageType, leastCommonType, sameType, sumType } from "./type-rules.ts";
import { typeText } from "./type-text.ts";

const texts = [
  "BOOLEAN",
  "TINYINT NOT NULL",
  "SMALLINT",
  "INT",
  "BIGINT",
  "FLOAT",
  "DOUBLE",
  "DECIMAL(10, 2)",
  "CHAR(3)",
  "VARCHAR(10)",
  "STRING",
  "BINARY(4)",
  "BYTES",
  "DATE",
  "TIME(0)",
  "TIMESTAMP(3) NOT NULL",
  "TIMESTAMP_LTZ(6)",
  "ARRAY<INT NOT NULL>",
  "MULTISET<STRING>",
  "MAP<STRING, BIGINT>",
  "ROW<`a` INT, `b c` ROW<`x` STRING NOT NULL> NOT NULL>",
  "INTERVAL YEAR TO MONTH",
  "INTERVAL DAY TO SECOND(3)",
];

function common(...types: string[]): string | undefined {
  const type = leastCommonType(types.map(parseTypeText));
  return type === undefined ? undefined : typeText(type);
}

function arithmetic(operator: string, left: string, right: string): string | undefined {
  const type = arithmeticType(operator, parseTypeText(left), parseTypeText(right));
  return type === undefined ? undefined : typeText(type);
}

describe("types", () => {
  it.each(texts)("%s is printed as it is read", (text) => {
    expect(typeText(parseTypeText(text))).toBe(text);
    expect(sameType(parseTypeText(text), parseTypeText(text), true)).toBe(true);
  });

  it.each([
    ["VARCHAR", "STRING"],
    ["VARBINARY", "BYTES"],
    ["CHAR", "CHAR(1)"],
    ["INTEGER", "INT"],
    ["NUMERIC(5)", "DECIMAL(5, 0)"],
    ["DEC", "DECIMAL(10, 0)"],
    ["TIMESTAMP", "TIMESTAMP(6)"],
    ["TIMESTAMP(3) WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ(3)"],
    ["INT ARRAY", "ARRAY<INT>"],
    ["ROW(a INT, b STRING NOT NULL)", "ROW<`a` INT, `b` STRING NOT NULL>"],
    ["DOUBLE PRECISION", "DOUBLE"],
  ])("%s is %s", (text, wanted) => {
    expect(typeText(parseTypeText(text))).toBe(wanted);
  });

  it.each([
    ["TIMESTAMP(9)", /0A000|above microseconds/],
    ["TIME(7)", /above microseconds/],
    ["TIMESTAMP(10)", /between 0 and 9/],
    ["DECIMAL(39)", /between 1 and 38/],
    ["DECIMAL(5, 6)", /scale/],
    ["CHAR(0)", /length/],
    ["TIMESTAMP WITH TIME ZONE", /runs on Apache Flink/],
    ["RAW('x', 'y')", /RAW/],
    ["ROW<a INT, a INT>", /twice/],
    ["nothing", /no type 'nothing'/],
  ])("%s is refused", (text, message) => {
    expect(() => parseTypeText(text)).toThrow(message);
  });
});

describe("the least common type", () => {
  it.each([
    [["INT", "BIGINT NOT NULL"], "BIGINT"],
    [["TINYINT NOT NULL", "SMALLINT NOT NULL"], "SMALLINT NOT NULL"],
    [["INT", "DECIMAL(5, 2)"], "DECIMAL(12, 2)"],
    [["BIGINT", "DECIMAL(38, 20)"], "DECIMAL(38, 19)"],
    [["INT", "FLOAT"], "FLOAT"],
    [["DECIMAL(5, 2)", "FLOAT"], "DOUBLE"],
    [["FLOAT", "DOUBLE"], "DOUBLE"],
    [["CHAR(3)", "CHAR(3)"], "CHAR(3)"],
    [["CHAR(3)", "CHAR(5)"], "VARCHAR(5)"],
    [["CHAR(3)", "STRING"], "STRING"],
    [["BINARY(3)", "BINARY(5)"], "VARBINARY(5)"],
    [["TIMESTAMP(3)", "TIMESTAMP(6)"], "TIMESTAMP(6)"],
    [["TIMESTAMP(3)", "TIMESTAMP_LTZ(0)"], "TIMESTAMP_LTZ(3)"],
    [["DATE", "TIMESTAMP(0)"], "TIMESTAMP(0)"],
    [["NULL", "INT NOT NULL"], "INT"],
    [["NULL", "NULL"], "NULL"],
    [["ARRAY<INT>", "ARRAY<BIGINT>"], "ARRAY<BIGINT>"],
    [["MAP<CHAR(1), INT>", "MAP<CHAR(2), DOUBLE>"], "MAP<VARCHAR(2), DOUBLE>"],
    [["ROW<a INT, b INT>", "ROW<c BIGINT, d INT>"], "ROW<`a` BIGINT, `b` INT>"],
    [["INT", "STRING"], undefined],
    [["BOOLEAN", "INT"], undefined],
    [["ROW<a INT>", "ROW<a INT, b INT>"], undefined],
    [["DATE", "TIME"], undefined],
  ])("of %s is %s", (types, wanted) => {
    expect(common(...types)).toBe(wanted);
  });
});

describe("arithmetic", () => {
  it.each([
    ["+", "INT", "BIGINT", "BIGINT"],
    ["/", "INT", "INT", "INT"],
    ["%", "BIGINT", "INT", "INT"],
    ["+", "DECIMAL(10, 2)", "DECIMAL(5, 4)", "DECIMAL(13, 4)"],
    ["-", "DECIMAL(38, 10)", "DECIMAL(38, 10)", "DECIMAL(38, 9)"],
    ["*", "BIGINT", "DECIMAL(3, 3)", "DECIMAL(23, 3)"],
    ["*", "DECIMAL(38, 18)", "DECIMAL(38, 18)", "DECIMAL(38, 6)"],
    ["/", "DECIMAL(10, 2)", "DECIMAL(5, 1)", "DECIMAL(17, 8)"],
    ["%", "DECIMAL(10, 2)", "DECIMAL(5, 4)", "DECIMAL(5, 4)"],
    ["+", "DECIMAL(10, 2)", "DOUBLE", "DOUBLE"],
    ["+", "INT", "STRING", undefined],
  ])("%s of %s and %s is %s", (operator, left, right, wanted) => {
    expect(arithmetic(operator, left, right)).toBe(wanted);
  });

  it("widens DECIMAL for sums and averages", () => {
    expect(typeText(sumType(parseTypeText("DECIMAL(10, 2)")))).toBe("DECIMAL(38, 2)");
    expect(typeText(averageType(parseTypeText("DECIMAL(10, 2)")))).toBe("DECIMAL(38, 6)");
    expect(typeText(averageType(parseTypeText("INT")))).toBe("INT");
  });
});

describe("casts", () => {
  it.each([
    ["INT", "BIGINT", true, true],
    ["BIGINT", "INT", false, true],
    ["INT", "STRING", false, true],
    ["STRING", "INT", false, true],
    ["DOUBLE", "DECIMAL(10, 2)", true, true],
    ["DOUBLE", "FLOAT", false, true],
    ["BOOLEAN", "INT", false, true],
    ["INT", "BOOLEAN", false, true],
    ["DOUBLE", "BOOLEAN", false, false],
    ["DATE", "TIMESTAMP(3)", true, true],
    ["TIMESTAMP(3)", "TIMESTAMP_LTZ(3)", true, true],
    ["TIMESTAMP(3)", "INT", false, false],
    ["INT", "TIMESTAMP(3)", false, false],
    ["DATE", "TIME", false, false],
    ["TIME", "DATE", false, false],
    ["STRING", "BYTES", false, true],
    ["BYTES", "INT", false, false],
    ["STRING", "ARRAY<INT>", false, false],
    ["ARRAY<INT>", "ARRAY<BIGINT>", true, true],
    ["ARRAY<INT>", "ARRAY<BOOLEAN>", false, true],
    ["ROW<a INT>", "ROW<b STRING>", false, true],
    ["ROW<a INT>", "ROW<b STRING, c INT>", false, false],
    ["MAP<INT, INT>", "STRING", false, true],
    ["NULL", "MAP<INT, INT>", true, true],
    ["INTERVAL DAY", "INTERVAL YEAR", false, false],
  ])("%s to %s: by itself %s, written %s", (from, to, implicit, explicit) => {
    expect(isImplicitlyCastable(parseTypeText(from), parseTypeText(to))).toBe(implicit);
    expect(isCastable(parseTypeText(from), parseTypeText(to))).toBe(explicit);
  });
});
