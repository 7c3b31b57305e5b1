import { describe, expect, it } from "vitest";
import { seeded } from "../test-dynamodb.ts";
import type { AttributeValue, Item } from "../values/attribute-value.ts";
import { holds } from "./evaluate.ts";
import { Parameters } from "./parameters.ts";

const item: Item = {
  n: { N: "5" },
  s: { S: "hello" },
  b: { B: Buffer.from([1, 2, 3]) },
  t: { BOOL: true },
  z: { NULL: true },
  ss: { SS: ["a", "b"] },
  ns: { NS: ["1", "2"] },
  l: { L: [{ S: "x" }, { N: "1" }] },
  m: { M: { deep: { M: { n: { N: "7" } } } } },
};
const values: Record<string, AttributeValue> = {
  ":n": { N: "5" },
  ":four": { N: "4" },
  ":six": { N: "6" },
  ":s": { S: "hello" },
  ":he": { S: "he" },
  ":a": { S: "a" },
  ":x": { S: "x" },
  ":one": { N: "1" },
  ":bytes": { B: Buffer.from([2, 3]) },
  ":head": { B: Buffer.from([1, 2]) },
  ":ba": { SS: ["b", "a"] },
  ":true": { BOOL: true },
  ":null": { NULL: true },
  ":type": { S: "N" },
  ":list": { L: [{ S: "x" }, { N: "1" }] },
};

function parameters(FilterExpression: string, names: Record<string, string> = {}): Parameters {
  const used = Object.entries(values).filter(([name]) =>
    new RegExp(`${name}(?![A-Za-z0-9_])`).test(FilterExpression),
  );
  return new Parameters(
    {
      FilterExpression,
      ...(used.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(used) }),
      ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    },
    ["FilterExpression"],
  );
}

function evaluate(expression: string, names?: Record<string, string>): boolean {
  const condition = parameters(expression, names).filter();
  if (condition === undefined) throw new Error("no condition");
  return holds(condition, item);
}

function refusal(expression: string, names?: Record<string, string>): string {
  try {
    evaluate(expression, names);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ValidationException")
      return error.message;
    throw error;
  }
  throw new Error(`was accepted: ${expression}`);
}

