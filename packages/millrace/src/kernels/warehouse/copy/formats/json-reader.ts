import { parseJson } from "../../../../sql/redshift/functions/scripts/json-value.ts";
import { LoadFailure, loadCodes } from "../load-failure.ts";
import { maxRowBytes, type RowSink, type TextReader } from "./row-sink.ts";

const quote = 34;
const backslash = 92;
const lineFeed = 10;

/**
 * JSON documents one after another, with or without anything but white space between them. A row is an object or
 * an array; anything else is an error of its line.
 */
export class JsonReader implements TextReader {
  readonly #sink: RowSink;
  readonly #maxBytes: number;
  /** From the beginning of a document whose end has not been seen. */
  #rest = "";
  /** Up to the next newline everything is passed over. */
  #skipping = false;
  lines = 0;

  constructor(sink: RowSink, maxBytes: number = maxRowBytes) {
    this.#sink = sink;
    this.#maxBytes = maxBytes;
  }

  read(text: string): void {
    const all = this.#rest === "" ? text : this.#rest + text;
    this.#rest = "";
    let at = this.#documentStart(all, 0);
    while (at !== undefined) {
      const { end, newlines } = documentEnd(all, at);
      if (end === undefined) {
        this.#rest = all.slice(at);
        break;
      }
      this.lines += newlines;
      this.#document(all.slice(at, end));
      at = this.#documentStart(all, end);
    }
    if (this.#rest.length <= this.#maxBytes) return;
    this.#fail(this.#rest, "JSON document exceeds the maximum row size");
    this.#rest = "";
    this.#skipping = true;
  }

  end(): void {
    if (this.#rest !== "") this.#fail(this.#rest, "Invalid value.");
    this.#rest = "";
  }

  /** Undefined where the text has no further one. */
  #documentStart(text: string, from: number): number | undefined {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === lineFeed) {
        this.lines++;
        this.#skipping = false;
      } else if (this.#skipping || code === 32 || code === 13 || code === 9) continue;
      else if (code === 123 || code === 91) return at;
      else {
        this.#fail(text.slice(at, lineEnd(text, at)), "Invalid value.");
        this.#skipping = true;
      }
    }
    return undefined;
  }

  #document(raw: string): void {
    const place = { line: this.lines + 1, raw };
    const value = parseJson(raw);
    if (value === undefined) this.#sink.failed(place, new LoadFailure(loadCodes.line, "Invalid value."));
    else this.#sink.document(place, value);
  }

  #fail(raw: string, reason: string): void {
    const place = { line: this.lines + 1, raw: raw.slice(0, 1_024) };
    this.#sink.failed(place, new LoadFailure(loadCodes.line, reason));
  }
}

/** Behind the bracket that closes the document, and the newlines in it; no end where the text has none. */
function documentEnd(
  text: string,
  start: number,
): { readonly end: number | undefined; readonly newlines: number } {
  let depth = 0;
  let newlines = 0;
  const structural = /["{}[\]\n]/g;
  structural.lastIndex = start;
  for (let found = structural.exec(text); found !== null; found = structural.exec(text)) {
    const code = text.charCodeAt(found.index);
    if (code === lineFeed) newlines++;
    else if (code === quote) {
      const close = stringEnd(text, found.index + 1);
      if (close === undefined) break;
      structural.lastIndex = close;
    } else if (code === 123 || code === 91) depth++;
    else if (--depth === 0) return { end: found.index + 1, newlines };
  }
  return { end: undefined, newlines };
}

function stringEnd(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
  return undefined;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
