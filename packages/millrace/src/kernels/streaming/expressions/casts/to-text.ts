import type { Value } from "../../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { decimalText } from "../decimal.ts";
import { doubleText, floatText } from "./java-number-text.ts";
import { dateText, millisText, monthsText, timestampText, timeText } from "./time-text.ts";
import { ZoneClock } from "./zone.ts";

export type ToText = (value: Value, zone: string) => string;

/** The text of a type's values that are not NULL, as CAST to STRING gives it. */
export function toText(type: FlinkType): ToText {
  switch (type.kind) {
    case "boolean":
      return (value) => (value === true ? "TRUE" : "FALSE");
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return (value) => String(value);
    case "float":
      return (value) => floatText(value as number);
    case "double":
      return (value) => doubleText(value as number);
    case "decimal":
      return (value) => decimalText(value as bigint, type.scale);
    case "char":
    case "varchar":
      return (value) => value as string;
    case "binary":
    case "varbinary":
      return (value) => Buffer.from(value as Uint8Array).toString("utf8");
    case "null":
      return () => "NULL";
    default:
      return timeToText(type) ?? nestedToText(type);
  }
}

function timeToText(type: FlinkType): ToText | undefined {
  switch (type.kind) {
    case "date":
      return (value) => dateText(value as number);
    case "time":
      return (value) => timeText(value as number, type.precision);
    case "timestamp":
      return (value) => timestampText(value as number, type.precision);
    case "timestamp_ltz": {
      const clock = new ZoneClock();
      return (value, zone) => timestampText(clock.local(value as number, zone), type.precision);
    }
    case "interval_months":
      return (value) => monthsText(value as number);
    case "interval_millis":
      return (value) => millisText(value as number);
    default:
      return undefined;
  }
}

/** `[a, b]`, `{k=v}`, `(f, g)`; NULL inside of them is the word. */
function nestedToText(type: FlinkType): ToText {
  switch (type.kind) {
    case "array": {
      const element = orNull(toText(type.element));
      return (value, zone) =>
        `[${(value as readonly Value[]).map((item) => element(item, zone)).join(", ")}]`;
    }
    case "row": {
      const fields = type.fields.map((field) => orNull(toText(field.type)));
      return (value, zone) =>
        `(${fields.map((field, index) => field((value as readonly Value[])[index] ?? null, zone)).join(", ")})`;
    }
    case "map":
      return entriesToText(orNull(toText(type.key)), orNull(toText(type.value)));
    case "multiset":
      return entriesToText(orNull(toText(type.element)), String);
    default:
      throw new TypeError(`no text of ${type.kind}`);
  }
}

function entriesToText(key: ToText, value: ToText): ToText {
  return (map, zone) => {
    const entries = [...(map as ReadonlyMap<Value, Value>)];
    return `{${entries.map(([k, v]) => `${key(k, zone)}=${value(v, zone)}`).join(", ")}}`;
  };
}

function orNull(text: ToText): ToText {
  return (value, zone) => (value === null ? "NULL" : text(value, zone));
}

/** To the length of CHAR(n) and VARCHAR(n) in characters: cut off, and CHAR filled up with blanks. */
export function sizedText(text: string, type: FlinkType): string {
  if (type.kind !== "char" && type.kind !== "varchar") return text;
  const cut = text.length > type.length ? text.slice(0, type.length) : text;
  return type.kind === "char" ? cut.padEnd(type.length) : cut;
}

/** To the length of BINARY(n) and VARBINARY(n): cut off, and BINARY filled up with zeros. */
export function sizedBytes(bytes: Uint8Array, type: FlinkType): Uint8Array {
  if (type.kind !== "binary" && type.kind !== "varbinary") return bytes;
  if (bytes.length > type.length) return bytes.slice(0, type.length);
  if (type.kind === "varbinary" || bytes.length === type.length) return bytes;
  const filled = new Uint8Array(type.length);
  filled.set(bytes);
  return filled;
}
