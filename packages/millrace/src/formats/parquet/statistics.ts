import type { ColumnWriter } from "./column-writer.ts";
import { fixedSize, lengthAt } from "./dictionary.ts";

/** Bounds of a column's values in a row group, in the PLAIN encoding but for the lengths. */
export interface Statistics {
  readonly nullCount: number;
  readonly min?: Uint8Array;
  readonly max?: Uint8Array;
  readonly isMinExact?: boolean;
  readonly isMaxExact?: boolean;
}

/** Longer bounds are shortened: they are there to skip row groups, not to be read. */
const maxBoundBytes = 64;

export function statisticsOf(writer: ColumnWriter): Statistics {
  const nullCount = writer.levelCount - writer.valueCount;
  if (writer.valueCount === 0) return { nullCount };
  switch (writer.column.leaf.type) {
    case "BOOLEAN":
    case "INT32":
    case "INT64":
    case "FLOAT":
    case "DOUBLE":
      return { nullCount, ...numberBounds(writer) };
    case "BYTE_ARRAY":
    case "FIXED_LEN_BYTE_ARRAY":
      return { nullCount, ...byteBounds(writer) };
    case "INT96":
      // The format defines no order for it.
      return { nullCount };
  }
}

type Bounds = Omit<Statistics, "nullCount">;

function numberBounds(writer: ColumnWriter): Bounds {
  const { buffer, byteOffset } = writer.bytes;
  const count = writer.valueCount;
  switch (writer.column.leaf.type) {
    case "INT32":
      return exact(bounds(new Int32Array(buffer, byteOffset, count)), (value) => new Int32Array([value]));
    case "INT64":
      return exact(
        bounds(new BigInt64Array(buffer, byteOffset, count)),
        (value) => new BigInt64Array([value]),
      );
    case "FLOAT":
      return exact(
        floatBounds(new Float32Array(buffer, byteOffset, count)),
        (value) => new Float32Array([value]),
      );
    case "DOUBLE":
      return exact(
        floatBounds(new Float64Array(buffer, byteOffset, count)),
        (value) => new Float64Array([value]),
      );
    default:
      return exact(bounds(new Uint8Array(buffer, byteOffset, count)), (value) => new Uint8Array([value]));
  }
}

function exact<T>(pair: readonly [T, T] | undefined, encode: (value: T) => ArrayBufferView): Bounds {
  if (pair === undefined) return {};
  const bytes = (value: T): Uint8Array => new Uint8Array(encode(value).buffer);
  return { min: bytes(pair[0]), max: bytes(pair[1]), isMinExact: true, isMaxExact: true };
}

function bounds<T extends number | bigint>(values: ArrayLike<T>): readonly [T, T] | undefined {
  let min = values[0];
  let max = values[0];
  if (min === undefined || max === undefined) return undefined;
  for (let index = 1; index < values.length; index++) {
    const value = values[index] as T;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  return [min, max];
}

/** Without NaN, and with zeros of the sign that hides neither (parquet.thrift, ColumnOrder). */
function floatBounds(values: ArrayLike<number>): readonly [number, number] | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    // A reader could not tell that values are missing from the bounds.
    if (Number.isNaN(value)) return undefined;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min === 0 ? -0 : min, max === 0 ? 0 : max];
}

function byteBounds(writer: ColumnWriter): Bounds {
  const isDecimal = writer.column.leaf.logical?.kind === "decimal";
  const { bytes } = writer;
  const fixedBytes = writer.column.leaf.type === "BYTE_ARRAY" ? undefined : fixedSize(writer);
  let at = 0;
  let minFrom = -1;
  let minTo = -1;
  let maxFrom = -1;
  let maxTo = -1;
  for (let index = 0; index < writer.valueCount; index++) {
    const from = fixedBytes === undefined ? at + 4 : at;
    const to = from + (fixedBytes ?? lengthAt(bytes, at));
    if (minFrom < 0 || compare(bytes, from, to, minFrom, minTo, isDecimal) < 0) {
      minFrom = from;
      minTo = to;
    }
    if (maxFrom < 0 || compare(bytes, from, to, maxFrom, maxTo, isDecimal) > 0) {
      maxFrom = from;
      maxTo = to;
    }
    at = to;
  }
  const min = bytes.slice(minFrom, minTo);
  const max = bytes.slice(maxFrom, maxTo);
  return isDecimal ? { min, max, isMinExact: true, isMaxExact: true } : { ...lower(min), ...upper(max) };
}

/** By unsigned bytes; decimals by their sign first. */
function compare(
  bytes: Uint8Array,
  a: number,
  aTo: number,
  b: number,
  bTo: number,
  isDecimal: boolean,
): number {
  const flip = isDecimal ? 0x80 : 0;
  if (a === aTo || b === bTo) return aTo - a - (bTo - b);
  const first = ((bytes[a] as number) ^ flip) - ((bytes[b] as number) ^ flip);
  if (first !== 0) return first;
  const length = Math.min(aTo - a, bTo - b);
  for (let index = 1; index < length; index++) {
    const difference = (bytes[a + index] as number) - (bytes[b + index] as number);
    if (difference !== 0) return difference;
  }
  return aTo - a - (bTo - b);
}

function lower(min: Uint8Array): Bounds {
  if (min.length <= maxBoundBytes) return { min, isMinExact: true };
  return { min: min.slice(0, characterEnd(min, maxBoundBytes)), isMinExact: false };
}

/** The shortened text must sort behind the whole one, so its last ASCII character is made one greater. */
function upper(max: Uint8Array): Bounds {
  if (max.length <= maxBoundBytes) return { max, isMaxExact: true };
  let end = characterEnd(max, maxBoundBytes);
  while (end > 0 && (max[end - 1] as number) >= 0x7e) end -= 1;
  if (end === 0) return {};
  const bound = max.slice(0, end);
  bound[end - 1] = (bound[end - 1] as number) + 1;
  return { max: bound, isMaxExact: false };
}

/** Where a text can be cut without cutting a character of UTF-8. */
function characterEnd(bytes: Uint8Array, at: number): number {
  let end = at;
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return end;
}
