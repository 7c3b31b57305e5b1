import { isUtf8 } from "node:buffer";

/** What the engine's reader must be able to take for granted. */
export interface StructureRules {
  readonly delimiter: number;
  /** Undefined where quotes are characters like others. */
  readonly quote: number | undefined;
  readonly columns: number;
  readonly headerLines: number;
  /** One delimiter behind the last field. */
  readonly allowsTrailingDelimiter: boolean;
}

/** Lines that are longer go the exact way. */
const maxLineBytes = 1024 * 1024;

const lineFeed = 10;
const carriageReturn = 13;

/** Kinds of bytes, as bits. */
export const digitBit = 1;
export const signBit = 2;
export const pointBit = 4;
const otherBit = 8;
/** Not ASCII. */
export const wideBit = 16;

/** What the values of a column have in common, so that less need be asked of the engine. */
export interface ColumnFacts {
  /** Which kinds of bytes there are. */
  kinds: number;
  maxBytes: number;
  /** Behind the last point. */
  maxFraction: number;
}

/** States of a field: nothing of it was seen, within one without quotes, within quotes, behind the closing quote. */
const atStart = 0;
const plain = 1;
const quoted = 2;
const closed = 3;

/**
 * Looks at every byte of a file and tells whether its structure is beyond doubt: each line has as many fields as
 * there are columns, quotes stand where RFC 4180 wants them, and there is no blank line, carriage return, NUL, byte
 * order mark, nor anything that is no UTF-8. Everything else the exact reader looks at, so that the engine's reader
 * with its own ideas of such things never decides what a row is.
 */
export class StructureScan {
  readonly #rules: StructureRules;
  readonly #special: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #columns: readonly ColumnFacts[];
  /** Offsets in the file, of the piece, the field that is being read, and the last point. */
  #base = 0;
  #fieldStart = 0;
  #pointAt = -1;
  #fieldKinds = 0;
  #state: 0 | 1 | 2 | 3 = atStart;
  #delimiters = 0;
  #lineBytes = 0;
  #lastByte = -1;
  #first = true;
  #rest: Buffer = Buffer.alloc(0);
  /** Newlines between quotes, which the engine's reader must not split files at. */
  hasQuotedNewlines = false;
  hasQuotes = false;
  lines = 0;
  rows = 0;

  constructor(rules: StructureRules) {
    this.#rules = rules;
    this.#special = new Uint8Array(256);
    for (const byte of [rules.delimiter, rules.quote, lineFeed, carriageReturn, 0])
      if (byte !== undefined) this.#special[byte] = 1;
    this.#kinds = new Uint8Array(256).fill(otherBit);
    this.#kinds.fill(wideBit, 0x80);
    this.#kinds.fill(digitBit, 0x30, 0x3a);
    for (const byte of [0x2b, 0x2d]) this.#kinds[byte] = signBit;
    this.#kinds[0x2e] = pointBit;
    this.#columns = Array.from({ length: rules.columns }, () => ({ kinds: 0, maxBytes: 0, maxFraction: 0 }));
  }

  /** Of the columns, in their order. Quotes count among the bytes. */
  get columns(): readonly ColumnFacts[] {
    return this.#columns;
  }

  /** False where the file is not of that kind; nothing further need be read then. */
  read(piece: Buffer): boolean {
    if (this.#first && piece.length > 0) {
      this.#first = false;
      if (piece[0] === 0xef && piece[1] === 0xbb) return false;
    }
    return this.#isText(piece) && this.#scan(piece);
  }

