/** What stands at the beginning of an Avro object container file. */
export interface AvroHeader {
  /** The writer's schema as text. */
  readonly schema: string;
  /** `null`, `deflate`, `snappy` and so on; compresses blocks, not the file. */
  readonly codec: string;
  /** Records in the first block, and its bytes; zeros where the bytes end before. */
  readonly blockRecords: number;
  readonly blockBytes: number;
  readonly headerBytes: number;
}

/** "Obj" and the version 1. */
export const avroMagic: Buffer = Buffer.from([0x4f, 0x62, 0x6a, 0x01]);

/** Bytes between header and blocks that mark where a block begins. */
const syncBytes = 16;

/** Entries of the header's metadata. */
const maxEntries = 1_000;

/**
 * Reads the header; says "truncated" if it goes on after the bytes, and otherwise why there is none.
 *
 * file     := "Obj" 0x01 metadata sync { block }
 * metadata := { count { string bytes } } 0        a negative count is followed by the size in bytes
 * block    := count size bytes sync
 * count, size, lengths are zigzag varints
 */
export function readAvroHeader(bytes: Buffer): AvroHeader | "truncated" | { readonly problem: string } {
  const reader = new AvroReader(bytes, avroMagic.length);
  const metadata = new Map<string, Buffer>();
  for (;;) {
    const count = reader.long();
    if (count === undefined) return reader.failure();
    if (count === 0) break;
    if (count < 0 && reader.long() === undefined) return reader.failure();
    for (let entry = 0; entry < Math.abs(count); entry += 1) {
      const key = reader.bytes();
      const value = key === undefined ? undefined : reader.bytes();
      if (key === undefined || value === undefined) return reader.failure();
      if (metadata.size === maxEntries) return { problem: `the header has more than ${maxEntries} entries` };
      metadata.set(key.toString("utf8"), value);
    }
  }
  const schema = metadata.get("avro.schema")?.toString("utf8");
  if (schema === undefined) return { problem: "the header has no schema" };
  const headerBytes = reader.at + syncBytes;
  const block = new AvroReader(bytes, headerBytes);
  const blockRecords = block.long();
  const blockBytes = block.long();
  const known = blockRecords !== undefined && blockBytes !== undefined && blockRecords > 0 && blockBytes > 0;
  return {
    schema,
    codec: metadata.get("avro.codec")?.toString("utf8") ?? "null",
    blockRecords: known ? blockRecords : 0,
    blockBytes: known ? blockBytes : 0,
    headerBytes,
  };
}

class AvroReader {
  readonly #bytes: Buffer;
  at: number;
  #invalid = false;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  failure(): "truncated" | { readonly problem: string } {
    return this.#invalid ? { problem: "the header has a number that is none" } : "truncated";
  }

  /** Undefined where the bytes end, or for a number of more than ten bytes. */
  long(): number | undefined {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count += 1) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) return undefined;
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      scale *= 128;
    }
    this.#invalid = true;
    return undefined;
  }

  bytes(): Buffer | undefined {
    const length = this.long();
    if (length === undefined) return undefined;
    if (length < 0) {
      this.#invalid = true;
      return undefined;
    }
    if (length > this.#bytes.length - this.at) return undefined;
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}
