import { commonNumeric } from "./numeric-rules.ts";
import type { SqlType, TypeName } from "./types.ts";

export type TypeCategory =
  | ("number" | "text" | "boolean" | "datetime" | "time" | "interval" | "super" | "binary")
  | ("unknown" | "array" | "other");

const categories: Readonly<Record<TypeName, TypeCategory>> = Object.freeze({
  smallint: "number",
  integer: "number",
  bigint: "number",
  numeric: "number",
  real: "number",
  "double precision": "number",
  oid: "number",
  xid: "number",
  boolean: "boolean",
  character: "text",
  "character varying": "text",
  text: "text",
  name: "text",
  char: "text",
  regclass: "text",
  regproc: "text",
  regtype: "text",
  aclitem: "text",
  int2vector: "text",
  oidvector: "text",
  date: "datetime",
  timestamp: "datetime",
  timestamptz: "datetime",
  time: "time",
  timetz: "time",
  interval: "interval",
  "interval year to month": "interval",
  "interval day to second": "interval",
  super: "super",
  varbyte: "binary",
  hllsketch: "other",
  geometry: "other",
  geography: "other",
  void: "other",
  record: "other",
  unknown: "unknown",
  array: "array",
});

export function categoryOf(type: SqlType): TypeCategory {
  return categories[type.name];
}

export function isText(type: SqlType): boolean {
  return categories[type.name] === "text";
}

/** Is its value kept and compared without trailing blanks by the engine already? */
export function isBlankTrimmed(type: SqlType): boolean {
  return type.name === "character" || type.name === "name" || type.name === "char";
}

const ranks: Readonly<Partial<Record<TypeName, number>>> = Object.freeze({
  smallint: 1,
  integer: 2,
  oid: 3,
  xid: 3,
  bigint: 4,
  numeric: 5,
  real: 6,
  "double precision": 7,
  date: 1,
  timestamp: 2,
  timestamptz: 3,
  time: 1,
  timetz: 2,
});

/**
 * How far an argument is from a parameter's type: 0 the same, small where it only widens, undefined where
 * no implicit cast leads there.
 */
export function castDistance(from: SqlType, to: SqlType): number | undefined {
  if (from.name === to.name) return 0;
  const source = categories[from.name];
  const target = categories[to.name];
  // A literal is a text where it can be, else a double rather than another number.
  if (source === "unknown") return target === "text" ? 1 : to.name === "double precision" ? 2 : 3;
  if (source === target) return sameCategoryDistance(from, to, source);
  // Numbers, dates and truth values become texts where a text is asked for, as in PostgreSQL 8.0.
  if (target === "text" && ["number", "datetime", "time", "interval"].includes(source)) return 20;
  if (target === "super" && ["number", "text", "boolean", "datetime", "time"].includes(source)) return 30;
  if (source === "super" && target !== "array" && target !== "other") return 40;
  if (source === "text" && from.name === "regclass" && to.name === "oid") return 5;
  if (source === "text" && target === "binary") return 15;
  return undefined;
}

function sameCategoryDistance(from: SqlType, to: SqlType, category: TypeCategory): number | undefined {
  if (category === "text") return to.name === "character varying" || to.name === "text" ? 1 : 2;
  if (category === "interval" || category === "array") return 1;
  const distance = (ranks[to.name] ?? 0) - (ranks[from.name] ?? 0);
  return distance > 0 ? distance : undefined;
}

/** May a value be stored in a column of the type without a written cast? */
export function isAssignable(from: SqlType, to: SqlType): boolean {
  if (castDistance(from, to) !== undefined) return true;
  const source = categories[from.name];
  const target = categories[to.name];
  if (source === target) return source !== "other";
  if (source === "datetime" && target === "time") return from.name !== "date";
  return target === "text" && source === "boolean" ? false : target === "text";
}

/** The type that CASE, COALESCE, IN and set operations give values of these types; undefined where there is none. */
export function commonType(types: readonly SqlType[]): SqlType | undefined {
  let common: SqlType | undefined;
  for (const type of types) {
    if (type.name === "unknown") continue;
    const joined: SqlType | undefined = common === undefined ? type : joinTypes(common, type);
    if (joined === undefined) return undefined;
    common = joined;
  }
  return common ?? { name: "unknown" };
}

function joinTypes(left: SqlType, right: SqlType): SqlType | undefined {
  const category = categories[left.name];
  if (category !== categories[right.name]) {
    if (category === "super") return castDistance(right, left) === undefined ? undefined : left;
    return categories[right.name] === "super" ? joinTypes(right, left) : undefined;
  }
  if (category === "text") return joinTexts(left, right);
  if (category === "number") return joinNumbers(left, right);
  if (left.name === right.name) return joinLengths(left, right);
  if (category === "interval") return { name: "interval" };
  return (ranks[left.name] ?? 0) >= (ranks[right.name] ?? 0) ? left : right;
}

function joinNumbers(left: SqlType, right: SqlType): SqlType {
  const higher = (ranks[left.name] ?? 0) >= (ranks[right.name] ?? 0) ? left : right;
  if (higher.name === "numeric") return commonNumeric(left, right);
  return higher.name === "real" && left.name !== right.name ? { name: "double precision" } : higher;
}

function joinTexts(left: SqlType, right: SqlType): SqlType {
  const name = left.name === right.name ? left.name : "character varying";
  return joinLengths({ ...left, name }, { ...right, name });
}

function joinLengths(left: SqlType, right: SqlType): SqlType {
  if (left.length === undefined && right.length === undefined) return left;
  if (left.length === undefined || right.length === undefined) return { name: left.name };
  return left.length >= right.length ? left : right;
}
