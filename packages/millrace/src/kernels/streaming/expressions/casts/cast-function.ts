import type { Value } from "../../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType, SimpleType, TimeType } from "../../../../sql/flink/types.ts";
import { decimalOfNumber, decimalToNumber, fit, parseDecimal, power10, rescale } from "../decimal.ts";
import { intOfDouble, longOfDouble } from "../emit-number-cast.ts";
import { doubleOf } from "../exact-integers.ts";
import { castFailure } from "./cast-failure.ts";
import { parseBoolean, parseDouble, parseInteger, parseLong } from "./parse-number.ts";
import { parseDate, parseTime, parseTimestamp, truncateTime } from "./parse-time.ts";
import { sizedBytes, sizedText, toText } from "./to-text.ts";
import { ZoneClock } from "./zone.ts";

/**
 * A value that is not NULL as another type; null where Flink answers NULL.
 * @throws EvaluationError where CAST fails
 */
export type CastFunction = (value: Value, zone: string) => Value;

/** @throws TypeError for types that the binder refuses to cast */
export function castFunction(from: FlinkType, to: FlinkType, mode: IntegerMode): CastFunction {
  switch (to.kind) {
    case "char":
    case "varchar": {
      const text = toText(from);
      return (value, zone) => sizedText(text(value, zone), to);
    }
    case "binary":
    case "varbinary":
      if (from.kind === "char" || from.kind === "varchar") {
        return (value) => sizedBytes(new TextEncoder().encode(value as string), to);
      }
      return (value) => sizedBytes(value as Uint8Array, to);
    case "boolean":
      return toBoolean(from, to);
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
    case "float":
    case "double":
      return toNumber(from, to, mode);
    case "decimal":
      return toDecimal(from, to);
    case "date":
      return toTime(from, { kind: "date", nullable: to.nullable });
    case "time":
    case "timestamp":
    case "timestamp_ltz":
      return toTime(from, to);
    case "interval_months":
    case "interval_millis":
      return (value) => Number(value);
    default:
      return toNested(from, to, mode);
  }
}

function isText(type: FlinkType): boolean {
  return type.kind === "char" || type.kind === "varchar";
}

/** What cannot be read throws; null is a NULL. */
function reading<T extends Value>(
  from: FlinkType,
  to: FlinkType,
  read: (text: string, zone: string) => T | undefined,
): CastFunction {
  return (value, zone) => {
    const result = read(value as string, zone);
    if (result === undefined) throw castFailure(value, from, to);
    return result;
  };
}

function toBoolean(from: FlinkType, to: FlinkType): CastFunction {
  if (isText(from)) return reading(from, to, parseBoolean);
  if (from.kind === "boolean") return (value) => value;
  return (value) => Number(value) !== 0;
}

const bitsOf = { tinyint: 8, smallint: 16, int: 32 } as const;

function toNumber(from: FlinkType, to: FlinkType, mode: IntegerMode): CastFunction {
  if (to.kind === "float" || to.kind === "double") {
    const round = to.kind === "float" ? Math.fround : (value: number): number => value;
    if (isText(from)) {
      return reading(from, to, (text) => {
        const value = parseDouble(text);
        return value === undefined ? undefined : round(value);
      });
    }
    if (from.kind === "decimal") return (value) => round(decimalToNumber(value as bigint, from.scale));
    return (value) => round(Number(value));
  }
  const isLong = to.kind === "bigint";
  const bits = isLong ? 64 : bitsOf[to.kind as keyof typeof bitsOf];
  if (isText(from)) {
    return reading(from, to, (text) => (isLong ? parseLong(text, mode) : parseInteger(text, bits)));
  }
  const long = longFrom(from, mode);
  if (isLong) return (value) => (mode === "exact" ? long(value) : inDouble(long(value)));
  if (from.kind === "float" || from.kind === "double") {
    return (value) => Number(BigInt.asIntN(bits, BigInt(intOfDouble(value as number))));
  }
  return (value) => Number(BigInt.asIntN(bits, long(value)));
}

function inDouble(value: bigint): number {
  return doubleOf(value);
}

/** As Java narrows to long. */
function longFrom(from: FlinkType, mode: IntegerMode): (value: Value) => bigint {
  switch (from.kind) {
    case "decimal": {
      const divisor = power10(from.scale);
      return (value) => BigInt.asIntN(64, (value as bigint) / divisor);
    }
    case "float":
    case "double": {
      const exact = longOfDouble("exact");
      const checked = longOfDouble(mode);
      return (value) => {
        checked(value as number);
        return exact(value as number) as bigint;
      };
    }
    default:
      return (value) => BigInt(value as number | bigint | boolean);
  }
}

