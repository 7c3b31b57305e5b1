import type { ColumnWriter } from "../parquet/column-writer.ts";
import type { DecodeRules } from "./decode-rules.ts";
import { mismatch } from "./json-failure.ts";
import { char, type JsonReader } from "./json-reader.ts";
import { LeafDecoder } from "./value-decoder.ts";

/** string, varchar(n), char(n): text as it is, other plain values as they are written, others as JSON text. */
export class TextDecoder extends LeafDecoder {
  readonly #rules: DecodeRules;
  /** In characters; what is beyond is cut off. */
  readonly #maxLength: number | undefined;

  constructor(writer: ColumnWriter, nullLevel: number, rules: DecodeRules, maxLength?: number) {
    super(writer, nullLevel);
    this.#rules = rules;
    this.#maxLength = maxLength;
  }

  text(text: string, repetition: number): void {
    const bytes = Buffer.from(
      this.#maxLength === undefined ? text : [...text].slice(0, this.#maxLength).join(""),
    );
    this.writer.addBytes(bytes, 0, bytes.length, repetition, this.level);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    if (first === char.quote) {
      reader.string();
      const { text, textFrom, textTo } = reader;
      // A character takes at least a byte, so a text of so few bytes fits.
      if (this.#maxLength === undefined || textTo - textFrom <= this.#maxLength) {
        this.writer.addBytes(text, textFrom, textTo, repetition, this.level);
      } else {
        this.text(reader.textOf(), repetition);
      }
    } else if (first === char.openObject || first === char.openArray) {
      if (!this.#rules.isLenient) {
        throw mismatch("One or more fields have incorrect format. Exception when validating field (root)");
      }
      const lowersKeys = this.#rules.lowersKeys;
      this.text(
        reader.compact((key) => (lowersKeys ? key.toLowerCase() : key)),
        repetition,
      );
    } else {
      const from = reader.at;
      reader.skipValue();
      this.writer.addBytes(reader.bytes, from, reader.at, repetition, this.level);
    }
  }
}

/** The bytes of a text, in UTF-8. */
export class BinaryDecoder extends LeafDecoder {
  text(text: string, repetition: number): void {
    const bytes = Buffer.from(text);
    this.writer.addBytes(bytes, 0, bytes.length, repetition, this.level);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    if (first !== char.quote) throw mismatch("A binary column holds text only");
    reader.string();
    this.writer.addBytes(reader.text, reader.textFrom, reader.textTo, repetition, this.level);
  }
}

/** What a value is read of that is neither number nor text: its JSON, shortened for a message. */
export function plainText(reader: JsonReader, first: number): string {
  if (first === char.quote) {
    reader.string();
    return reader.textOf();
  }
  if (first === char.openObject || first === char.openArray) {
    throw mismatch(
      `A ${first === char.openObject ? "JSON object" : "JSON array"} stands where a plain value is wanted`,
    );
  }
  const from = reader.at;
  reader.skipValue();
  return reader.bytes.toString("latin1", from, reader.at);
}
