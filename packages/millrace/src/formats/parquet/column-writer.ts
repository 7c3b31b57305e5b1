import type { Column } from "./schema.ts";

/** Where a page ends. */
export interface PageEnd {
  readonly levels: number;
  readonly valueBytes: number;
  readonly values: number;
  readonly rows: number;
}

const firstBytes = 4096;
/** As parquet-mr does, so that a page of a column that takes few bytes can still be skipped by row. */
const maxPageRows = 20_000;

/**
 * The values of one column for one row group, laid out as the PLAIN encoding wants them (booleans as bytes),
 * and the levels of all its entries. Rows that are not committed can be taken back.
 */
export class ColumnWriter {
  readonly column: Column;
  readonly #pageBytes: number;
  readonly #hasDefinitions: boolean;
  readonly #hasRepetitions: boolean;

  bytes: Uint8Array = new Uint8Array(firstBytes);
  #words = new Uint32Array(this.bytes.buffer);
  #floats = new Float32Array(this.bytes.buffer);
  #doubles = new Float64Array(this.bytes.buffer);
  byteLength = 0;
  /** Values that are not null. */
  valueCount = 0;

  definitions: Uint8Array = new Uint8Array(firstBytes);
  repetitions: Uint8Array = new Uint8Array(firstBytes);
  /** Entries, nulls included. */
  levelCount = 0;

  pages: PageEnd[] = [];
  #rows = 0;
  #pageStart: PageEnd = start;
  #committedBytes = 0;
  #committedValues = 0;
  #committedLevels = 0;

  constructor(column: Column, pageBytes: number) {
    this.column = column;
    this.#pageBytes = pageBytes;
    this.#hasDefinitions = column.maxDefinition > 0;
    this.#hasRepetitions = column.maxRepetition > 0;
  }

  /** An entry without value: null at some level. */
  addNull(repetition: number, definition: number): void {
    this.#level(repetition, definition);
  }

  addBoolean(value: boolean, repetition: number, definition: number): void {
    this.#reserve(1);
    this.bytes[this.byteLength++] = value ? 1 : 0;
    this.#value(repetition, definition);
  }

  addInt32(value: number, repetition: number, definition: number): void {
    this.#reserve(4);
    this.#words[this.byteLength >>> 2] = value;
    this.byteLength += 4;
    this.#value(repetition, definition);
  }

  /** Of a safe integer. */
  addInt64(value: number, repetition: number, definition: number): void {
    this.addWords64(value >>> 0, Math.floor(value / 0x1_0000_0000), repetition, definition);
  }

  addBigInt64(value: bigint, repetition: number, definition: number): void {
    const low = Number(BigInt.asUintN(32, value));
    this.addWords64(low, Number(BigInt.asUintN(32, value >> 32n)), repetition, definition);
  }

  addWords64(low: number, high: number, repetition: number, definition: number): void {
    this.#reserve(8);
    const at = this.byteLength >>> 2;
    this.#words[at] = low;
    this.#words[at + 1] = high;
    this.byteLength += 8;
    this.#value(repetition, definition);
  }

  /** Nanoseconds of the day and the Julian day. */
  addInt96(nanosOfDay: number, julianDay: number, repetition: number, definition: number): void {
    this.#reserve(12);
    const at = this.byteLength >>> 2;
    this.#words[at] = nanosOfDay >>> 0;
    this.#words[at + 1] = Math.floor(nanosOfDay / 0x1_0000_0000);
    this.#words[at + 2] = julianDay;
    this.byteLength += 12;
    this.#value(repetition, definition);
  }

  addFloat(value: number, repetition: number, definition: number): void {
    this.#reserve(4);
    this.#floats[this.byteLength >>> 2] = value;
    this.byteLength += 4;
    this.#value(repetition, definition);
  }

  addDouble(value: number, repetition: number, definition: number): void {
    this.#reserve(8);
    this.#doubles[this.byteLength >>> 3] = value;
    this.byteLength += 8;
    this.#value(repetition, definition);
  }

  /** A BYTE_ARRAY: bytes from `from` to `to` of `source`. */
  addBytes(source: Uint8Array, from: number, to: number, repetition: number, definition: number): void {
    const length = to - from;
    this.#reserve(4 + length);
    const bytes = this.bytes;
    let at = this.byteLength;
    bytes[at++] = length;
    bytes[at++] = length >>> 8;
    bytes[at++] = length >>> 16;
    bytes[at++] = length >>> 24;
    // A call costs more than a loop over a few bytes.
    if (length <= 32) for (let index = from; index < to; index++) bytes[at++] = source[index] as number;
    else bytes.set(source.subarray(from, to), at);
    this.byteLength += 4 + length;
    this.#value(repetition, definition);
  }

  /** A FIXED_LEN_BYTE_ARRAY. */
  addFixed(source: Uint8Array, repetition: number, definition: number): void {
    this.#reserve(source.length);
    this.bytes.set(source, this.byteLength);
    this.byteLength += source.length;
    this.#value(repetition, definition);
  }

  /** What was added since the last commit makes whole rows. */
  commit(rows: number): void {
    this.#rows += rows;
    this.#committedBytes = this.byteLength;
    this.#committedValues = this.valueCount;
    this.#committedLevels = this.levelCount;
    const start = this.#pageStart;
    const bytes = this.byteLength - start.valueBytes;
    if (bytes >= this.#pageBytes || this.#rows - start.rows >= maxPageRows) this.#endPage();
  }

  /** Forgets what was added since the last commit. */
  rollback(): void {
    this.byteLength = this.#committedBytes;
    this.valueCount = this.#committedValues;
    this.levelCount = this.#committedLevels;
  }

  /** Ends the last page. */
  finish(): void {
    if (this.levelCount > this.#pageStart.levels) this.#endPage();
  }

  /** Makes it empty, for the next row group; the memory is kept. */
  clear(): void {
    this.byteLength = 0;
    this.valueCount = 0;
    this.levelCount = 0;
    this.pages = [];
    this.#pageStart = start;
    this.#rows = 0;
    this.commit(0);
  }

  #endPage(): void {
    const { levelCount: levels, byteLength: valueBytes, valueCount: values } = this;
    this.#pageStart = { levels, valueBytes, values, rows: this.#rows };
    this.pages.push(this.#pageStart);
  }

  #value(repetition: number, definition: number): void {
    this.valueCount += 1;
    this.#level(repetition, definition);
  }

  #level(repetition: number, definition: number): void {
    const at = this.levelCount++;
    if (this.#hasDefinitions) {
      if (at === this.definitions.length) this.definitions = doubled(this.definitions);
      this.definitions[at] = definition;
    }
    if (this.#hasRepetitions) {
      if (at === this.repetitions.length) this.repetitions = doubled(this.repetitions);
      this.repetitions[at] = repetition;
    }
  }

  #reserve(more: number): void {
    if (this.byteLength + more > this.bytes.length) {
      this.#grow(Math.max(this.bytes.length * 2, (this.byteLength + more + 7) & ~7));
    }
  }

  #grow(capacity: number): void {
    const grown = new Uint8Array(capacity);
    grown.set(this.bytes.subarray(0, this.byteLength));
    this.bytes = grown;
    this.#words = new Uint32Array(grown.buffer);
    this.#floats = new Float32Array(grown.buffer);
    this.#doubles = new Float64Array(grown.buffer);
  }
}

const start: PageEnd = Object.freeze({ levels: 0, valueBytes: 0, values: 0, rows: 0 });

function doubled(bytes: Uint8Array): Uint8Array {
  const grown = new Uint8Array(bytes.length * 2);
  grown.set(bytes);
  return grown;
}
