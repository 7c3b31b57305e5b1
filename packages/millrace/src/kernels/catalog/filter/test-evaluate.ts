import { keyValue } from "../key-type.ts";
import { compareLiterals } from "./domain.ts";
import { type Filter, hiveNull, type Operator } from "./filter.ts";

/** Whether the filter holds for the values, in SQL's three-valued logic: null is unknown. */
export function evaluate(filter: Filter, values: readonly string[]): boolean | null {
  switch (filter.kind) {
    case "and":
      return all(filter.operands.map((operand) => evaluate(operand, values)));
    case "or":
      return negation(all(filter.operands.map((operand) => negation(evaluate(operand, values)))));
    case "not":
      return negation(evaluate(filter.operand, values));
    default:
      return evaluateKey(filter, values);
  }
}

function evaluateKey(
  filter: Exclude<Filter, { kind: "and" | "or" | "not" }>,
  values: readonly string[],
): boolean | null {
  const { kind, position } = filter.key;
  const text = values[position] ?? "";
  const value = keyValue(kind, text);
  if (filter.kind === "null")
    return (kind === "string" ? text === hiveNull : value === null) !== filter.negated;
  if (value === null) return null;
  switch (filter.kind) {
    case "compare":
      return holds(filter.operator, compareLiterals(value, filter.value));
    case "between": {
      const isInside = compareLiterals(value, filter.low) >= 0 && compareLiterals(value, filter.high) <= 0;
      return isInside !== filter.negated;
    }
    case "in":
      return filter.values.some((other) => compareLiterals(value, other) === 0) !== filter.negated;
    case "like":
      return isLike(Array.from(String(value)), Array.from(filter.pattern)) !== filter.negated;
  }
}

const negation = (holdsOrNot: boolean | null): boolean | null => (holdsOrNot === null ? null : !holdsOrNot);

function all(results: readonly (boolean | null)[]): boolean | null {
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}

function holds(operator: Operator, order: number): boolean {
  switch (operator) {
    case "=":
      return order === 0;
    case "<>":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function isLike(text: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === "%") return text.some((_, at) => isLike(text.slice(at), rest)) || isLike([], rest);
  return text.length > 0 && (first === "_" || first === text[0]) && isLike(text.slice(1), rest);
}
