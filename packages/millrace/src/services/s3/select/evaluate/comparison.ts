import { compareNumbers, compareTextToNumber, isNumeric } from "../value/number-text.ts";
import { Timestamp } from "../value/timestamp.ts";
import type { Value } from "../value/value.ts";

/**
 * The order of two values: negative, zero or positive. Undefined when they cannot be compared. CSV has only
 * texts, so a text takes the type of what it is compared with, when it reads as one.
 */
export function compareValues(left: Value, right: Value): number | undefined {
  if (typeof left === "string") {
    if (typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
    return compareText(left, right);
  }
  if (typeof right === "string") {
    const order = compareText(right, left);
    return order === undefined ? undefined : -order;
  }
  if (isNumeric(left)) return isNumeric(right) ? compareNumbers(left, right) : undefined;
  if (typeof left === "boolean") return typeof right === "boolean" ? Number(left) - Number(right) : undefined;
  if (left instanceof Timestamp && right instanceof Timestamp) return left.compare(right);
  return undefined;
}

function compareText(text: string, other: Value): number | undefined {
  if (isNumeric(other)) return compareTextToNumber(text, other);
  if (typeof other === "boolean") {
    const truth = readBoolean(text);
    return truth === undefined ? undefined : Number(truth) - Number(other);
  }
  return other instanceof Timestamp ? Timestamp.parse(text)?.compare(other) : undefined;
}

export function readBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === "true") return true;
  return word === "false" ? false : undefined;
}

/** NULL and MISSING alike. */
export function isAbsent(value: Value): value is null | undefined {
  return value === null || value === undefined;
}