describe("conditions", () => {
  it.each([
    "n = :n",
    "n <> :s",
    "absent <> :n",
    "n > :four AND n < :six AND n >= :n AND n <= :n",
    "n BETWEEN :four AND :six",
    "n between :n and :n or absent = :n",
    "n IN (:four, :n, :s)",
    "NOT n IN (:four, :six)",
    "not not n = :n",
    "s = :s AND begins_with(s, :he) AND contains(s, :he)",
    "begins_with(b, :head) AND contains(b, :bytes)",
    "contains(ss, :a) AND NOT contains(ss, :s)",
    "contains(ns, :one) AND contains(l, :one) AND contains(l, :x)",
    "contains(:s, s)",
    "ss = :ba",
    "l = :list",
    "t = :true AND z = :null",
    "attribute_exists(m.deep.n) AND attribute_not_exists(m.deep.x) AND attribute_not_exists(l[2])",
    "attribute_exists(l[1]) and attribute_exists ( l [ 0 ] )",
    "attribute_type(n, :type)",
    "size(s) = :n AND size(ss) < :n AND size(l) < size(b) AND size(m) = :one",
    "NOT size(absent) = :n",
    "NOT size(n) = :n",
    "n = :four OR n = :n AND s = :s",
    "NOT (n = :n AND s = :he)",
    "(n) = (:n)",
    "NOT n < :s",
    "NOT absent < :n",
    "l[0] = :x AND m.deep.n > :n",
    "n=:n\tAND\ns=:s",
  ])("%s holds", (expression) => {
    expect(evaluate(expression)).toBe(true);
    expect(evaluate(`NOT (${expression})`)).toBe(false);
  });

  it("knows names that expressions cannot spell", () => {
    expect(evaluate("#n.#d.n > :n", { "#n": "m", "#d": "deep" })).toBe(true);
    expect(evaluate("attribute_exists(#p)", { "#p": "__proto__" })).toBe(false);
    expect(evaluate("attribute_exists(#p)", { "#p": "a.b" })).toBe(false);
  });

  it.each([
    ["", "The expression can not be empty;"],
    ["n", "Syntax error"],
    ["n =", 'token: "<EOF>"'],
    ["n = :n AND", 'token: "<EOF>"'],
    ["n = :n :n", 'Syntax error; token: ":n", near: ":n :n"'],
    ["n == :n", 'Syntax error; token: "="'],
    ["n = :n; drop", 'Syntax error; token: ";"'],
    ["n = 5", 'Syntax error; token: "5"'],
    ["n[x] = :n", 'token: "x"'],
    ["n[-1] = :n", 'token: "-"'],
    ["n[99999999999] = :n", "List index is not within the allowable range"],
    ["n. = :n", "Syntax error"],
    ["n IN ()", 'token: ")"'],
    ["n BETWEEN :four", "Syntax error"],
    ["((n = :n))", "The expression has redundant parentheses;"],
    ["(n = :n", "Syntax error"],
    ["status = :n", "Attribute name is a reserved keyword; reserved keyword: status"],
    ["n = :absent", "attribute value used in expression is not defined; attribute value: :absent"],
    ["#absent = :n", "used in the document path is not defined; attribute name: #absent"],
    ["foo(n, :n)", "Invalid function name; function: foo"],
    ["toString(n)", "Invalid function name; function: toString"],
    ["attribute_exists(n, s)", "Incorrect number of operands"],
    ["attribute_exists(:n)", "requires a document path; operator or function: attribute_exists"],
    ["begins_with(n)", "number of operands: 1"],
    ["begins_with(s, :n)", "operator or function: begins_with, operand type: N"],
    ["begins_with(s, s)", "The first operand must be distinct"],
    ["n = n", "The first operand must be distinct"],
    ["attribute_type(n, :s)", "Invalid attribute type name found; type: hello"],
    ["attribute_type(n, :n)", "operator or function: attribute_type, operand type: N"],
    ["n < :true", "operator or function: <, operand type: BOOL"],
    ["n BETWEEN :six AND :four", "requires upper bound to be greater than or equal to lower bound"],
    ["n BETWEEN :four AND :s", "requires same data type for lower and upper bounds"],
    ["size(:n) = :n", "operator or function: size, operand type: N"],
    ["size(n)", "not allowed to be used this way in an expression; function: size"],
    [
      "attribute_exists(n) = :true",
      "not allowed to be used this way in an expression; function: attribute_exists",
    ],
    [`n = :n${" OR n = :n".repeat(301)}`, "too many operators"],
    [`n IN (${Array.from({ length: 101 }, () => ":n").join(",")})`, "number of operands: 101"],
    [`${"(".repeat(200)}n`, "nested too deeply"],
    [`${"NOT ".repeat(200)}n = :n`, "nested too deeply"],
    [`n = :n ${" ".repeat(4_096)}`, "maximum allowed size; expression size: 4103"],
    ["n = :n \u0000", "Syntax error"],
    ["é = :n", 'Syntax error; token: "é"'],
  ])("refuses %j", (expression, message) => {
    expect(refusal(expression)).toContain(message);
  });

  it("answers nonsense with a ValidationException and nothing else", () => {
    const random = seeded(11);
    const pieces = [
      "n",
      "s",
      "l[0]",
      "m.deep",
      "#x",
      ":n",
      ":s",
      ":none",
      "(",
      ")",
      "[",
      "]",
      ".",
      ",",
      "=",
      "<>",
      "<",
      ">=",
      "AND",
      "OR",
      "NOT",
      "BETWEEN",
      "IN",
      "size",
      "size(s)",
      "contains",
      "begins_with(",
      "attribute_exists(n)",
      "7",
      "-",
      "+",
      "'",
      "\\",
      "é",
    ];
    let accepted = 0;
    for (let round = 0; round < 20_000; round++) {
      const words = Array.from(
        { length: 1 + Math.floor(random() * 9) },
        () => pieces[Math.floor(random() * pieces.length)],
      );
      const expression = words.join(random() < 0.8 ? " " : "");
      try {
        evaluate(expression);
        accepted++;
      } catch (error) {
        expect([expression, (error as { code?: string }).code]).toEqual([expression, "ValidationException"]);
      }
    }
    expect(accepted).toBeGreaterThan(50);
  });

  it("refuses placeholders that nobody uses or that are none", () => {
    const input = { FilterExpression: "attribute_exists(n)" };
    const check = (more: object): (() => void) => {
      return () => {
        const parsed = new Parameters({ ...input, ...more }, ["FilterExpression"]);
        parsed.filter();
        parsed.checkUsed();
      };
    };
    expect(check({ ExpressionAttributeValues: { ":a": { S: "a" } } })).toThrow(
      "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}",
    );
    expect(check({ ExpressionAttributeValues: {} })).toThrow("ExpressionAttributeValues must not be empty");
    expect(check({ ExpressionAttributeNames: {} })).toThrow("ExpressionAttributeNames must not be empty");
    expect(check({ ExpressionAttributeNames: { n: "n" } })).toThrow('Syntax error; key: "n"');
    expect(check({ ExpressionAttributeValues: { ":a": {} } })).toThrow(
      "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty",
    );
    expect(check({ ScanFilter: {} })).toThrow(
      "Non-expression parameters: {ScanFilter} Expression parameters: {FilterExpression}",
    );
    expect(() => new Parameters({ ExpressionAttributeNames: { "#a": "a" } }, ["FilterExpression"])).toThrow(
      "ExpressionAttributeNames can only be specified when using expressions",
    );
    expect(() => new Parameters({ ExpressionAttributeValues: {} }, ["FilterExpression"])).toThrow(
      "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null",
    );
  });
});
