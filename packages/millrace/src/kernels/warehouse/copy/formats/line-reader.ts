import { LoadFailure, loadCodes } from "../load-failure.ts";
import { maxRowBytes, type RowSink, type TextField, type TextReader } from "./row-sink.ts";

export interface LineRules {
  readonly headerLines: number;
  readonly ignoreBlankLines: boolean;
  /** A backslash takes the newline behind it into the line. */
  readonly escapes: boolean;
  readonly split: LineSplitter;
}

/** Fields of one line. @throws LineFailure */
export type LineSplitter = (line: string) => readonly TextField[];

/** Where in its line a splitter could not go on. */
export class LineFailure extends Error {
  override readonly name = "LineFailure";
  readonly failure: LoadFailure;
  readonly field: { readonly index: number; readonly start: number; readonly text: string };

  constructor(failure: LoadFailure, field: LineFailure["field"]) {
    super(failure.message);
    this.failure = failure;
    this.field = field;
  }
}

/** Delimited and fixed-width text: one line is one row. Lines end with \n or \r\n. */
export class LineReader implements TextReader {
  readonly #rules: LineRules;
  readonly #sink: RowSink;
  #rest = "";
  /** Of a line that was too long already: what follows up to its end is passed over. */
  #skipping = false;
  lines = 0;

  constructor(rules: LineRules, sink: RowSink) {
    this.#rules = rules;
    this.#sink = sink;
  }

  read(text: string): void {
    const all = this.#rest === "" ? text : this.#rest + text;
    let start = 0;
    for (;;) {
      const end = this.#lineEnd(all, start);
      if (end < 0) break;
      this.#line(all, start, end);
      start = end + 1;
    }
    this.#rest = all.slice(start);
    if (this.#rest.length <= maxRowBytes) return;
    if (!this.#skipping) this.#tooLong(this.#rest);
    this.#skipping = true;
    this.#rest = "";
  }

  end(): void {
    const rest = this.#rest;
    this.#rest = "";
    if (rest !== "" || this.#skipping) this.#line(rest, 0, rest.length);
  }

  #lineEnd(text: string, start: number): number {
    let end = text.indexOf("\n", start);
    if (!this.#rules.escapes) return end;
    while (end > 0 && isEscaped(text, start, end)) end = text.indexOf("\n", end + 1);
    return end;
  }

  #line(text: string, start: number, end: number): void {
    this.lines++;
    if (this.#skipping) {
      this.#skipping = false;
      return;
    }
    if (this.lines <= this.#rules.headerLines) return;
    const stop = end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    if (stop === start && this.#rules.ignoreBlankLines) return;
    this.#row(text.slice(start, stop));
    if (this.#rules.escapes)
      for (let at = text.indexOf("\n", start); at >= 0 && at < stop; at = text.indexOf("\n", at + 1))
        this.lines++;
  }

  #row(raw: string): void {
    if (raw.length * 3 > maxRowBytes && Buffer.byteLength(raw) > maxRowBytes) {
      this.#tooLong(raw);
      return;
    }
    const place = { line: this.lines, raw };
    let fields: readonly TextField[];
    try {
      fields = this.#rules.split(raw);
    } catch (error) {
      if (!(error instanceof LineFailure)) throw error;
      this.#sink.failed(place, error.failure, error.field);
      return;
    }
    this.#sink.fields(place, fields);
  }

  #tooLong(raw: string): void {
    const failure = new LoadFailure(loadCodes.line, "Input line exceeds the maximum row size of 4 MB");
    this.#sink.failed({ line: this.lines, raw: raw.slice(0, 1_024) }, failure);
  }
}

/** An odd number of backslashes stands before `at`. */
function isEscaped(text: string, start: number, at: number): boolean {
  let count = 0;
  while (at - count > start && text.charCodeAt(at - count - 1) === 92) count++;
  return count % 2 === 1;
}
