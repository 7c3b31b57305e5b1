import { isText } from "../../type-rules.ts";
import type { FlinkType, RowField } from "../../types.ts";
import { decimalOfDouble, shortestFloat } from "../decimal-rounding.ts";
import { EvaluationError } from "../scalar-function.ts";
import { dateFormatter } from "../time/date-formatter.ts";
import { byUnits, decimalText } from "./json-document.ts";

/** Writes a value that is not NULL. */
export type JsonWriter = (value: never) => string;

/**
 * How values of a type are written as JSON by Flink's functions: names in order, bytes in base64, times in ISO's
 * form. Undefined for types that have no JSON: DATE, TIME, intervals, maps whose keys are no texts.
 */
export function jsonWriterOf(type: FlinkType): JsonWriter | undefined {
  switch (type.kind) {
    case "null":
      return () => "null";
    case "char":
    case "varchar":
      return (value: string) => JSON.stringify(value);
    case "boolean":
    case "tinyint":
    case "smallint":
    case "int":
    case "bigint":
      return String;
    case "float":
      return (value: number) => doubleText(shortestFloat(value));
    case "double":
      return doubleText;
    case "decimal":
      return decimalWriter(type.scale);
    case "binary":
    case "varbinary":
      return (value: Uint8Array) => JSON.stringify(Buffer.from(value).toString("base64"));
    case "timestamp":
    case "timestamp_ltz":
      return timeWriter(type.kind === "timestamp" ? "" : "Z");
    case "array":
      return arrayWriter(type.element);
    case "map":
      return mapWriter(type.key, type.value);
    case "multiset":
      return mapWriter(type.element, { kind: "int", nullable: false });
    case "row":
      return rowWriter(type.fields);
    default:
      return undefined;
  }
}

function orNull(writer: JsonWriter, value: unknown): string {
  return value === null ? "null" : writer(value as never);
}

/** As Java's Double and BigDecimal write it: 1.0, 1.0E+10. What is not finite is a text. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  const { unscaled, scale } = decimalOfDouble(value);
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  const sign = unscaled < 0n || Object.is(value, -0) ? "-" : "";
  const isPlain = Math.abs(value) < 1e7 && Math.abs(value) >= 1e-3;
  if (value === 0) return `${sign}0.0`;
  // Java writes at least one digit behind the point, also of what it writes with an exponent.
  if (isPlain)
    return sign + (scale < 1 ? decimalText(digits + "0".repeat(1 - scale), 1) : decimalText(digits, scale));
  return sign + (digits.length > 1 ? decimalText(digits, scale) : decimalText(`${digits}0`, scale + 1));
}

/** Without zeros at the end. */
function decimalWriter(scale: number): JsonWriter {
  return (value: bigint) => {
    const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
    const fraction = scale === 0 ? "" : digits.slice(-scale).replace(/0+$/, "");
    const whole = scale === 0 ? digits : digits.slice(0, -scale);
    return `${value < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
  };
}

/** ISO's form with as many digits of the second as are needed. */
function timeWriter(suffix: string): JsonWriter {
  const format = dateFormatter("yyyy-MM-dd'T'HH:mm:ss.SSSSSS", "modern");
  return (ms: number) => `"${format(ms, 0).replace(/\.0{6}$|0+$/, "")}${suffix}"`;
}

function arrayWriter(element: FlinkType): JsonWriter | undefined {
  const write = jsonWriterOf(element);
  if (write === undefined) return undefined;
  return (values: readonly unknown[]) => `[${values.map((value) => orNull(write, value)).join(",")}]`;
}

function mapWriter(key: FlinkType, value: FlinkType): JsonWriter | undefined {
  const write = jsonWriterOf(value);
  if (write === undefined || !isText(key)) return undefined;
  return (map: ReadonlyMap<string | null, unknown>) => {
    const names = [...map.keys()].map((name) => {
      if (name === null) throw new EvaluationError("a key of a map is NULL, which JSON has no name for");
      return name;
    });
    return objectText(names.map((name) => [name, orNull(write, map.get(name))]));
  };
}

function rowWriter(fields: readonly RowField[]): JsonWriter | undefined {
  const writers: JsonWriter[] = [];
  for (const { type } of fields) {
    const writer = jsonWriterOf(type);
    if (writer === undefined) return undefined;
    writers.push(writer);
  }
  return (values: readonly unknown[]) =>
    objectText(writers.map((writer, index) => [fields[index]?.name ?? "", orNull(writer, values[index])]));
}

/** Names with the JSON of their values. Of a name that is there more than once the last one counts. */
export function objectText(entries: readonly (readonly [name: string, json: string])[]): string {
  const members = [...new Map(entries)].sort(([left], [right]) => byUnits(left, right));
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}
