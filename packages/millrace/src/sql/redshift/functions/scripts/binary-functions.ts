import { SqlError } from "../../../sql-error.ts";
import { type EngineFunction, engineFunction } from "./engine-function.ts";

const bitWidths: Readonly<Record<string, number>> = Object.freeze({ SMALLINT: 16, INTEGER: 32, BIGINT: 64 });

/** Bits shifted out are lost, as in C. */
function shiftLeft(value: bigint, count: number, type: string): bigint {
  const width = bitWidths[type] ?? 64;
  const places = BigInt(((count % width) + width) % width);
  return BigInt.asIntN(width, value << places);
}

function ofInteger(value: bigint, width: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes.subarray(8 - width);
}

function toInteger(bytes: Uint8Array): bigint {
  if (bytes.length > 8) throw new SqlError("22003", "The VARBYTE value is too long for an integer.");
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x0${Buffer.from(bytes).toString("hex")}`));
}

/** @throws SqlError 22021 for bytes that are no UTF-8 */
function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new SqlError("22021", 'invalid byte sequence for encoding "UTF8"', { cause });
  }
}

function toVarbyte(value: string, format: string): Uint8Array {
  const name = format.toLowerCase();
  if (name === "utf8" || name === "utf-8") return Buffer.from(value);
  const isHex = name === "hex" || name === "base16";
  const valid = isHex
    ? /^(?:[0-9a-f]{2})*$/i.test(value)
    : name === "base64" && /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value);
  if (!isHex && name !== "base64")
    throw new SqlError("22023", `Invalid format "${format}": use base64, hex, utf8.`);
  if (!valid) throw new SqlError("22023", `The text is no valid ${name}.`);
  return Buffer.from(value, isHex ? "hex" : "base64");
}

function fromVarbyte(bytes: Uint8Array, format: string): string {
  const name = format.toLowerCase();
  if (name === "utf8" || name === "utf-8") return text(bytes);
  if (name === "hex" || name === "base16") return Buffer.from(bytes).toString("hex");
  if (name === "base64") return Buffer.from(bytes).toString("base64");
  throw new SqlError("22023", `Invalid format "${format}": use base64, hex, utf8.`);
}

/** Bit 0 is the lowest of the last byte. */
function getbit(bytes: Uint8Array, index: number): number {
  if (index < 0 || index >= bytes.length * 8) {
    throw new SqlError("22003", `The bit index ${index} is out of range (0..${bytes.length * 8 - 1}).`);
  }
  const byte = bytes[bytes.length - 1 - Math.floor(index / 8)] ?? 0;
  return (byte >> (index % 8)) & 1;
}

function substring(bytes: Uint8Array, start: number, length: number): Uint8Array {
  if (length < 0) throw new SqlError("22011", "negative substring length not allowed");
  const from = start - 1;
  return bytes.subarray(Math.max(0, from), Math.max(0, from + length));
}

export const binaryFunctions: readonly EngineFunction[] = Object.freeze([
  engineFunction("shift_left", ["BIGINT", "INTEGER", "VARCHAR"], "BIGINT", shiftLeft),
  engineFunction("varbyte_cut", ["BLOB", "INTEGER"], "BLOB", (bytes: Uint8Array, length: number) =>
    bytes.subarray(0, length),
  ),
  engineFunction("varbyte_of_integer", ["BIGINT", "INTEGER"], "BLOB", ofInteger),
  engineFunction("integer_of_varbyte", ["BLOB"], "BIGINT", toInteger),
  engineFunction("varbyte_text", ["BLOB"], "VARCHAR", text),
  engineFunction("to_varbyte", ["VARCHAR", "VARCHAR"], "BLOB", toVarbyte),
  engineFunction("from_varbyte", ["BLOB", "VARCHAR"], "VARCHAR", fromVarbyte),
  engineFunction("getbit", ["BLOB", "INTEGER"], "INTEGER", getbit),
  engineFunction("varbyte_substring", ["BLOB", "INTEGER", "INTEGER"], "BLOB", substring),
]);
