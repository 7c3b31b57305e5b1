import { LoadFailure, loadCodes } from "../load-failure.ts";
import { maxRowBytes, type RowSink, type TextField, type TextReader } from "./row-sink.ts";

export interface CsvRules {
  readonly delimiter: string;
  readonly quote: string;
  readonly nullText: string;
  readonly headerLines: number;
  readonly ignoreBlankLines: boolean;
}

const lineFeed = 10;
const carriageReturn = 13;

/** How the reading of a record ended: at its end (behind its newline), for want of text, or at an error. */
type RecordEnd = { readonly at: number; readonly stop: number } | "more" | "invalid";

/**
 * CSV as RFC 4180 has it: a field either has no quote at all, or is enclosed in quotes, with quotes in it doubled.
 *
 * record := field { delimiter field } newline
 * field := { character } | quote { character | quote quote } quote
 */
export class CsvReader implements TextReader {
  readonly #rules: CsvRules;
  readonly #sink: RowSink;
  #rest = "";
  #skipping = false;
  #fields: TextField[] = [];
  #nextDelimiter = -1;
  lines = 0;

  constructor(rules: CsvRules, sink: RowSink) {
    this.#rules = rules;
    this.#sink = sink;
  }

  read(text: string): void {
    this.#read(text, false);
    if (this.#rest.length <= maxRowBytes) return;
    if (!this.#skipping)
      this.#sink.failed(
        { line: this.lines + 1, raw: this.#rest.slice(0, 1_024) },
        new LoadFailure(loadCodes.line, "Input line exceeds the maximum row size of 4 MB"),
      );
    this.#skipping = true;
    this.#rest = "";
  }

  end(): void {
    this.#read("", true);
  }

  #read(text: string, isEnd: boolean): void {
    const all = this.#rest === "" ? text : this.#rest + text;
    this.#nextDelimiter = -1;
    let at = 0;
    while (at < all.length) {
      const next =
        this.#skipping || this.lines < this.#rules.headerLines
          ? this.#skipLine(all, at)
          : this.#record(all, at, isEnd);
      if (next === undefined) break;
      at = next;
    }
    this.#rest = isEnd ? "" : all.slice(at);
  }

  /** Undefined where the line goes on behind the text. */
  #skipLine(text: string, start: number): number | undefined {
    const end = text.indexOf("\n", start);
    if (end < 0) return undefined;
    this.lines++;
    this.#skipping = false;
    return end + 1;
  }

  #record(text: string, start: number, isEnd: boolean): number | undefined {
    this.#fields = [];
    const end = this.#scan(text, start, isEnd);
    if (end === "more") return undefined;
    if (end === "invalid") return this.#invalid(text, start, isEnd);
    this.lines += newlines(text, start, end.stop) + 1;
    if (end.stop === start && this.#rules.ignoreBlankLines) return end.at;
    this.#sink.fields({ line: this.lines, raw: text.slice(start, end.stop) }, this.#fields);
    return end.at;
  }

  /** The rest of the line cannot be understood. */
  #invalid(text: string, start: number, isEnd: boolean): number | undefined {
    const newline = text.indexOf("\n", start);
    if (newline < 0 && !isEnd) return undefined;
    const stop = newline < 0 ? text.length : newline;
    this.lines++;
    const last = this.#fields.at(-1);
    const field =
      last === undefined ? undefined : { index: this.#fields.length - 1, start: last.start, text: last.text };
    const failure = new LoadFailure(loadCodes.delimiter, "Invalid quote formatting for CSV");
    const raw = text.slice(start, stop).replace(/\r$/, "");
    this.#sink.failed({ line: this.lines, raw }, failure, field);
    return newline < 0 ? text.length : stop + 1;
  }

  #scan(text: string, start: number, isEnd: boolean): RecordEnd {
    const { delimiter, quote } = this.#rules;
    let at = start;
    for (;;) {
      const quoted = text.startsWith(quote, at);
      const end = quoted
        ? this.#quotedField(text, at, start, isEnd)
        : this.#plainField(text, at, start, isEnd);
      if (typeof end === "string") return end;
      if (text.startsWith(delimiter, end)) {
        at = end + delimiter.length;
        continue;
      }
      if (end >= text.length) return isEnd ? { at: end, stop: end } : "more";
      const newline = text.charCodeAt(end) === carriageReturn ? end + 1 : end;
      return { at: newline + 1, stop: end };
    }
  }

  /** Where the field ends: at a delimiter, a newline, or the end of the file. */
  #plainField(text: string, at: number, start: number, isEnd: boolean): number | "more" | "invalid" {
    const { delimiter, quote } = this.#rules;
    const newline = text.indexOf("\n", at);
    if (newline < 0 && !isEnd) return "more";
    const lineEnd = newline < 0 ? text.length : newline;
    const found = this.#delimiterAt(text, at, delimiter);
    const end = found >= lineEnd ? withoutReturn(text, at, lineEnd) : found;
    const value = text.slice(at, end);
    this.#push(value, at - start);
    return value.includes(quote) ? "invalid" : end;
  }

  #quotedField(text: string, at: number, start: number, isEnd: boolean): number | "more" | "invalid" {
    const { delimiter, quote } = this.#rules;
    let close = text.indexOf(quote, at + 1);
    let doubled = false;
    while (close >= 0 && text.startsWith(quote, close + 1)) {
      doubled = true;
      close = text.indexOf(quote, close + 2);
    }
    // A quote at the very end may be the first of two.
    if (close < 0 || (close + 1 + delimiter.length >= text.length && !isEnd)) {
      if (!isEnd) return "more";
      if (close < 0) {
        this.#push(text.slice(at), at - start);
        return "invalid";
      }
    }
    const inner = text.slice(at + 1, close);
    this.#push(doubled ? inner.replaceAll(quote + quote, quote) : inner, at - start);
    const end = close + 1;
    const isFieldEnd = end >= text.length || text.startsWith(delimiter, end) || isNewline(text, end);
    return isFieldEnd ? end : "invalid";
  }

  /** Looked for once, however many lines come before it. */
  #delimiterAt(text: string, at: number, delimiter: string): number {
    if (this.#nextDelimiter < at) {
      const found = text.indexOf(delimiter, at);
      this.#nextDelimiter = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#nextDelimiter;
  }

  #push(text: string, start: number): void {
    this.#fields.push({ text, isNull: text === this.#rules.nullText, start });
  }
}

function isNewline(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === lineFeed) return true;
  return code === carriageReturn && (at + 1 >= text.length || text.charCodeAt(at + 1) === lineFeed);
}

function withoutReturn(text: string, start: number, end: number): number {
  return end > start && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}

function newlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
