import { selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";
import { Decimal } from "./decimal.ts";
import { Float } from "./float.ts";
import { Timestamp } from "./timestamp.ts";
import type { Json, Value } from "./value.ts";

/** A value as CSV and CAST write it; NULL and MISSING are empty. */
export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" && !isScalarObject(value) ? jsonOf(value) : String(value);
}

/** A value as JSON; MISSING is the caller's to leave out. */
export function jsonOf(value: Value, depth: number = 0): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || value === undefined) return "null";
  if (value instanceof Float) return Number.isFinite(value.value) ? String(value.value) : "null";
  if (value instanceof Timestamp) return `"${value.toString()}"`;
  if (typeof value === "number" && !Number.isFinite(value)) return "null";
  if (typeof value !== "object" || value instanceof Decimal) return String(value);
  if (depth > selectLimits.jsonDepth)
    throw selectError("JSONParsingError", `There are more than ${selectLimits.jsonDepth} levels`);
  if (isArray(value)) return `[${value.map((item) => jsonOf(item, depth + 1)).join(",")}]`;
  return `{${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}:${jsonOf(item, depth + 1)}`)
    .join(",")}}`;
}

function isScalarObject(value: object): value is Decimal | Float | Timestamp {
  return value instanceof Decimal || value instanceof Float || value instanceof Timestamp;
}

export function isArray(value: Value): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isScalarObject(value);
}
