import { isArray, JsonNumber, JsonObject, type JsonValue, jsonText } from "./json-value.ts";

/** What JSON_TYPEOF says of a value. */
export function kindOf(value: JsonValue): "null" | "boolean" | "number" | "string" | "array" | "object" {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "string";
  if (value instanceof JsonNumber) return "number";
  return isArray(value) ? "array" : "object";
}

/** Order of two values of one kind; undefined (null in SQL) for different kinds, and for what has no order. */
export function compareJson(left: JsonValue, right: JsonValue, forEquality: boolean): number | undefined {
  if (left === null || right === null) return undefined;
  if (kindOf(left) !== kindOf(right)) return forEquality ? 1 : undefined;
  if (left instanceof JsonNumber && right instanceof JsonNumber) return compareNumbers(left.text, right.text);
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  if (typeof left === "boolean") return Number(left) - Number(right);
  if (!forEquality) return undefined;
  return canonical(left) === canonical(right) ? 0 : 1;
}

function compareTexts(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Objects are equal whatever the order of their members. */
function canonical(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!(value instanceof JsonObject))
    return value instanceof JsonNumber ? String(Number(value.text)) : jsonText(value);
  const members = value.entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${members.toSorted().join(",")}}`;
}

function compareNumbers(left: string, right: string): number {
  if (/e/i.test(left) || /e/i.test(right)) return Number(left) - Number(right);
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const difference = unscaled(left, scale) - unscaled(right, scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export function scaleOf(text: string): number {
  return text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
}

/** The number's digits as a whole number, `scale` of them behind the point. */
export function unscaled(text: string, scale: number): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
}
