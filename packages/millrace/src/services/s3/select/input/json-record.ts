import type { Json } from "../value/value.ts";
import { parseJson } from "./json-text.ts";
import type { RecordCutter } from "./record-lines.ts";

/** Rows of JSON are wrapped: a record may be `null`, and so may what a path of FROM finds. */
export interface JsonRow {
  /** Undefined is MISSING. */
  readonly value: Json | undefined;
}

type Cut = { readonly row: JsonRow | undefined; readonly next: number } | undefined;

/** One value a line. */
export class JsonLineCutter implements RecordCutter<JsonRow> {
  cut(text: string, from: number, isLast: boolean): Cut {
    const end = text.indexOf("\n", from);
    if (end === -1 && !isLast) return undefined;
    const line = text.slice(from, end === -1 ? text.length : end).trim();
    return {
      row: line === "" ? undefined : { value: parseJson(line) },
      next: end === -1 ? text.length : end + 1,
    };
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** One value after the other, over any number of lines. What was looked at once is not looked at again. */
export class JsonDocumentCutter implements RecordCutter<JsonRow> {
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Characters of the record that were seen, when it did not end in the last text. */
  #seen = 0;

  cut(text: string, from: number, isLast: boolean): Cut {
    let start = from;
    if (this.#seen === 0) while (start < text.length && isSpace(text.charCodeAt(start))) start++;
    const end = start === text.length ? -1 : this.#end(text, start);
    if (end === -1 && !isLast) {
      // The text is cut at `from` before more is added to it.
      this.#seen = start === text.length ? 0 : text.length - from;
      return undefined;
    }
    this.#reset();
    if (start === text.length) return { row: undefined, next: text.length };
    const next = end === -1 ? text.length : end;
    return { row: { value: parseJson(text.slice(from, next).trim()) }, next };
  }

  #reset(): void {
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#seen = 0;
  }

  /** Behind the value that begins at `start`; -1 when its end is not in the text. */
  #end(text: string, start: number): number {
    for (let at = Math.max(start, start + this.#seen); at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === backslash) this.#escaped = true;
        else if (code === quote) {
          this.#inString = false;
          if (this.#depth === 0) return at + 1;
        }
        continue;
      }
      if (code === quote) this.#inString = true;
      else if (code === 0x7b || code === 0x5b) this.#depth++;
      else if (code === 0x7d || code === 0x5d) {
        if (--this.#depth <= 0) return at + 1;
      } else if (this.#depth === 0 && isSpace(code)) return at;
    }
    return -1;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
