import type { Value } from "../../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../../sql/flink/functions/scalar-function.ts";
import { typeText } from "../../../../sql/flink/type-text.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { doubleOf, parseDecimal, parseDouble } from "../../expressions/index.ts";
import type { JsonScan } from "./json-scan.ts";
import { jsonDate, jsonTime, type TimestampForm, timestampOf } from "./json-time.ts";

/** A value is JSON but not of the field's type. */
export class JsonFieldError extends Error {
  override readonly name = "JsonFieldError";
}

export interface ValueOptions {
  readonly mode: IntegerMode;
  readonly timestampForm: TimestampForm;
  readonly ignoreParseErrors: boolean;
  readonly failOnMissingField: boolean;
}

/** Makes a value of the JSON value that lies in bytes[from, to), which was scanned before. */
export type ReadValue = (scan: JsonScan, from: number, to: number) => Value;

/** How values of a type are read, as Flink's JSON format converts. @throws JsonFieldError */
export function valueReader(type: FlinkType, options: ValueOptions): ReadValue {
  const read = notNullReader(type, options);
  return (scan, from, to) => {
    if (scan.bytes[from] === 0x6e) return null;
    if (!options.ignoreParseErrors) return read(scan, from, to);
    try {
      return read(scan, from, to);
    } catch (error) {
      if (error instanceof JsonFieldError) return null;
      throw error;
    }
  };
}

function notNullReader(type: FlinkType, options: ValueOptions): ReadValue {
  switch (type.kind) {
    case "boolean":
      return (scan, from, to) =>
        scan.bytes[from] === 0x74 || textOf(scan, from, to).trim().toLowerCase() === "true";
    case "tinyint":
    case "smallint":
    case "int":
    case "interval_months":
      return integerReader(type);
    case "bigint":
      return longReader(type, options.mode);
    case "interval_millis":
      return longReader(type, "double");
    case "float":
      return (scan, from, to) => Math.fround(doubleAt(scan, from, to, type));
    case "double":
      return (scan, from, to) => doubleAt(scan, from, to, type);
    case "decimal":
      return (scan, from, to) => {
        const value = parseDecimal(textOf(scan, from, to).trim(), type.precision, type.scale);
        return value === undefined ? fail(scan, from, to, type) : value;
      };
    case "char":
    case "varchar":
      return textOf;
    case "binary":
    case "varbinary":
      return (scan, from, to) => base64At(scan, from, to, type);
    case "date":
      return (scan, from, to) => jsonDate(stringOf(scan, from, to)) ?? fail(scan, from, to, type);
    case "time":
      return (scan, from, to) =>
        jsonTime(stringOf(scan, from, to), type.precision) ?? fail(scan, from, to, type);
    case "timestamp":
    case "timestamp_ltz":
      return (scan, from, to) =>
        timestampOf(stringOf(scan, from, to), options.timestampForm, type) ?? fail(scan, from, to, type);
    default:
      return nestedReader(type, options);
  }
}

const maxExcerpt = 100;

function fail(scan: JsonScan, from: number, to: number, type: FlinkType): never {
  const text = scan.bytes.toString("utf8", from, Math.min(to, from + maxExcerpt));
  throw new JsonFieldError(
    `${text}${to > from + maxExcerpt ? "..." : ""} is no ${typeText({ ...type, nullable: true })}`,
  );
}

/** Strings without their quotes, numbers and words as they stand, objects and arrays without white space. */
function textOf(scan: JsonScan, from: number, to: number): string {
  const byte = scan.bytes[from];
  if (byte === 0x22) return scan.text(from, to, false);
  const text = scan.bytes.utf8Slice(from, to);
  return byte === 0x7b || byte === 0x5b ? text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1") : text;
}

/** The text of a string; of anything else as it stands, which is no time. */
function stringOf(scan: JsonScan, from: number, to: number): string {
  return scan.bytes[from] === 0x22 ? scan.text(from, to, false) : scan.bytes.latin1Slice(from, to);
}

function isNumber(scan: JsonScan, from: number): boolean {
  const byte = scan.bytes[from] as number;
  return byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
}

const integerForm = /^[+-]?\d{1,20}$/;

function integerReader(type: FlinkType): ReadValue {
  const bits = type.kind === "tinyint" ? 8 : type.kind === "smallint" ? 16 : 32;
  const limit = 2 ** (bits - 1);
  return (scan, from, to) => {
    let value: number;
    if (isNumber(scan, from)) {
      scan.number(from);
      // Jackson cuts off what stands behind the point, but its bytes and shorts are whole.
      value = scan.isInteger || bits === 32 ? Math.trunc(scan.value) + 0 : Number.NaN;
    } else {
      const text = textOf(scan, from, to).trim();
      value = integerForm.test(text) ? Number(text) + 0 : Number.NaN;
    }
    return value >= -limit && value < limit ? value : fail(scan, from, to, type);
  };
}

