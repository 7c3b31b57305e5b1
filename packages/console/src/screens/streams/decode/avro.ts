import { type AvroType, avroType } from "./avro-schema.ts";
import type { Codecs } from "./codecs.ts";

/*
 * An object container file:
 *
 *     "Obj" 01   metadata (map of bytes: avro.schema, avro.codec)   marker (16 bytes)   block*
 *     block => count (long)  size (long)  data, packed by the codec  marker
 */
const magic = [0x4f, 0x62, 0x6a, 1] as const;
const markerBytes = 16;
/** A container may hold any number; nobody reads more at a glance. */
const maxRecords = 1_000;
const maxDepth = 64;

export interface AvroContainer {
  readonly schema: unknown;
  readonly codec: string;
  readonly records: readonly unknown[];
  /** That there are more than are shown. */
  readonly isCut: boolean;
}

export function looksLikeAvro(bytes: Uint8Array): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

/** Reads a container without making code of its schema, which a page with a strict policy may not do. */
export function readAvro(bytes: Uint8Array, codecs: Codecs): AvroContainer {
  const reader = new AvroReader(bytes, magic.length);
  const metadata = reader.value({
    kind: "map",
    items: { kind: "bytes", logical: undefined, scale: 0 },
  }) as Readonly<Record<string, Uint8Array>>;
  reader.skip(markerBytes);
  const text = new TextDecoder();
  const schema: unknown = JSON.parse(text.decode(metadata["avro.schema"] ?? new Uint8Array()));
  const codec = metadata["avro.codec"] === undefined ? "null" : text.decode(metadata["avro.codec"]);
  const type = avroType(schema);
  const records: unknown[] = [];
  while (!reader.isAtEnd && records.length < maxRecords) {
    const count = reader.long();
    const block = new AvroReader(unpacked(reader.bytes(reader.long()), codec, codecs), 0);
    reader.skip(markerBytes);
    for (let i = 0; i < count && records.length < maxRecords; i++) records.push(block.value(type));
  }
  return { schema, codec, records, isCut: !reader.isAtEnd || records.length === maxRecords };
}

function unpacked(bytes: Uint8Array, codec: string, codecs: Codecs): Uint8Array {
  if (codec === "null") return bytes;
  if (codec === "deflate") return codecs.inflate(bytes);
  if (codec === "zstandard") return codecs.zstd(bytes);
  // Avro puts a checksum behind what is packed.
  if (codec === "snappy") return codecs.snappy(bytes.subarray(0, bytes.length - 4));
  throw new TypeError(`the codec ${codec} is not known here`);
}

class AvroReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  #depth = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  skip(count: number): void {
    this.#at += count;
  }

  bytes(length: number): Uint8Array {
    if (length < 0 || this.#at + length > this.#bytes.length) throw new RangeError("it is cut short");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Of at most 2^53, which is what JSON can show. */
  long(): number {
    return Number(this.#bigLong());
  }

  value(type: AvroType): unknown {
    if (++this.#depth > maxDepth) throw new RangeError("it is nested too deeply");
    try {
      return this.#value(type);
    } finally {
      this.#depth--;
    }
  }

  #value(type: AvroType): unknown {
    switch (type.kind) {
      case "record":
        return Object.fromEntries(type.fields.map((field) => [field.name, this.value(field.type)]));
      case "enum":
        return type.symbols[this.long()];
      case "array":
        return this.#blocks(() => this.value(type.items));
      case "map":
        return Object.fromEntries(this.#blocks(() => [this.#text(), this.value(type.items)] as const));
      case "union": {
        const branch = type.branches[this.long()];
        if (branch === undefined) throw new RangeError("a union has no such branch");
        return this.value(branch);
      }
      case "fixed":
        return shownBytes(this.bytes(type.size), type.logical, type.scale);
      case "bytes": {
        const bytes = this.bytes(this.long());
        return type.logical === undefined ? bytes : shownBytes(bytes, type.logical, type.scale);
      }
      default:
        return this.#primitive(type.kind, type.logical);
    }
  }

  #primitive(
    kind: "null" | "boolean" | "int" | "long" | "float" | "double" | "string",
    logical: string | undefined,
  ): unknown {
    if (kind === "null") return null;
    if (kind === "boolean") return this.bytes(1)[0] !== 0;
    if (kind === "string") return this.#text();
    if (kind === "float" || kind === "double") {
      const size = kind === "float" ? 4 : 8;
      this.bytes(size);
      return size === 4
        ? this.#view.getFloat32(this.#at - size, true)
        : this.#view.getFloat64(this.#at - size, true);
    }
    const value = this.#bigLong();
    return timeOf(value, logical) ?? (Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`);
  }

  #text(): string {
    return new TextDecoder().decode(this.bytes(this.long()));
  }

  #blocks<T>(item: () => T): T[] {
    const items: T[] = [];
    for (let count = this.long(); count !== 0; count = this.long()) {
      // A negative count is followed by the size of the block.
      if (count < 0) this.long();
      for (let i = 0; i < Math.abs(count); i++) {
        if (this.isAtEnd) throw new RangeError("it is cut short");
        items.push(item());
      }
    }
    return items;
  }

  /** Zigzag in groups of seven bits. */
  #bigLong(): bigint {
    let value = 0n;
    for (let group = 0n; group < 10n; group++) {
      const byte = this.bytes(1)[0] ?? 0;
      value |= BigInt(byte & 0x7f) << (7n * group);
      if (byte < 0x80) return (value >> 1n) ^ -(value & 1n);
    }
    throw new RangeError("a number has more than 64 bits");
  }
}

function timeOf(value: bigint, logical: string | undefined): string | undefined {
  if (logical === "date") return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
  if (logical === "timestamp-millis") return new Date(Number(value)).toISOString();
  if (logical === "timestamp-micros") return new Date(Number(value / 1_000n)).toISOString();
  return undefined;
}

function shownBytes(bytes: Uint8Array, logical: string | undefined, scale: number): string {
  if (logical !== "decimal") return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  let unscaled = 0n;
  for (const byte of bytes) unscaled = (unscaled << 8n) | BigInt(byte);
  unscaled = BigInt.asIntN(bytes.length * 8, unscaled);
  if (scale === 0) return `${unscaled}`;
  const digits = `${unscaled < 0n ? -unscaled : unscaled}`.padStart(scale + 1, "0");
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
