import { describe, expect, test } from "vitest";
import { parseDataType, parseExpressionText } from "./flink-parser.ts";
import { bare, brackets, errorOf, selectOf } from "./test-tree.ts";

const treeOf = (text: string): unknown => bare(parseExpressionText(text));

describe("operators", () => {
  test.each([
    ["a + b * c - d", "((a + (b * c)) - d)"],
    ["a - b - c", "((a - b) - c)"],
    ["a || b + c", "((a || b) + c)"],
    ["a * b || c", "((a * b) || c)"],
    ["-a * b", "((-a) * b)"],
    ["- -a", "(-(-a))"],
    ["a or b and not c", "(a or (b and (not c)))"],
    ["not a = b", "(not (a = b))"],
    ["a = b = c", "((a = b) = c)"],
    ["a = b is null", "((a = b) is null)"],
    ["a = b + 1 is not true and c", "(((a = (b + 1)) is not true) and c)"],
    ["a = b in (1, 2)", "(a = (b in 1 2))"],
    ["a between b and c and d", "((a between b c) and d)"],
    ["a between b + 1 and c * 2 or d", "((a between (b + 1) (c * 2)) or d)"],
    ["a like b || c and d", "((a like (b || c)) and d)"],
    ["a is distinct from b + 1 or c", "((a is distinct (b + 1)) or c)"],
    ["a <> b", "(a <> b)"],
    ["a != b", "(a <> b)"],
    ["a.b[1].c", "a.b[1]->c"],
    ["(a).b", "a->b"],
    ["a and b and c and d", "((a and b) and (c and d))"],
    ["a and (b and c) and d", "((a and b) and (c and d))"],
  ])("%s", (text, expected) => {
    expect(brackets(text)).toBe(expected);
  });
});

describe("literals", () => {
  test.each([
    ["'it''s'", { kind: "string", value: "it's" }],
    ["'a'\n'b'", { kind: "string", value: "ab" }],
    ["_UTF16'ü'", { kind: "string", value: "ü", charset: "UTF16" }],
    ["U&'\\00e9\\\\'", { kind: "string", value: "é\\" }],
    ["U&'!00e9!!\\' UESCAPE '!'", { kind: "string", value: "é!\\" }],
    ["X'1F'", { kind: "binary-literal", digits: "1f" }],
    ["'\\n'", { kind: "string", value: "\\n" }],
    ["date '2024-01-01'", { kind: "typed-literal", type: "date", value: "2024-01-01" }],
    ["UNKNOWN", { kind: "boolean" }],
    [".5", { kind: "number", text: ".5" }],
  ])("%s", (text, expected) => {
    expect(treeOf(text)).toEqual(expected);
  });

  test("an interval keeps its sign, its text and its unit", () => {
    expect(treeOf("INTERVAL -'1 02' DAYS TO HOURS")).toEqual({
      kind: "interval",
      negative: true,
      value: "1 02",
      unit: { from: "day", to: "hour" },
    });
  });

  test.each(["INTERVAL '1' MONTH TO DAY", "INTERVAL '1' HOUR TO DAY", "INTERVAL '1' DAY TO DAY"])(
    "%s is none",
    (text) => {
      expect(errorOf(`SELECT ${text}`).sqlState).toBe("42601");
    },
  );

  test.each(["B'101'", "X'1'", "U&'\\+ffffff'", "U&'a' UESCAPE 'ab'", "'open", "`open", '"a"', "?", "$1"])(
    "%s is an error",
    (text) => {
      expect(errorOf(`SELECT ${text}`)).toMatchObject({ position: expect.any(Number) });
    },
  );
});

describe("calls", () => {
  const call = (text: string): unknown => {
    const found = parseExpressionText(text);
    return found.kind === "call"
      ? [found.name.parts.map(({ name }) => name).join("."), ...found.arguments.map((item) => bare(item))]
      : found.kind;
  };
  const a = { kind: "reference", parts: [{ name: "a" }] };
  const keyword = (word: string): unknown => ({ kind: "keyword", word });

  test.each([
    ["EXTRACT(DAY FROM a)", ["extract", keyword("day"), a]],
    ["CEILING(a TO SQL_TSI_HOUR)", ["ceiling", a, keyword("hour")]],
    ["TIMESTAMPDIFF(SECOND, a, a)", ["timestampdiff", keyword("second"), a, a]],
    ["TRIM(a)", ["trim", a]],
    ["TRIM(a FROM a)", ["trim", keyword("both"), a, a]],
    ["POSITION(a IN a)", ["position", a, a]],
    ["SUBSTRING(a FROM a FOR a)", ["substring", a, a, a]],
    ["CURRENT_TIMESTAMP", ["current_timestamp"]],
    ["db.F(a)", ["db.F", a]],
    ["LEFT(a, a)", ["LEFT", a, a]],
    ["map(a)", ["map", a]],
  ])("%s", (text, expected) => {
    expect(call(text)).toEqual(expected);
  });

  test("tails of aggregates and windows", () => {
    const found = parseExpressionText(
      "LISTAGG(DISTINCT a) WITHIN GROUP (ORDER BY b DESC NULLS LAST) FILTER (WHERE c) OVER (w ROWS 1 PRECEDING)",
    );
    expect(bare(found)).toMatchObject({
      distinct: true,
      withinGroup: [{ descending: true, nulls: "last" }],
      filter: { kind: "reference" },
      over: { name: { name: "w" }, frame: { unit: "rows", start: { kind: "preceding" } } },
    });
  });

  test("a query or a name is a table where a table function wants one", () => {
    const [item] = selectOf("SELECT * FROM TABLE(F((SELECT 1), t PARTITION BY (a, b), x => TABLE u))").from;
    expect(bare(item)).toMatchObject({
      kind: "function",
      call: {
        arguments: [
          { kind: "table-argument", table: { kind: "query" } },
          { kind: "table-argument", table: { parts: [{ name: "t" }] }, partitionBy: [{}, {}] },
          { kind: "named-argument", value: { kind: "table-argument" } },
        ],
      },
    });
  });
});

describe("types", () => {
  test.each([
    ["INTEGER", { kind: "simple-type", name: "int", nullable: true }],
    ["DEC(5)", { kind: "simple-type", name: "decimal", precision: 5, nullable: true }],
    ["TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL", { name: "timestamp_ltz", precision: 3, nullable: false }],
    ["CHAR VARYING(3)", { name: "varchar", precision: 3 }],
    ["ARRAY<ARRAY<INT>>", { kind: "collection-type", element: { element: { name: "int" } } }],
    ["INT NOT NULL ARRAY NOT NULL", { nullable: false, element: { name: "int", nullable: false } }],
    ["ROW<>", { kind: "row-type", fields: [] }],
    ["ROW(`a` INT 'x')", { kind: "row-type", fields: [{ name: { name: "a" }, comment: "x" }] }],
  ])("%s", (text, expected) => {
    expect(bare(parseDataType(text))).toMatchObject(expected as object);
  });
});
