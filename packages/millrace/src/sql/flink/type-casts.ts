import {
  isApproximate,
  isBytes,
  isConstructed,
  isExact,
  isInterval,
  isNumeric,
  isText,
  isTimestamp,
  isWhole,
  leastCommonType,
  sameType,
} from "./type-rules.ts";
import type { FlinkType } from "./types.ts";

/**
 * Whether an argument of a function, or a value that is inserted, may become this type without a written CAST. The
 * outermost nullability is not looked at.
 */
export function isImplicitlyCastable(from: FlinkType, to: FlinkType): boolean {
  if (from.kind === "null" || sameType(from, to)) {
    return true;
  }
  if (isNumeric(from) && isNumeric(to)) {
    return isWideningNumber(from, to);
  }
  if (isTimestamp(from)) {
    return isTimestamp(to) || (from.kind === "timestamp" && (to.kind === "date" || to.kind === "time"));
  }
  if (isConstructed(from) && from.kind === to.kind) {
    return children(from, to)?.every(([a, b]) => isImplicitlyCastable(a, b)) ?? false;
  }
  return (
    (from.kind === "date" && isTimestamp(to)) ||
    (from.kind === "time" && to.kind === "time") ||
    (isText(from) && (to.kind === "varchar" || from.kind === to.kind)) ||
    (isBytes(from) && (to.kind === "varbinary" || from.kind === to.kind)) ||
    (isInterval(from) && from.kind === to.kind)
  );
}

function isWideningNumber(from: FlinkType, to: FlinkType): boolean {
  if (to.kind === "decimal" || to.kind === "double") {
    return true;
  }
  if (to.kind === "float") {
    return from.kind !== "double";
  }
  return isWhole(from) && leastCommonType([from, to])?.kind === to.kind;
}

/**
 * Whether CAST may turn one type into the other: the table under "CAST" of Flink's page on data types. The outermost
 * nullability is not looked at.
 */
export function isCastable(from: FlinkType, to: FlinkType): boolean {
  if (from.kind === "null" || sameType(from, to) || isText(to)) {
    return true;
  }
  if (isConstructed(from) || isConstructed(to)) {
    return from.kind === to.kind && (children(from, to)?.every(([a, b]) => isCastable(a, b)) ?? false);
  }
  if (isText(from)) {
    return !isInterval(to);
  }
  if (from.kind === "boolean") {
    return isNumeric(to);
  }
  if (isNumeric(from)) {
    return isNumeric(to) || (to.kind === "boolean" && isWhole(from));
  }
  return isBytes(from) ? isBytes(to) : isTimeCastable(from, to);
}

function isTimeCastable(from: FlinkType, to: FlinkType): boolean {
  switch (from.kind) {
    case "date":
      return isTimestamp(to);
    case "time":
      return to.kind === "time" || isTimestamp(to);
    case "timestamp":
    case "timestamp_ltz":
      return to.kind === "date" || to.kind === "time" || isTimestamp(to);
    default:
      return false;
  }
}

/** Why Flink refuses casts that many try, with what to write instead. */
export function castAdvice(from: FlinkType, to: FlinkType): string | undefined {
  if (isTimestamp(to) && (isExact(from) || isApproximate(from))) {
    return "write TO_TIMESTAMP(FROM_UNIXTIME(seconds)) or TO_TIMESTAMP_LTZ(number, precision) instead";
  }
  if (isTimestamp(from) && isNumeric(to)) {
    return "write UNIX_TIMESTAMP(CAST(value AS STRING)) instead";
  }
  return undefined;
}

/** Pairs of the types inside of two of one kind; undefined when they are not as many. */
function children(from: FlinkType, to: FlinkType): [FlinkType, FlinkType][] | undefined {
  if ("element" in from && "element" in to) {
    return [[from.element, to.element]];
  }
  if (from.kind === "map" && to.kind === "map") {
    return [
      [from.key, to.key],
      [from.value, to.value],
    ];
  }
  if (from.kind !== "row" || to.kind !== "row" || from.fields.length !== to.fields.length) {
    return undefined;
  }
  const pairs: [FlinkType, FlinkType][] = [];
  for (const [index, field] of from.fields.entries()) {
    const other = to.fields[index];
    if (other !== undefined) {
      pairs.push([field.type, other.type]);
    }
  }
  return pairs;
}
