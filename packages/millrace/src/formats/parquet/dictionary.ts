import type { ColumnWriter } from "./column-writer.ts";

/** Distinct values of a column, and the index of each value among them. */
export interface Dictionary {
  /** In the PLAIN encoding. */
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly indexes: Int32Array;
}

/** A dictionary that grows larger is given up: it would cost more than it saves. */
const maxDictionaryBytes = 1024 * 1024;
const maxDistinct = 65_536;

/** Undefined when the values differ too much, or are booleans, whose bits no dictionary beats. */
export function dictionaryOf(writer: ColumnWriter): Dictionary | undefined {
  if (writer.column.leaf.type === "BOOLEAN" || writer.valueCount === 0) return undefined;
  const table = new DistinctValues(writer.bytes, Math.min(maxDistinct, Math.max(1, writer.valueCount >>> 1)));
  const indexes = new Int32Array(writer.valueCount);
  const fixedBytes = fixedSize(writer);
  let at = 0;
  for (let index = 0; index < writer.valueCount; index++) {
    const bytes = fixedBytes ?? 4 + lengthAt(writer.bytes, at);
    const found = table.indexOf(at, bytes);
    if (found < 0) return undefined;
    indexes[index] = found;
    at += bytes;
  }
  return { bytes: table.values(), count: table.count, indexes };
}

/** Bytes of each value; undefined if they carry their length. */
export function fixedSize(writer: ColumnWriter): number | undefined {
  switch (writer.column.leaf.type) {
    case "BOOLEAN":
      return 1;
    case "INT32":
    case "FLOAT":
      return 4;
    case "INT64":
    case "DOUBLE":
      return 8;
    case "INT96":
      return 12;
    case "FIXED_LEN_BYTE_ARRAY":
      return writer.column.leaf.typeLength ?? 0;
    case "BYTE_ARRAY":
      return undefined;
  }
}

export function lengthAt(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  return (low | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0;
}

/** A hash table with open addressing over pieces of one buffer. */
class DistinctValues {
  readonly #bytes: Uint8Array;
  readonly #maxCount: number;
  readonly #mask: number;
  readonly #slots: Int32Array;
  readonly #from: Int32Array;
  readonly #length: Int32Array;
  #totalBytes = 0;
  count = 0;

  constructor(bytes: Uint8Array, maxCount: number) {
    this.#bytes = bytes;
    this.#maxCount = maxCount;
    const slots = 2 ** Math.ceil(Math.log2(maxCount * 2 + 2));
    this.#mask = slots - 1;
    this.#slots = new Int32Array(slots).fill(-1);
    this.#from = new Int32Array(maxCount);
    this.#length = new Int32Array(maxCount);
  }

  /** -1 when there are too many. */
  indexOf(at: number, length: number): number {
    let slot = this.#hash(at, length) & this.#mask;
    for (;;) {
      const index = this.#slots[slot] as number;
      if (index < 0) return this.#add(slot, at, length);
      if (this.#length[index] === length && this.#same(this.#from[index] as number, at, length)) return index;
      slot = (slot + 1) & this.#mask;
    }
  }

  values(): Uint8Array {
    const values = new Uint8Array(this.#totalBytes);
    let to = 0;
    for (let index = 0; index < this.count; index++) {
      const from = this.#from[index] as number;
      const length = this.#length[index] as number;
      values.set(this.#bytes.subarray(from, from + length), to);
      to += length;
    }
    return values;
  }

  #add(slot: number, at: number, length: number): number {
    this.#totalBytes += length;
    if (this.count === this.#maxCount || this.#totalBytes > maxDictionaryBytes) return -1;
    this.#slots[slot] = this.count;
    this.#from[this.count] = at;
    this.#length[this.count] = length;
    return this.count++;
  }

  /** FNV-1a. */
  #hash(at: number, length: number): number {
    let hash = 0x811c9dc5;
    for (let index = at; index < at + length; index++) {
      hash = Math.imul(hash ^ (this.#bytes[index] as number), 0x01000193);
    }
    return hash ^ (hash >>> 15);
  }

  #same(a: number, b: number, length: number): boolean {
    for (let index = 0; index < length; index++) {
      if (this.#bytes[a + index] !== this.#bytes[b + index]) return false;
    }
    return true;
  }
}
