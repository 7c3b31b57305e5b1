import { ByteReader, SnapshotFormatError } from "./byte-reader.ts";

/*
 * One value of a column, as `Value` in bound-expression.ts says, by a tag:
 *
 *     value := 0                       NULL
 *            | 1 | 2                   false, true
 *            | 3 f64                   number
 *            | 4 n digits              bigint, as two's complement, least byte first
 *            | 5 n UTF-8               string
 *            | 6 n UTF-16              string that has no UTF-8
 *            | 7 n bytes               bytes
 *            | 8 n value*              array, row
 *            | 9 n (value value)*      map
 */

const maxDepth = 256;

/** Bytes one after another. */
export class ValueWriter {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1024);
  #view: DataView = new DataView(this.#bytes.buffer);
  readonly #encoder = new TextEncoder();
  length = 0;

  u8(value: number): void {
    const at = this.#room(1);
    this.#bytes[at] = value;
  }

  u32(value: number): void {
    const at = this.#room(4);
    this.#view.setUint32(at, value, true);
  }

  f64(value: number): void {
    const at = this.#room(8);
    this.#view.setFloat64(at, value, true);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  utf8(text: string): void {
    const at = this.#room(text.length * 3);
    this.length = at + this.#encoder.encodeInto(text, this.#bytes.subarray(at)).written;
  }

  setU32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length);
  }

  #room(count: number): number {
    const at = this.length;
    this.length = at + count;
    if (this.length > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(this.length, this.#bytes.length * 2));
      bytes.set(this.#bytes);
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer);
    }
    return at;
  }
}

/** @throws TypeError for what is no value of a column */
export function encodeValue(writer: ValueWriter, value: unknown, depth: number = 0): void {
  if (depth > maxDepth) throw new TypeError(`a value is nested more than ${maxDepth} deep`);
  if (value === null || value === undefined) writer.u8(0);
  else if (typeof value === "boolean") writer.u8(value ? 2 : 1);
  else if (typeof value === "number") {
    writer.u8(3);
    writer.f64(value);
  } else if (typeof value === "bigint") encodeBigint(writer, value);
  else if (typeof value === "string") encodeString(writer, value);
  else if (value instanceof Uint8Array) {
    writer.u8(7);
    writer.u32(value.length);
    writer.raw(value);
  } else if (Array.isArray(value)) {
    writer.u8(8);
    writer.u32(value.length);
    for (const element of value) encodeValue(writer, element, depth + 1);
  } else if (value instanceof Map) {
    writer.u8(9);
    writer.u32(value.size);
    for (const [key, entry] of value) {
      encodeValue(writer, key, depth + 1);
      encodeValue(writer, entry, depth + 1);
    }
  } else throw new TypeError("not a value of a column");
}

function encodeString(writer: ValueWriter, text: string): void {
  if (text.isWellFormed()) {
    writer.u8(5);
    const at = writer.length;
    writer.u32(0);
    writer.utf8(text);
    writer.setU32(at, writer.length - at - 4);
    return;
  }
  writer.u8(6);
  writer.u32(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    writer.u8(unit & 0xff);
    writer.u8(unit >> 8);
  }
}

function encodeBigint(writer: ValueWriter, value: bigint): void {
  writer.u8(4);
  const at = writer.length;
  writer.u32(0);
  let rest = value;
  let last = 0;
  do {
    last = Number(rest & 0xffn);
    writer.u8(last);
    rest >>= 8n;
  } while (!(rest === 0n && last < 0x80) && !(rest === -1n && last >= 0x80));
  writer.setU32(at, writer.length - at - 4);
}

/** @throws SnapshotFormatError */
export function decodeValue(bytes: Uint8Array): unknown {
  const reader = new ByteReader(bytes);
  const value = readValue(reader, 0);
  if (!reader.isAtEnd) throw new SnapshotFormatError("a value is longer than it says");
  return value;
}

function readValue(reader: ByteReader, depth: number): unknown {
  if (depth > maxDepth) throw new SnapshotFormatError("a value is nested too deep");
  switch (reader.u8()) {
    case 0:
      return null;
    case 1:
      return false;
    case 2:
      return true;
    case 3:
      return reader.f64();
    case 4:
      return readBigint(reader.bytes(reader.u32()));
    case 5:
      return readUtf8(reader.bytes(reader.u32()));
    case 6:
      return readUtf16(reader.bytes(reader.u32()));
    case 7:
      return new Uint8Array(reader.bytes(reader.u32()));
    case 8:
      return readList(reader, depth);
    case 9:
      return readMap(reader, depth);
    default:
      throw new SnapshotFormatError("a value has an unknown form");
  }
}

function readList(reader: ByteReader, depth: number): unknown[] {
  const values: unknown[] = [];
  for (let left = reader.u32(); left > 0; left -= 1) values.push(readValue(reader, depth + 1));
  return values;
}

function readMap(reader: ByteReader, depth: number): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (let left = reader.u32(); left > 0; left -= 1) {
    const key = readValue(reader, depth + 1);
    map.set(key, readValue(reader, depth + 1));
  }
  return map;
}

function readBigint(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at -= 1) value = (value << 8n) | BigInt(bytes[at] as number);
  return BigInt.asIntN(bytes.length * 8, value);
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new SnapshotFormatError("a string is not UTF-8", { cause });
  }
}

function readUtf16(bytes: Uint8Array): string {
  if (bytes.length % 2 !== 0) throw new SnapshotFormatError("a string ends within a character");
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    text += String.fromCharCode((bytes[at] as number) | ((bytes[at + 1] as number) << 8));
  }
  return text;
}
