import { invalidParameter, validation } from "../errors.ts";
import type { KeyNames } from "../tables/document.ts";
import { type AttributeValue, type ScalarType, typeOf } from "../values/attribute-value.ts";
import { checkValue } from "../values/check-value.ts";
import {
  afterAllKeys,
  afterPrefix,
  encodeHashKey,
  encodeScalar,
  justAfter,
  noBytes,
} from "../values/key-bytes.ts";
import type { Comparator, Condition, Operand } from "./condition.ts";
import { type LegacyCondition, legacyCondition } from "./legacy-conditions.ts";

/** The items that a Query asks for: one hash key, and an interval of range keys. */
export interface KeyInterval {
  readonly hash: Buffer;
  readonly from: Buffer;
  readonly until: Buffer;
}

interface KeyTest {
  readonly name: string;
  readonly operator: Comparator | "between" | "begins with";
  readonly values: readonly AttributeValue[];
}

const mirrored: Readonly<Record<string, Comparator>> = {
  "=": "=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** What a `KeyConditionExpression` says. */
export function keyInterval(
  condition: Condition,
  keys: KeyNames,
  attributes: Readonly<Record<string, ScalarType>>,
): KeyInterval {
  return intervalOf(testsOf(condition), keys, attributes);
}

/** What `KeyConditions` say. */
export function legacyKeyInterval(
  conditions: Readonly<Record<string, LegacyCondition>>,
  keys: KeyNames,
  attributes: Readonly<Record<string, ScalarType>>,
): KeyInterval {
  const entries = Object.entries(conditions);
  if (entries.length < 1 || entries.length > 2) throw validation("Conditions can be of length 1 or 2 only");
  const tests = entries.flatMap(([name, { ComparisonOperator, AttributeValueList = [] }]) => {
    const values = AttributeValueList.map((value) => checkValue(value));
    return testsOf(indexable(legacyCondition(name, ComparisonOperator, values)));
  });
  return intervalOf(tests, keys, attributes);
}

function indexable(condition: Condition): Condition {
  const isIndexable =
    condition.kind === "between" ||
    condition.kind === "begins with" ||
    (condition.kind === "compare" && condition.comparator !== "<>");
  if (!isIndexable) throw validation("Attempted conditional constraint is not an indexable operation");
  return condition;
}

function testsOf(condition: Condition): readonly KeyTest[] {
  const tests = flatten(condition).map(testOf);
  const names = tests.map(({ name }) => name);
  if (new Set(names).size !== names.length)
    throw invalid("KeyConditionExpressions must only contain one condition per key");
  return tests;
}

function flatten(condition: Condition): readonly Condition[] {
  return condition.kind === "and" ? condition.terms.flatMap(flatten) : [condition];
}

function testOf(condition: Condition): KeyTest {
  switch (condition.kind) {
    case "compare":
      if (condition.comparator === "<>") throw wrongOperator("<>");
      return comparison(condition.comparator, condition.left, condition.right);
    case "between":
      return test("between", "BETWEEN", condition.operand, [condition.low, condition.high]);
    case "begins with":
      return test("begins with", "begins_with", condition.operand, [condition.part]);
    default:
      throw wrongOperator(operatorNames[condition.kind]);
  }
}

const operatorNames: Readonly<
  Record<Exclude<Condition["kind"], "compare" | "between" | "begins with">, string>
> = {
  and: "AND",
  or: "OR",
  not: "NOT",
  in: "IN",
  exists: "attribute_exists",
  "not exists": "attribute_not_exists",
  type: "attribute_type",
  contains: "contains",
};

function comparison(comparator: Comparator, left: Operand, right: Operand): KeyTest {
  if (left.kind === "path" && right.kind === "path")
    throw invalid(
      "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
    );
  return left.kind === "path" || right.kind !== "path"
    ? test(comparator, comparator, left, [right])
    : test(mirrored[comparator] ?? "=", comparator, right, [left]);
}

function test(
  operator: KeyTest["operator"],
  shown: string,
  operand: Operand,
  others: readonly Operand[],
): KeyTest {
  if ([operand, ...others].some(({ kind }) => kind === "size"))
    throw invalid("KeyConditionExpressions cannot contain nested operations");
  if (operand.kind !== "path") {
    if (operator === "between" || operator === "begins with")
      throw invalid(
        `Invalid condition in KeyConditionExpression: ${shown} operator must have the key attribute as its first operand`,
      );
    throw invalid("Invalid condition in KeyConditionExpression: No key attribute specified");
  }
  if (operand.path.length > 1)
    throw invalid("KeyConditionExpressions cannot have conditions on nested attributes");
  const values = others.map((other) => {
    if (other.kind === "value") return other.value;
    throw invalid(
      "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
    );
  });
  return { name: operand.path[0], operator, values };
}

function intervalOf(
  tests: readonly KeyTest[],
  keys: KeyNames,
  attributes: Readonly<Record<string, ScalarType>>,
): KeyInterval {
  const hashTest = tests.find(({ name }) => name === keys.hash);
  const rangeTest = tests.find(({ name }) => name === keys.range);
  if (hashTest === undefined) throw validation(`Query condition missed key schema element: ${keys.hash}`);
  if (tests.length > 1 && rangeTest === undefined) {
    if (keys.range === undefined || tests.length > 2) throw validation("Query key condition not supported");
    throw validation(`Query condition missed key schema element: ${keys.range}`);
  }
  if (tests.length > 2 || hashTest.operator !== "=") throw validation("Query key condition not supported");
  for (const { name, values } of tests)
    for (const value of values) {
      if (typeOf(value) !== attributes[name])
        throw invalidParameter("Condition parameter type does not match schema type");
      if ("S" in value && value.S === "" && name === keys.hash) throw emptyKey(name);
    }
  const [hash] = hashTest.values;
  if (hash === undefined) throw validation("Query key condition not supported");
  return { hash: encodeHashKey(hash), ...rangeInterval(rangeTest) };
}

function emptyKey(name: string): Error {
  return validation(
    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty " +
      `string value. Key: ${name}`,
  );
}

function rangeInterval(rangeTest: KeyTest | undefined): { readonly from: Buffer; readonly until: Buffer } {
  const all = { from: noBytes, until: afterAllKeys };
  const [first, second] = rangeTest?.values.map(encodeScalar) ?? [];
  if (rangeTest === undefined || first === undefined) return all;
  switch (rangeTest.operator) {
    case "=":
      return { from: first, until: justAfter(first) };
    case "<":
      return { ...all, until: first };
    case "<=":
      return { ...all, until: justAfter(first) };
    case ">":
      return { ...all, from: justAfter(first) };
    case ">=":
      return { ...all, from: first };
    case "between":
      return { from: first, until: justAfter(second ?? first) };
    case "begins with": {
      const [value] = rangeTest.values;
      if (value !== undefined && "N" in value) throw validation("Query key condition not supported");
      return { from: first, until: afterPrefix(first) };
    }
    default:
      throw wrongOperator(rangeTest.operator);
  }
}

function wrongOperator(name: string): Error {
  return invalid(`Invalid operator used in KeyConditionExpression: ${name}`);
}

function invalid(message: string): Error {
  return validation(message);
}
