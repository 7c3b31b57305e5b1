import { commonPrefixOf, textAfterPrefix } from "../key-order.ts";
import { maxPageItems, maxScannedRows } from "../limits.ts";
import type { ListOptions } from "../list-page.ts";

/** Rows of the first read behind a seek; each further one doubles, as long as no seek comes between. */
const firstReadRows = 4;

/** Where to go on: behind the row of this key with this order. */
export interface Position {
  readonly key: string;
  readonly order: number;
}

/** No order is smaller: behind it is every row of a key. */
export const beforeAll: number = -Number.MAX_SAFE_INTEGER;
/** No order is greater: behind it is the next key. */
export const behindAll: number = Number.MAX_SAFE_INTEGER;

/** A page can only begin behind a common prefix as a whole, and never before the prefix. */
export function startOf(options: ListOptions): Position {
  const { prefix = "", delimiter = "", after } = options;
  const atPrefix = { key: prefix, order: beforeAll };
  if (after === undefined) return atPrefix;
  const common = commonPrefixOf(after, prefix, delimiter);
  if (common !== undefined) return { key: textAfterPrefix(common) ?? lastText, order: beforeAll };
  return Buffer.compare(Buffer.from(after), Buffer.from(prefix)) < 0
    ? atPrefix
    : { key: after, order: behindAll };
}

/** Behind every key: one code point more than any key may have. */
const lastText: string = "\u{10ffff}".repeat(257);

/** Rows begin with their key and their place among the rows of that key. */
export type KeyedRow = readonly [key: string, order: number, ...rest: unknown[]];

export type RowSource<Row> = (position: Position, limit: number) => readonly Row[];

/** Goes over rows in their order, in reads that grow, and jumps when told to. */
export class Scan<Row extends KeyedRow> {
  readonly #rows: RowSource<Row>;
  #position: Position;
  #read: readonly Row[] = [];
  #index = 0;
  #limit = firstReadRows;
  #scanned = 0;
  #isAtEnd = false;
  #key: string | undefined;
  /** The key before this row's. */
  previousKey: string | undefined;
  isFirstOfKey = false;
  /** Rows since the first one of this key. */
  skipped = 0;

  constructor(rows: RowSource<Row>, start: Position) {
    this.#rows = rows;
    this.#position = start;
    // Behind a version of a key comes no first one of it.
    if (start.order !== beforeAll && start.order !== behindAll) this.#key = start.key;
  }

  /** Looked at as many rows as one page may. */
  get isExhausted(): boolean {
    return this.#scanned > maxScannedRows;
  }

  next(): Row | undefined {
    if (this.#index === this.#read.length && !this.#fill()) return undefined;
    const row = this.#read[this.#index++];
    if (row === undefined) return undefined;
    this.#scanned += 1;
    this.#position = { key: row[0], order: row[1] };
    this.isFirstOfKey = row[0] !== this.#key;
    this.skipped = this.isFirstOfKey ? 0 : this.skipped + 1;
    if (this.isFirstOfKey) this.previousKey = this.#key;
    this.#key = row[0];
    return row;
  }

  seek(position: Position): void {
    this.#position = position;
    this.#read = [];
    this.#index = 0;
    this.#limit = firstReadRows;
    this.#isAtEnd = false;
  }

  /** False when nothing can be behind it. */
  seekBehind(prefix: string): boolean {
    const key = textAfterPrefix(prefix);
    if (key !== undefined) this.seek({ key, order: beforeAll });
    return key !== undefined;
  }

  #fill(): boolean {
    if (this.#isAtEnd) return false;
    this.#read = this.#rows(this.#position, this.#limit);
    this.#index = 0;
    this.#isAtEnd = this.#read.length < this.#limit;
    this.#limit = Math.min(this.#limit * 2, maxPageItems);
    return this.#read.length > 0;
  }
}