function toDecimal(from: FlinkType, to: FlinkType & { readonly kind: "decimal" }): CastFunction {
  const { precision, scale } = to;
  if (isText(from)) return reading(from, to, (text) => parseDecimal(text.trim(), precision, scale));
  if (from.kind === "float" || from.kind === "double") {
    return (value) => decimalOfNumber(value as number, precision, scale);
  }
  const fromScale = from.kind === "decimal" ? from.scale : 0;
  return (value) => fit(rescale(BigInt(value as number | bigint | boolean), fromScale, scale), precision);
}

const dayMs = 86_400_000;

type TimeTarget = TimeType | (SimpleType & { readonly kind: "date" });

function toTime(from: FlinkType, to: TimeTarget): CastFunction {
  if (isText(from)) return readTime(from, to);
  const clock = new ZoneClock();
  const local = localTimeOf(from, clock);
  switch (to.kind) {
    case "date":
      return (value, zone) => Math.floor(local(value as number, zone) / dayMs);
    case "time":
      return (value, zone) => {
        const ms = local(value as number, zone);
        return truncateTime(ms - Math.floor(ms / dayMs) * dayMs, to.precision);
      };
    case "timestamp":
      return (value, zone) => truncateTime(local(value as number, zone), to.precision);
    case "timestamp_ltz":
      if (from.kind === "timestamp_ltz") return (value) => truncateTime(value as number, to.precision);
      return (value, zone) => truncateTime(clock.instant(local(value as number, zone), zone), to.precision);
  }
}

/** Wall clock in milliseconds since 1970; a time of the day lies in the first day. */
function localTimeOf(from: FlinkType, clock: ZoneClock): (value: number, zone: string) => number {
  if (from.kind === "date") return (value) => value * dayMs;
  return from.kind === "timestamp_ltz" ? (value, zone) => clock.local(value, zone) : (value) => value;
}

function readTime(from: FlinkType, to: TimeTarget): CastFunction {
  switch (to.kind) {
    case "date":
      return reading(from, to, parseDate);
    case "time":
      return reading(from, to, (text) => {
        const value = parseTime(text);
        return value === undefined ? undefined : truncateTime(value, to.precision);
      });
    case "timestamp":
      return reading(from, to, (text) => parseTimestamp(text, to.precision));
    case "timestamp_ltz": {
      const clock = new ZoneClock();
      return reading(from, to, (text, zone) => {
        const value = parseTimestamp(text, to.precision);
        return value === undefined ? undefined : clock.instant(value, zone);
      });
    }
  }
}

/** Element by element. */
function toNested(from: FlinkType, to: FlinkType, mode: IntegerMode): CastFunction {
  if (to.kind === "array" && from.kind === "array") {
    const element = orNull(castFunction(from.element, to.element, mode));
    return (value, zone) => (value as readonly Value[]).map((item) => element(item, zone));
  }
  if (to.kind === "row" && from.kind === "row") {
    const fields = to.fields.map(({ type }, index) => {
      const source = from.fields[index];
      if (source === undefined) throw new TypeError("rows of different length");
      return orNull(castFunction(source.type, type, mode));
    });
    return (value, zone) =>
      fields.map((field, index) => field((value as readonly Value[])[index] ?? null, zone));
  }
  if (to.kind === "map" && from.kind === "map") {
    const key = orNull(castFunction(from.key, to.key, mode));
    const entry = orNull(castFunction(from.value, to.value, mode));
    return (value, zone) =>
      new Map([...(value as ReadonlyMap<Value, Value>)].map(([k, v]) => [key(k, zone), entry(v, zone)]));
  }
  if (to.kind === "multiset" && from.kind === "multiset") {
    const element = orNull(castFunction(from.element, to.element, mode));
    return (value, zone) =>
      new Map([...(value as ReadonlyMap<Value, Value>)].map(([k, count]) => [element(k, zone), count]));
  }
  if (from.kind === "null") return () => null;
  throw new TypeError(`no cast of ${from.kind} to ${to.kind}`);
}

function orNull(cast: CastFunction): CastFunction {
  return (value, zone) => (value === null ? null : cast(value, zone));
}
