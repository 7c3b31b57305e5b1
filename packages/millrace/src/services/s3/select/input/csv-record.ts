import { selectError } from "../select-error.ts";
import { selectLimits } from "../select-limits.ts";
import { decodeLatin, latinOf } from "./latin-text.ts";
import type { RecordCutter } from "./record-lines.ts";

/** How CSV is written. */
export interface CsvFormat {
  readonly recordDelimiter: string;
  readonly fieldDelimiter: string;
  /** Empty: nothing is quoted. */
  readonly quote: string;
  /** Stands before a quote in a quoted value; the quote itself, or another character. */
  readonly quoteEscape: string;
  /** Rows that begin with it are left out. Empty: there are none. */
  readonly comments: string;
  readonly quotedRecordDelimiters: boolean;
}

export type CsvRow = readonly string[];

/*
 * file   => ( record recordDelimiter )* [ record ]
 * record => comments any* | field ( fieldDelimiter field )*
 * field  => quote ( any | quoteEscape quote )* quote | any*
 */
export class CsvCutter implements RecordCutter<CsvRow> {
  readonly #format: CsvFormat;
  readonly #dropsReturn: boolean;

  constructor(format: CsvFormat) {
    this.#format = {
      ...format,
      recordDelimiter: latinOf(format.recordDelimiter),
      fieldDelimiter: latinOf(format.fieldDelimiter),
      quote: latinOf(format.quote),
      quoteEscape: latinOf(format.quoteEscape),
      comments: latinOf(format.comments),
    };
    // Files from Windows are read with the default delimiter too.
    this.#dropsReturn = format.recordDelimiter === "\n";
  }

  cut(
    text: string,
    from: number,
    isLast: boolean,
  ): { readonly row: CsvRow | undefined; readonly next: number } | undefined {
    const { recordDelimiter, comments, quote, quotedRecordDelimiters } = this.#format;
    const found = text.indexOf(recordDelimiter, from);
    if (found === -1 && !isLast) return undefined;
    const end = found === -1 ? text.length : found;
    const next = found === -1 ? end : end + recordDelimiter.length;
    if (comments !== "" && text.startsWith(comments, from)) return { row: undefined, next };
    const line = this.#line(text, from, end);
    if (line === "") return { row: undefined, next };
    if (quote === "" || !line.includes(quote)) return { row: this.#plain(line), next };
    if (!quotedRecordDelimiters) return { row: this.#quoted(line, 0, true)?.row, next };
    return this.#quoted(text, from, isLast);
  }

  #line(text: string, from: number, end: number): string {
    return text.slice(from, this.#dropsReturn && end > from && text[end - 1] === "\r" ? end - 1 : end);
  }

  #plain(line: string): CsvRow {
    const fields = line.split(this.#format.fieldDelimiter);
    if (fields.length > selectLimits.csvColumns) throw selectError("OverMaxColumn");
    for (let index = 0; index < fields.length; index++) fields[index] = decodeLatin(fields[index] ?? "");
    return fields;
  }

  /** A record with quoted fields. A field whose quote never closes reaches to the end. */
  #quoted(
    text: string,
    from: number,
    isLast: boolean,
  ): { readonly row: CsvRow; readonly next: number } | undefined {
    const { recordDelimiter, fieldDelimiter, quote } = this.#format;
    const fields: string[] = [];
    let recordEnd = -1;
    let at = from;
    for (;;) {
      const field = text.startsWith(quote, at) ? this.#quotedField(text, at + quote.length) : undefined;
      if (field !== undefined && field.next === -1 && !isLast) return undefined;
      const valueEnd = field === undefined ? at : field.next === -1 ? text.length : field.next;
      if (recordEnd < valueEnd) {
        const found = text.indexOf(recordDelimiter, valueEnd);
        if (found === -1 && !isLast) return undefined;
        recordEnd = found === -1 ? text.length : found;
      }
      const inField = text.slice(valueEnd, recordEnd).indexOf(fieldDelimiter);
      // What follows a closing quote belongs to the value.
      const rest =
        inField === -1 ? this.#line(text, valueEnd, recordEnd) : text.slice(valueEnd, valueEnd + inField);
      fields.push(decodeLatin((field?.value ?? "") + rest));
      if (fields.length > selectLimits.csvColumns) throw selectError("OverMaxColumn");
      if (inField === -1)
        return { row: fields, next: Math.min(text.length, recordEnd + recordDelimiter.length) };
      at = valueEnd + inField + fieldDelimiter.length;
    }
  }

  /** The value behind an opening quote and where it ends; -1 when the quote does not close in the text. */
  #quotedField(text: string, from: number): { readonly value: string; readonly next: number } {
    const { quote, quoteEscape } = this.#format;
    let value = "";
    let at = from;
    let start = from;
    for (;;) {
      const close = text.indexOf(quote, at);
      const ahead = text.slice(at, close === -1 ? text.length : close);
      const inside = quoteEscape === quote || quoteEscape === "" ? -1 : ahead.indexOf(quoteEscape);
      if (inside !== -1) {
        const escaped = at + inside;
        const isEscape = text.startsWith(quote, escaped + quoteEscape.length);
        if (isEscape) {
          value += text.slice(start, escaped) + quote;
          start = escaped + quoteEscape.length + quote.length;
          at = start;
        } else at = escaped + quoteEscape.length;
        continue;
      }
      if (close === -1) return { value: value + text.slice(start), next: -1 };
      value += text.slice(start, close);
      at = close + quote.length;
      if (quoteEscape !== quote || !text.startsWith(quote, at)) return { value, next: at };
      value += quote;
      at += quote.length;
      start = at;
    }
  }
}
