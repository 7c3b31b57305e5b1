import { selectError } from "../select-error.ts";
import type { CastType } from "../sql/expression.ts";
import { Decimal } from "../value/decimal.ts";
import { Float } from "../value/float.ts";
import { integer, parseInteger } from "../value/integer.ts";
import { isNumeric, toDecimal, toDouble } from "../value/number-text.ts";
import { Timestamp } from "../value/timestamp.ts";
import type { Value } from "../value/value.ts";
import { textOf } from "../value/value-text.ts";
import { isAbsent, readBoolean } from "./comparison.ts";

/** NULL and MISSING stay what they are. */
export function cast(value: Value, type: CastType): Value {
  if (isAbsent(value)) return value;
  const result = casts[type](value);
  if (result === undefined) throw selectError("CastFailed", `${clip(textOf(value))} is not of type ${type}`);
  return result;
}

const casts: Readonly<Record<CastType, (value: Value) => Value>> = Object.freeze({
  bool: toBoolean,
  int: toInt,
  string: textOf,
  float: toFloat,
  decimal: toExact,
  timestamp: toTimestamp,
});

function toBoolean(value: Value): Value {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return readBoolean(value);
  return isNumeric(value) ? toDouble(value) !== 0 : undefined;
}

function toInt(value: Value): Value {
  if (typeof value === "string") return parseInteger(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value))) return value;
  if (value instanceof Float && !Number.isFinite(value.value)) return undefined;
  return isNumeric(value) ? integer(toDecimal(value).truncated()) : undefined;
}

function toFloat(value: Value): Value {
  const double =
    typeof value === "string"
      ? Decimal.parse(value)?.approximate
      : typeof value === "boolean"
        ? Number(value)
        : isNumeric(value)
          ? toDouble(value)
          : undefined;
  return double === undefined ? undefined : new Float(double);
}

function toExact(value: Value): Value {
  if (typeof value === "string") return Decimal.parse(value);
  if (typeof value === "boolean") return Decimal.of(BigInt(value), 0);
  if (value instanceof Float && !Number.isFinite(value.value)) return undefined;
  return isNumeric(value) ? toDecimal(value) : undefined;
}

function toTimestamp(value: Value): Value {
  if (value instanceof Timestamp) return value;
  return typeof value === "string" ? Timestamp.parse(value) : undefined;
}

function clip(text: string): string {
  return `'${text.length > 40 ? `${text.slice(0, 40)}...` : text}'`;
}
