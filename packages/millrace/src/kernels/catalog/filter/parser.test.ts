import { describe, expect, it } from "vitest";
import { partitionKeysOf } from "../partition-key.ts";
import { parseFilter } from "./parser.ts";

const keys = partitionKeysOf({
  PartitionKeys: [
    { Name: "year", Type: "int" },
    { Name: "City", Type: "string" },
    { Name: "ratio", Type: "double" },
    { Name: "date", Type: "date" },
  ],
});

const refusal = (expression: string): string => {
  try {
    parseFilter(expression, keys);
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "no error";
};

describe("filter expressions", () => {
  it("bind NOT closest, then AND, then OR", () => {
    expect(parseFilter("not year = 1 or year = 2 and City = 'x'", keys)).toMatchObject({
      kind: "or",
      operands: [{ kind: "not" }, { kind: "and", operands: [{ kind: "compare" }, { kind: "compare" }] }],
    });
  });

  it("take parentheses around conditions, keys and literals", () => {
    const plain = parseFilter("year = 2 AND City = 'x'", keys);
    expect(parseFilter("((year) = ((2))) AND ((City = 'x'))", keys)).toEqual(plain);
  });

  it("read texts with quotes in them, numbers of all kinds, dates with their type", () => {
    expect(parseFilter("city = 'it''s'", keys)).toMatchObject({ value: "it's" });
    expect(parseFilter("year = -5", keys)).toMatchObject({ value: -5n });
    expect(parseFilter("year = '5'", keys)).toMatchObject({ value: 5n });
    expect(parseFilter("city = 5", keys)).toMatchObject({ value: "5" });
    expect(parseFilter("date >= date '1970-01-02'", keys)).toMatchObject({ operator: ">=", value: 1n });
    expect(parseFilter("year != 5", keys)).toEqual(parseFilter("year <> 5", keys));
  });

  it("filter nothing when blank", () => {
    expect(parseFilter("", keys)).toBeUndefined();
    expect(parseFilter(" \n", keys)).toBeUndefined();
  });

  it("are refused in AWS's words", () => {
    expect(refusal("month = 1")).toBe("Unknown column 'month'");
    expect(refusal("lower(city) = 'x'")).toBe("Unknown column 'lower'");
    expect(refusal("ratio = 1")).toBe("Unknown type : 'double'");
    expect(refusal("year LIKE '1%'")).toBe("Integral data type doesn't support operation 'LIKE'");
    expect(refusal("date LIKE '1%'")).toBe("Date data type doesn't support operation 'LIKE'");
    expect(refusal("year = 2.5")).toBe('"2.5" is not an integer.');
    expect(refusal("city IS test' AND")).toBe("Unsupported expression 'city IS test' AND'");
    for (const text of [
      "year",
      "year =",
      "= 1",
      "year = 1 AND",
      "(year = 1",
      "year = 1)",
      "year IN ()",
      "year BETWEEN 1 OR 2",
      "year NOT = 1",
      "year = 1; DROP TABLE partition_keys",
      "year = 1 -- x",
      "1 = 1",
      "year = city",
      'city = "x"',
      "city = 'x",
      "city LIKE 5",
      "year = 1 year = 2",
    ])
      expect(refusal(text), text).toBe(`Unsupported expression '${text}'`);
  });

  it("end at 2,048 characters, however deep", () => {
    const deep = `${"(".repeat(1000)}year = 1${")".repeat(1000)}`;
    expect(parseFilter(deep, keys)).toMatchObject({ kind: "compare" });
    expect(parseFilter(`${"NOT ".repeat(500)}year = 1`, keys)).toMatchObject({ kind: "compare" });
    expect(refusal(`year = ${"1".repeat(2048)}`)).toMatch(/^Unsupported expression/);
    expect(refusal("(".repeat(2048))).toMatch(/^Unsupported expression/);
  });
});