const longLimit = 2n ** 63n;

function longReader(type: FlinkType, mode: IntegerMode): ReadValue {
  return (scan, from, to) => {
    let value: bigint;
    if (isNumber(scan, from)) {
      scan.number(from);
      if (scan.isInteger && scan.isExact) return mode === "exact" ? BigInt(scan.value) : scan.value;
      if (scan.isInteger && to - from > 20) fail(scan, from, to, type);
      if (!scan.isInteger && !(Math.abs(scan.value) < 2 ** 63)) fail(scan, from, to, type);
      value = BigInt(scan.isInteger ? scan.bytes.latin1Slice(from, to) : Math.trunc(scan.value));
    } else {
      const text = textOf(scan, from, to).trim();
      if (!integerForm.test(text)) fail(scan, from, to, type);
      value = BigInt(text.replace(/^\+/, ""));
    }
    if (value >= longLimit || value < -longLimit) fail(scan, from, to, type);
    return mode === "exact" ? value : doubleOf(value);
  };
}

function doubleAt(scan: JsonScan, from: number, to: number, type: FlinkType): number {
  if (isNumber(scan, from)) {
    scan.number(from);
    return scan.isExact ? scan.value : Number(scan.bytes.latin1Slice(from, to));
  }
  return parseDouble(textOf(scan, from, to)) ?? fail(scan, from, to, type);
}

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

function base64At(scan: JsonScan, from: number, to: number, type: FlinkType): Uint8Array {
  const text = scan.bytes[from] === 0x22 ? scan.text(from, to, false) : undefined;
  if (text === undefined || !base64Form.test(text)) return fail(scan, from, to, type);
  return new Uint8Array(Buffer.from(text, "base64"));
}

function nestedReader(type: FlinkType, options: ValueOptions): ReadValue {
  switch (type.kind) {
    case "array": {
      const element = valueReader(type.element, options);
      return (scan, from, to) => {
        if (scan.bytes[from] !== 0x5b) return fail(scan, from, to, type);
        return elements(scan, from, element);
      };
    }
    case "map":
    case "multiset": {
      const value = valueReader(type.kind === "map" ? type.value : { kind: "int", nullable: true }, options);
      return (scan, from, to) => {
        if (scan.bytes[from] !== 0x7b) return fail(scan, from, to, type);
        const map = new Map<Value, Value>();
        entries(scan, from, (key, at, end) => map.set(key, value(scan, at, end)));
        return map;
      };
    }
    case "row":
      return rowReader(type, options);
    default:
      throw new TypeError(`JSON has no ${type.kind}`);
  }
}

function rowReader(type: FlinkType & { readonly kind: "row" }, options: ValueOptions): ReadValue {
  const fields = new Map(
    type.fields.map((field, index) => [field.name, { index, read: valueReader(field.type, options) }]),
  );
  return (scan, from, to) => {
    if (scan.bytes[from] !== 0x7b) return fail(scan, from, to, type);
    const row = new Array<Value>(type.fields.length).fill(null);
    const seen = new Set<number>();
    entries(scan, from, (key, at, end) => {
      const field = fields.get(key);
      if (field === undefined) return;
      row[field.index] = field.read(scan, at, end);
      seen.add(field.index);
    });
    if (options.failOnMissingField && seen.size < type.fields.length) {
      const missing = type.fields.find((_, index) => !seen.has(index));
      throw new JsonFieldError(`has no field '${missing?.name ?? ""}'`);
    }
    return row;
  };
}

/** The elements of an array that was scanned before. */
function elements(scan: JsonScan, from: number, read: ReadValue): Value[] {
  const values: Value[] = [];
  let at = scan.space(from + 1);
  while (scan.bytes[at] !== 0x5d) {
    const end = scan.skip(at);
    values.push(read(scan, at, end));
    at = scan.space(end);
    if (scan.bytes[at] === 0x2c) at = scan.space(at + 1);
  }
  return values;
}

/** The entries of an object that was scanned before; later ones of one key come later. */
function entries(scan: JsonScan, from: number, visit: (key: string, from: number, to: number) => void): void {
  let at = scan.space(from + 1);
  while (scan.bytes[at] !== 0x7d) {
    const keyEnd = scan.string(at);
    const key = scan.text(at, keyEnd, scan.isPlain);
    const value = scan.space(scan.space(keyEnd) + 1);
    const end = scan.skip(value);
    visit(key, value, end);
    at = scan.space(end);
    if (scan.bytes[at] === 0x2c) at = scan.space(at + 1);
  }
}
