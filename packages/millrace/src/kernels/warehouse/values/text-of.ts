import type {
  DuckDBBlobValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBTimeTZValue,
  DuckDBType,
  DuckDBValue,
  DuckDBVector,
} from "@duckdb/node-api";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { dateText, floorDivide, intervalText, timestampText, timeText, timeTzText } from "./date-text.ts";
import { engineTypeIds } from "./engine-types.ts";
import { decimalText, floatText, realText, rescaled } from "./number-text.ts";
import { ZoneOffsets } from "./zone-offsets.ts";

/** What of a session shows in the text of values. */
export interface TextStyle {
  readonly zone: ZoneOffsets;
  /** `extra_float_digits` */
  readonly extraFloatDigits: number;
}

export const defaultTextStyle: TextStyle = Object.freeze({
  zone: new ZoneOffsets("UTC"),
  extraFloatDigits: 1,
});

/**
 * A value in PostgreSQL's text form; null for NULL. Exact for all that `engine-types.ts` lists, and slow: the
 * wire has its own encoders, which are tested against this.
 */
export function textOf(vector: DuckDBVector, row: number, type: SqlType, style: TextStyle): string | null {
  const value = vector.getItem(row);
  return value === null ? null : valueText(value, vector.type, type, style);
}

function valueText(value: DuckDBValue, engine: DuckDBType, type: SqlType, style: TextStyle): string {
  switch (type.name) {
    case "numeric":
      return numericText(value, engine, type.scale ?? engineScale(engine)) ?? plainText(value, engine, style);
    case "real":
      return typeof value === "number"
        ? realText(Math.fround(value), style.extraFloatDigits)
        : plainText(value, engine, style);
    case "double precision":
      return numberOf(value, engine) ?? plainText(value, engine, style);
    case "character":
      return padded(plainText(value, engine, style), type.length ?? 1);
    case "interval":
    case "interval year to month":
    case "interval day to second":
      return engine.typeId === engineTypeIds.interval
        ? intervalText(value as DuckDBIntervalValue, type.name)
        : plainText(value, engine, style);
    case "array":
      return engine.typeId === engineTypeIds.list
        ? arrayText(value as DuckDBListValue, engine, type.element ?? { name: "text" }, style)
        : plainText(value, engine, style);
    default:
      return plainText(value, engine, style);
  }

  function numberOf(given: DuckDBValue, from: DuckDBType): string | undefined {
    if (typeof given === "bigint") return floatText(Number(given), style.extraFloatDigits);
    if (typeof given === "number") return floatText(given, style.extraFloatDigits);
    const decimal = numericText(given, from, engineScale(from));
    return decimal === undefined ? undefined : floatText(Number(decimal), style.extraFloatDigits);
  }
}

function engineScale(engine: DuckDBType): number {
  return engine.typeId === engineTypeIds.decimal ? (engine as DuckDBDecimalType).scale : 0;
}

function numericText(value: DuckDBValue, engine: DuckDBType, scale: number): string | undefined {
  if (engine.typeId === engineTypeIds.decimal) {
    const decimal = value as DuckDBDecimalValue;
    return decimalText(rescaled(BigInt(decimal.value), decimal.scale, scale), scale);
  }
  if (typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value)))
    return decimalText(rescaled(BigInt(value), 0, scale), scale);
  return undefined;
}

/** By the engine's type alone. */
function plainText(value: DuckDBValue, engine: DuckDBType, style: TextStyle): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number")
    return engine.typeId === engineTypeIds.float
      ? realText(Math.fround(value), style.extraFloatDigits)
      : floatText(value, style.extraFloatDigits);
  return objectText(value, engine, style) ?? String(value);
}

function objectText(value: DuckDBValue, engine: DuckDBType, style: TextStyle): string | undefined {
  switch (engine.typeId) {
    case engineTypeIds.decimal:
      return numericText(value, engine, engineScale(engine));
    case engineTypeIds.blob:
      return Buffer.from((value as DuckDBBlobValue).bytes).toString("hex");
    case engineTypeIds.date:
      return dateText((value as { days: number }).days);
    case engineTypeIds.time:
      return timeText(Number((value as { micros: bigint }).micros));
    case engineTypeIds.timeTz: {
      const time = value as DuckDBTimeTZValue;
      return timeTzText(Number(time.micros), time.offset);
    }
    case engineTypeIds.timestamp:
      return timestampText((value as { micros: bigint }).micros);
    case engineTypeIds.timestampTz:
      return timestampText((value as { micros: bigint }).micros, style.zone);
    case engineTypeIds.timestampSeconds:
      return timestampText((value as { seconds: bigint }).seconds * 1_000_000n);
    case engineTypeIds.timestampMillis:
      return timestampText((value as { millis: bigint }).millis * 1_000n);
    case engineTypeIds.timestampNanos:
      return timestampText(floorDivide((value as { nanos: bigint }).nanos, 1_000n));
    case engineTypeIds.interval:
      return intervalText(value as DuckDBIntervalValue, "interval");
    case engineTypeIds.list:
      return arrayText(value as DuckDBListValue, engine, { name: "text" }, style);
    default:
      return undefined;
  }
}

/** Blanks up to the type's length in bytes. */
function padded(text: string, length: number): string {
  const missing = length - Buffer.byteLength(text);
  return missing > 0 ? text + " ".repeat(missing) : text;
}

/** `{1,NULL,"a b"}`: quoted where the text would read otherwise. */
function arrayText(value: DuckDBListValue, engine: DuckDBType, element: SqlType, style: TextStyle): string {
  const inner = engine.typeId === engineTypeIds.list ? (engine as DuckDBListType).valueType : engine;
  const texts = value.items.map((item) => {
    if (item === null) return "NULL";
    const text = valueText(item, inner, element, style);
    if (inner.typeId === engineTypeIds.list) return text;
    return text === "" || /[{}",\\\s]/.test(text) || /^null$/i.test(text)
      ? `"${text.replace(/["\\]/g, "\\$&")}"`
      : text;
  });
  return `{${texts.join(",")}}`;
}
