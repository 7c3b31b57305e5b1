import type { Value } from "../value/value.ts";
import { jsonOf, textOf } from "../value/value-text.ts";

/** Writes one record of the answer, with its delimiter. */
export interface RecordWriter {
  write(names: readonly string[], values: readonly Value[]): string;
}

export interface CsvOutputFormat {
  readonly always: boolean;
  readonly quote: string;
  readonly quoteEscape: string;
  readonly fieldDelimiter: string;
  readonly recordDelimiter: string;
}

export class CsvWriter implements RecordWriter {
  readonly #format: CsvOutputFormat;

  constructor(format: CsvOutputFormat) {
    this.#format = format;
  }

  write(_names: readonly string[], values: readonly Value[]): string {
    let line = "";
    for (let index = 0; index < values.length; index++) {
      const field = this.#field(textOf(values[index]));
      line = index === 0 ? field : line + this.#format.fieldDelimiter + field;
    }
    return line + this.#format.recordDelimiter;
  }

  #field(text: string): string {
    const { always, quote, quoteEscape, fieldDelimiter, recordDelimiter } = this.#format;
    if (quote === "") return text;
    const hasQuote = text.includes(quote);
    const needed =
      hasQuote || text.includes(fieldDelimiter) || text.includes(recordDelimiter) || /[\r\n]/.test(text);
    if (!always && !needed) return text;
    return quote + (hasQuote ? text.replaceAll(quote, () => quoteEscape + quote) : text) + quote;
  }
}

/** An object a record. What is MISSING is left out. */
export class JsonWriter implements RecordWriter {
  readonly #recordDelimiter: string;
  /** Names as they are written; those of one statement are the same for all records. */
  #names: readonly string[] = [];
  #keys: readonly string[] = [];

  constructor(recordDelimiter: string) {
    this.#recordDelimiter = recordDelimiter;
  }

  write(names: readonly string[], values: readonly Value[]): string {
    if (names !== this.#names) {
      this.#names = names;
      this.#keys = names.map((name) => `${JSON.stringify(name)}:`);
    }
    let record = "";
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (value === undefined) continue;
      if (record !== "") record += ",";
      record += (this.#keys[index] ?? "") + jsonOf(value);
    }
    return `{${record}}${this.#recordDelimiter}`;
  }
}
