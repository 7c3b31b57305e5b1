/** How text is cut into records. */
export interface CsvDialect {
  readonly delimiter: string;
  /** Undefined if no character quotes. */
  readonly quote: string | undefined;
}

/** A record, and whether one of its fields was quoted. */
export interface CsvRecord {
  readonly fields: readonly string[];
  readonly quoted: boolean;
}

/** Fields of one record; what comes after them is dropped. */
const maxFields = 10_000;

/**
 * Cuts text into records, one after the other (RFC 4180, but any of \n, \r\n and \r ends a record, and a
 * quote inside an unquoted field is a character like others). A quoted field may hold line breaks; one that
 * is never closed ends with the text.
 *
 * record := field { delimiter field } ( "\n" | "\r\n" | "\r" | end )
 * field  := quote { character | quote quote } quote | { character }
 */
export class CsvReader {
  readonly #text: string;
  readonly #delimiter: string;
  readonly #quote: string | undefined;
  /** A carriage return alone ends a record, too; texts that have one are read with care. */
  readonly #loneReturns: boolean;
  #at = 0;

  constructor(text: string, dialect: CsvDialect) {
    this.#text = text;
    this.#delimiter = dialect.delimiter;
    this.#quote = dialect.quote;
    this.#loneReturns = /\r(?!\n)/.test(text);
  }

  /** Where the next record begins. */
  get offset(): number {
    return this.#at;
  }

  /** The next record that is not an empty line; undefined at the end. */
  next(): CsvRecord | undefined {
    const text = this.#text;
    while (text[this.#at] === "\n" || text[this.#at] === "\r") this.#at += 1;
    if (this.#at >= text.length) return undefined;
    if (this.#loneReturns) return this.#careful();
    let end = text.indexOf("\n", this.#at);
    if (end === -1) end = text.length;
    const line = text.slice(this.#at, end);
    if (this.#quote !== undefined && line.includes(this.#quote)) return this.#careful();
    this.#at = end + 1;
    const fields = (line.endsWith("\r") ? line.slice(0, -1) : line).split(this.#delimiter, maxFields);
    return { fields, quoted: false };
  }

  #careful(): CsvRecord {
    const text = this.#text;
    const fields: string[] = [];
    let quoted = false;
    for (;;) {
      const field = text[this.#at] === this.#quote ? this.#quotedField() : this.#plainField();
      quoted ||= field.quoted;
      if (fields.length < maxFields) fields.push(field.text);
      const mark = text[this.#at];
      this.#at += 1;
      if (mark === this.#delimiter) continue;
      if (mark === "\r" && text[this.#at] === "\n") this.#at += 1;
      return { fields, quoted };
    }
  }

  #plainField(): { text: string; quoted: boolean } {
    const start = this.#at;
    this.#at = this.#fieldEnd(start);
    return { text: this.#text.slice(start, this.#at), quoted: false };
  }

  #quotedField(): { text: string; quoted: boolean } {
    const text = this.#text;
    const quote = this.#quote ?? "";
    let value = "";
    let from = this.#at + 1;
    for (;;) {
      const close = text.indexOf(quote, from);
      if (close === -1) {
        this.#at = text.length;
        return { text: value + text.slice(from), quoted: true };
      }
      value += text.slice(from, close);
      if (text[close + 1] !== quote) {
        // Whatever follows the closing quote belongs to the field, as lenient readers have it.
        this.#at = this.#fieldEnd(close + 1);
        return { text: value + text.slice(close + 1, this.#at), quoted: true };
      }
      value += quote;
      from = close + 2;
    }
  }

  #fieldEnd(from: number): number {
    const text = this.#text;
    for (let at = from; at < text.length; at += 1) {
      const character = text[at];
      if (character === this.#delimiter || character === "\n" || character === "\r") return at;
    }
    return text.length;
  }
}
