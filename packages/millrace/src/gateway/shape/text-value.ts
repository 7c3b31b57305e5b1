import type { SimpleShape, TimestampFormat } from "../model/shape.ts";
import { decodeBase64 } from "./base64.ts";
import { mistyped } from "./output-value.ts";
import { serializationError, typeName } from "./serialization-error.ts";
import { formatTimestamp, parseTimestamp } from "./timestamp.ts";

const numberText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Reads a value that a header, a label, a query parameter or an XML element holds as text. */
export function parseText(shape: SimpleShape, text: string): unknown {
  switch (shape.kind) {
    case "string":
      return text;
    case "boolean":
      return parseBoolean(text);
    case "integer":
    case "long":
      return Math.trunc(parseNumber(shape.kind, text));
    case "float":
    case "double":
      return parseNumber(shape.kind, text);
    case "timestamp":
      return parseTimestamp(text.trim());
    case "blob":
      return parseBlob(text.trim());
    case "bigInteger":
      return BigInt(parseNumber(shape.kind, text));
    case "bigDecimal":
      return String(parseNumber(shape.kind, text));
    case "document":
      return text;
  }
}

function parseBoolean(text: string): boolean {
  const lower = text.trim().toLowerCase();
  if (lower !== "true" && lower !== "false") throw unconvertible("boolean");
  return lower === "true";
}

function parseNumber(kind: string, text: string): number {
  const trimmed = text.trim();
  const fractional = kind === "float" || kind === "double";
  if (fractional && /^(?:NaN|-?Infinity)$/.test(trimmed)) return Number(trimmed);
  if (!numberText.test(trimmed)) throw unconvertible(kind);
  const value = Number(trimmed);
  if (!Number.isFinite(value)) throw unconvertible(kind);
  return value;
}

function parseBlob(text: string): Buffer {
  const target = Buffer.allocUnsafe(Math.ceil((text.length * 3) / 4));
  return target.subarray(0, decodeBase64(text, target, 0));
}

function unconvertible(kind: string): Error {
  return serializationError(`STRING_VALUE can not be converted to ${typeName(kind)}`);
}

/** Writes a value as text; `format` is the protocol's for timestamps that name none. */
export function formatText(shape: SimpleShape, value: unknown, format: TimestampFormat): string {
  if (shape.kind === "timestamp") {
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw mistyped(shape.kind, value);
    return formatTimestamp(value, shape.timestampFormat ?? format);
  }
  if (shape.kind === "blob") {
    if (!(value instanceof Uint8Array)) throw mistyped(shape.kind, value);
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  }
  if (typeof value === "object") throw mistyped(shape.kind, value);
  return String(value);
}
