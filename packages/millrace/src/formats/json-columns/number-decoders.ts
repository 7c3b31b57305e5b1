import type { ColumnWriter } from "../parquet/column-writer.ts";
import { decimalBytesOf, putShortDecimal } from "./decimal.ts";
import type { DecodeRules } from "./decode-rules.ts";
import { mismatch, notParsed } from "./json-failure.ts";
import { char, type JsonReader } from "./json-reader.ts";
import { plainText } from "./text-decoders.ts";
import { LeafDecoder } from "./value-decoder.ts";

const safeDigits = 15;

function isNumber(first: number): boolean {
  return first === char.minus || (first >= char.zero && first <= char.nine);
}

/** The text of a value that is no number, which only OpenX parses. */
function numericText(reader: JsonReader, first: number, rules: DecodeRules): string {
  if (!rules.isLenient) {
    const token = tokenName(first);
    // Malformed JSON is the graver fault.
    reader.skipValue();
    throw mismatch(`Current token (${token}) not numeric, can not use numeric value accessors`);
  }
  return plainText(reader, first).trim();
}

/** As Jackson calls it. */
function tokenName(first: number): string {
  if (first === char.quote) return "VALUE_STRING";
  if (first === char.t) return "VALUE_TRUE";
  if (first === char.f) return "VALUE_FALSE";
  return first === char.openObject ? "START_OBJECT" : "START_ARRAY";
}

/** tinyint, smallint, int, bigint. A number with a fraction is refused, as OpenX does. */
export class IntegerDecoder extends LeafDecoder {
  readonly #rules: DecodeRules;
  readonly #bits: number;
  readonly #min: number;
  readonly #max: number;

  constructor(writer: ColumnWriter, nullLevel: number, rules: DecodeRules, bits: 8 | 16 | 32 | 64) {
    super(writer, nullLevel);
    this.#rules = rules;
    this.#bits = bits;
    this.#min = -(2 ** (bits - 1));
    this.#max = 2 ** (bits - 1) - 1;
  }

  text(text: string, repetition: number): void {
    const found = /^([+-]?)(?:0[xX]([0-9a-fA-F]{1,16})|(\d{1,40}))$/.exec(text);
    if (found === null) throw notParsed(text);
    const magnitude = BigInt(found[2] === undefined ? (found[3] ?? "0") : `0x${found[2]}`);
    this.#big(found[1] === "-" ? -magnitude : magnitude, text, repetition);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    if (!isNumber(first)) {
      this.text(numericText(reader, first, this.#rules), repetition);
      return;
    }
    reader.readNumber();
    if (!reader.isInteger) throw notParsed(reader.numberText());
    if (reader.digits > safeDigits) {
      this.text(reader.numberText(), repetition);
      return;
    }
    const value = reader.number();
    if (this.#bits === 64) this.writer.addInt64(value, repetition, this.level);
    else if (value < this.#min || value > this.#max) throw this.#outOfRange(reader.numberText());
    else this.writer.addInt32(value, repetition, this.level);
  }

  #big(value: bigint, text: string, repetition: number): void {
    if (value !== BigInt.asIntN(this.#bits, value)) throw this.#outOfRange(text);
    if (this.#bits === 64) this.writer.addBigInt64(value, repetition, this.level);
    else this.writer.addInt32(Number(value), repetition, this.level);
  }

  #outOfRange(text: string): Error {
    return mismatch(`Value ${text.slice(0, 60)} is out of range for an integer of ${this.#bits} bits`);
  }
}

/** float and double. */
export class FloatDecoder extends LeafDecoder {
  readonly #rules: DecodeRules;
  readonly #isDouble: boolean;

  constructor(writer: ColumnWriter, nullLevel: number, rules: DecodeRules, isDouble: boolean) {
    super(writer, nullLevel);
    this.#rules = rules;
    this.#isDouble = isDouble;
  }

  text(text: string, repetition: number): void {
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/.test(text)) throw notParsed(text);
    this.#add(Number(text.replace(/[dDfF]$/, "")), text, repetition);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    if (!isNumber(first)) {
      this.text(numericText(reader, first, this.#rules), repetition);
      return;
    }
    reader.readNumber();
    const value = reader.number();
    if (this.#isDouble && value - value === 0) this.writer.addDouble(value, repetition, this.level);
    else this.#add(value, reader.numberText(), repetition);
  }

  /** A value beyond the type's range would become infinite, which is not what was written. */
  #add(value: number, text: string, repetition: number): void {
    const fits = Number.isFinite(this.#isDouble ? value : Math.fround(value));
    if (!fits)
      throw mismatch(`Value ${text.slice(0, 60)} is out of range for ${this.#isDouble ? "double" : "float"}`);
    if (this.#isDouble) this.writer.addDouble(value, repetition, this.level);
    else this.writer.addFloat(value, repetition, this.level);
  }
}

/** decimal(p,s), exactly. */
export class DecimalDecoder extends LeafDecoder {
  readonly #rules: DecodeRules;
  readonly #precision: number;
  readonly #scale: number;
  readonly #bytes: Buffer;

  constructor(
    writer: ColumnWriter,
    nullLevel: number,
    rules: DecodeRules,
    type: { precision: number; scale: number },
  ) {
    super(writer, nullLevel);
    this.#rules = rules;
    this.#precision = type.precision;
    this.#scale = type.scale;
    this.#bytes = Buffer.alloc(writer.column.leaf.typeLength ?? 16);
  }

  text(text: string, repetition: number): void {
    const bytes = decimalBytesOf(text, this.#precision, this.#scale, this.#bytes.length);
    this.writer.addFixed(bytes, repetition, this.level);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    if (!isNumber(first)) {
      this.text(numericText(reader, first, this.#rules), repetition);
      return;
    }
    reader.readNumber();
    if (putShortDecimal(reader, this.#precision, this.#scale, this.#bytes)) {
      this.writer.addFixed(this.#bytes, repetition, this.level);
    } else {
      this.text(reader.numberText(), repetition);
    }
  }
}

export class BooleanDecoder extends LeafDecoder {
  readonly #rules: DecodeRules;

  constructor(writer: ColumnWriter, nullLevel: number, rules: DecodeRules) {
    super(writer, nullLevel);
    this.#rules = rules;
  }

  text(text: string, repetition: number): void {
    const word = text.toLowerCase();
    if (word !== "true" && word !== "false") throw notParsed(text);
    this.writer.addBoolean(word === "true", repetition, this.level);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    if (first === char.t || first === char.f) {
      reader.literal(first === char.t ? "true" : "false");
      this.writer.addBoolean(first === char.t, repetition, this.level);
      return;
    }
    const text = plainText(reader, first);
    if (!this.#rules.isLenient) throw notParsed(text);
    this.text(text, repetition);
  }
}