  /** The file has ended. */
  end(): boolean {
    if (this.#rest.length > 0 || this.#state === quoted) return false;
    if (this.#lastByte === lineFeed || this.#lastByte === -1) return true;
    this.#fieldEnd(this.#base, this.#fieldKinds, this.#fieldStart, this.#pointAt);
    return this.#lineEnd(this.#state === atStart);
  }

  #isText(piece: Buffer): boolean {
    const all = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    // A character may be cut off by the end of the piece.
    let end = all.length;
    for (let back = 1; back <= Math.min(4, all.length); back++) {
      const byte = all[all.length - back] ?? 0;
      if (byte < 0x80) break;
      if (byte >= 0xc0) {
        const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        if (length > back) end = all.length - back;
        break;
      }
    }
    this.#rest = Buffer.from(all.subarray(end));
    return isUtf8(all.subarray(0, end));
  }

  #scan(piece: Buffer): boolean {
    const special = this.#special;
    const { delimiter, quote } = this.#rules;
    const kinds = this.#kinds;
    const base = this.#base;
    let state: number = this.#state;
    let since = 0;
    let fieldStart = this.#fieldStart;
    let pointAt = this.#pointAt;
    let seen = this.#fieldKinds;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at] as number;
      const kind = kinds[byte] as number;
      if (special[byte] === 0) {
        seen |= kind;
        if (kind === pointBit) pointAt = base + at;
        if (state === closed) return false;
        if (state === atStart) state = plain;
        continue;
      }
      if (byte === delimiter && state !== quoted) {
        this.#fieldEnd(base + at, seen, fieldStart, pointAt);
        fieldStart = base + at + 1;
        pointAt = -1;
        seen = 0;
        this.#delimiters++;
        state = atStart;
      } else if (byte === lineFeed) {
        this.#lineBytes += at - since;
        since = at;
        if (state === quoted) {
          seen |= otherBit;
          this.lines++;
          this.hasQuotedNewlines = true;
          continue;
        }
        // Of a line of nothing at all there is no telling what it is.
        if (this.#delimiters === 0 && state === atStart) return false;
        this.#fieldEnd(base + at, seen, fieldStart, pointAt);
        fieldStart = base + at + 1;
        pointAt = -1;
        seen = 0;
        if (!this.#lineEnd(state === atStart)) return false;
        state = atStart;
      } else if (byte === quote) {
        this.hasQuotes = true;
        // Headers are skipped by lines, whatever is between quotes in them.
        if (state === plain || this.lines < this.#rules.headerLines) return false;
        // A quote behind a closing one was one of two.
        state = state === quoted ? closed : quoted;
      } else if (byte === delimiter) seen |= otherBit;
      else return false;
    }
    this.#state = state as 0 | 1 | 2 | 3;
    this.#base = base + piece.length;
    this.#fieldStart = fieldStart;
    this.#pointAt = pointAt;
    this.#fieldKinds = seen;
    this.#lineBytes += piece.length - since;
    if (piece.length > 0) this.#lastByte = piece[piece.length - 1] as number;
    return this.#lineBytes <= maxLineBytes;
  }

  #fieldEnd(at: number, kinds: number, start: number, pointAt: number): void {
    // What is behind the last column is nothing, or an error.
    const facts = this.#columns[this.#delimiters];
    if (facts === undefined || this.lines < this.#rules.headerLines) return;
    facts.kinds |= kinds;
    if (at - start > facts.maxBytes) facts.maxBytes = at - start;
    if (pointAt >= 0 && at - pointAt - 1 > facts.maxFraction) facts.maxFraction = at - pointAt - 1;
  }

  /** @param isEmpty nothing stands in the last field */
  #lineEnd(isEmpty: boolean): boolean {
    const { columns, headerLines, allowsTrailingDelimiter } = this.#rules;
    const fields = this.#delimiters + 1;
    const bytes = this.#lineBytes;
    this.lines++;
    this.#delimiters = 0;
    this.#lineBytes = 0;
    if (bytes > maxLineBytes) return false;
    // Headers have the same structure, or the exact reader decides what of them is skipped.
    if (this.lines > headerLines) this.rows++;
    return fields === columns || (allowsTrailingDelimiter && fields === columns + 1 && isEmpty);
  }
}
