import { invalidParameter, validation } from "../errors.ts";
import { type AttributeValue, type TypeName, typeOf } from "../values/attribute-value.ts";
import { checkValue } from "../values/check-value.ts";
import { compareValues } from "../values/compare.ts";
import type { Comparator, Condition, Operand } from "./condition.ts";

/** An entry of `KeyConditions`, `QueryFilter` or `ScanFilter`. */
export interface LegacyCondition {
  readonly ComparisonOperator: string;
  readonly AttributeValueList?: readonly unknown[] | undefined;
}

/** An entry of `Expected`. */
export interface LegacyExpectation {
  readonly Value?: unknown;
  readonly Exists?: boolean | undefined;
  readonly ComparisonOperator?: string | undefined;
  readonly AttributeValueList?: readonly unknown[] | undefined;
}

const comparators: Readonly<Record<string, Comparator>> = {
  EQ: "=",
  NE: "<>",
  LT: "<",
  LE: "<=",
  GT: ">",
  GE: ">=",
};

const scalars: readonly TypeName[] = ["S", "N", "B"];
const sortable: Readonly<Record<string, readonly TypeName[]>> = {
  LT: scalars,
  LE: scalars,
  GT: scalars,
  GE: scalars,
  BETWEEN: scalars,
  IN: scalars,
  CONTAINS: scalars,
  NOT_CONTAINS: scalars,
  BEGINS_WITH: ["S", "B"],
};

type Operator = string | undefined;

/** `QueryFilter` and `ScanFilter` as a condition. */
export function legacyFilter(
  filters: Readonly<Record<string, LegacyCondition>> | undefined,
  operator: Operator,
): Condition | undefined {
  return joined(
    Object.entries(filters ?? {}).map(([name, filter]) =>
      legacyCondition(name, filter.ComparisonOperator, legacyValues(filter)),
    ),
    operator,
  );
}

/** `Expected` as a condition. */
export function legacyExpectation(
  expected: Readonly<Record<string, LegacyExpectation>> | undefined,
  operator: Operator,
): Condition | undefined {
  return joined(
    Object.entries(expected ?? {}).map(([name, entry]) => expectation(name, entry)),
    operator,
  );
}

function joined(terms: readonly Condition[], operator: Operator): Condition | undefined {
  if (terms.length === 0) {
    if (operator !== undefined)
      throw validation("ConditionalOperator cannot be used without Filter or Expected");
    return undefined;
  }
  const [only] = terms;
  if (operator !== undefined && terms.length === 1)
    throw validation("ConditionalOperator can only be used when Filter or Expected has two or more elements");
  return terms.length === 1 ? only : { kind: operator === "OR" ? "or" : "and", terms };
}

function expectation(name: string, entry: LegacyExpectation): Condition {
  const { Value, Exists, ComparisonOperator: operator, AttributeValueList: list } = entry;
  if (list !== undefined && Value !== undefined)
    throw invalidParameter(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
  if (operator !== undefined) {
    if (Exists !== undefined)
      throw invalidParameter(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
    if (operator !== "NULL" && operator !== "NOT_NULL" && list === undefined && Value === undefined)
      throw invalidParameter(
        `Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`,
      );
    return legacyCondition(name, operator, Value === undefined ? legacyValues(entry) : [checkValue(Value)]);
  }
  if (list !== undefined)
    throw invalidParameter(
      `AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`,
    );
  if (Exists === false) {
    if (Value !== undefined)
      throw invalidParameter(`Value cannot be used when Exists is false for Attribute: ${name}`);
    return { kind: "not exists", path: [name] };
  }
  if (Value === undefined)
    throw invalidParameter(
      `Value must be provided when Exists is ${Exists ?? "null"} for Attribute: ${name}`,
    );
  return legacyCondition(name, "EQ", [checkValue(Value)]);
}

function legacyValues(condition: {
  readonly AttributeValueList?: readonly unknown[] | undefined;
}): readonly AttributeValue[] {
  return (condition.AttributeValueList ?? []).map((value) => checkValue(value));
}

/** One comparison of a top-level attribute with given values. */
export function legacyCondition(
  name: string,
  operator: string,
  values: readonly AttributeValue[],
): Condition {
  checkValues(operator, values);
  const operand: Operand = { kind: "path", path: [name] };
  const operands = values.map((value): Operand => ({ kind: "value", value }));
  const [first, second] = operands;
  if (operator === "NULL") return { kind: "not exists", path: [name] };
  if (operator === "NOT_NULL" || first === undefined) return { kind: "exists", path: [name] };
  if (operator === "IN") return { kind: "in", operand, list: operands };
  if (operator === "BETWEEN") return { kind: "between", operand, low: first, high: second ?? first };
  if (operator === "BEGINS_WITH") return { kind: "begins with", operand, part: first };
  if (operator === "CONTAINS") return { kind: "contains", operand, part: first };
  if (operator === "NOT_CONTAINS") return { kind: "not", term: { kind: "contains", operand, part: first } };
  return { kind: "compare", comparator: comparators[operator] ?? "=", left: operand, right: first };
}

function checkValues(operator: string, values: readonly AttributeValue[]): void {
  if (!hasRightCount(operator, values.length))
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  const [first, second] = values;
  if (first === undefined) return;
  const type = typeOf(first);
  if (values.some((value) => typeOf(value) !== type))
    throw invalidParameter("AttributeValues inside AttributeValueList must be of same type");
  const allowed = sortable[operator];
  if (allowed !== undefined && !allowed.includes(type))
    throw invalidParameter(`ComparisonOperator ${operator} is not valid for ${type} AttributeValue type`);
  if (operator === "BETWEEN" && second !== undefined && (compareValues(first, second) ?? 0) > 0)
    throw validation(
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
    );
}

function hasRightCount(operator: string, count: number): boolean {
  if (operator === "NULL" || operator === "NOT_NULL") return count === 0;
  if (operator === "BETWEEN") return count === 2;
  return operator === "IN" ? count > 0 : count === 1;
}
