import type { ColumnWriter } from "../parquet/column-writer.ts";
import type { DecodeRules } from "./decode-rules.ts";
import { notParsed } from "./json-failure.ts";
import { char, type JsonReader } from "./json-reader.ts";
import { plainText } from "./text-decoders.ts";
import { type Moment, parseDate, parseSqlTimestamp, parseTimestamp } from "./timestamp.ts";
import { TimestampBytes } from "./timestamp-bytes.ts";
import { LeafDecoder } from "./value-decoder.ts";

const julianEpochDay = 2_440_588;
const minJulianDay = -(2 ** 31);
const maxJulianDay = 2 ** 31 - 1;

/** Days since 1970-01-01. */
export class DateDecoder extends LeafDecoder {
  text(text: string, repetition: number): void {
    const day = parseDate(text);
    if (day === undefined) throw notParsed(text);
    this.writer.addInt32(day, repetition, this.level);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    this.text(plainText(reader, first), repetition);
  }
}

/** INT96: nanoseconds of the day and the Julian day. */
export class TimestampDecoder extends LeafDecoder {
  readonly #rules: DecodeRules;
  readonly #usual = new TimestampBytes();

  constructor(writer: ColumnWriter, nullLevel: number, rules: DecodeRules) {
    super(writer, nullLevel);
    this.#rules = rules;
  }

  text(text: string, repetition: number): void {
    const moment = this.#parse(text);
    const julianDay = moment === undefined ? Number.NaN : moment.epochDay + julianEpochDay;
    if (moment === undefined || julianDay < minJulianDay || julianDay > maxJulianDay) throw notParsed(text);
    this.writer.addInt96(moment.nanosOfDay, julianDay, repetition, this.level);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    if (first === char.quote && this.#hasUsualForms) {
      reader.string();
      const usual = this.#usual;
      if (usual.read(reader.text, reader.textFrom, reader.textTo, this.#rules.isLenient)) {
        this.writer.addInt96(usual.nanosOfDay, usual.epochDay + julianEpochDay, repetition, this.level);
      } else {
        this.text(reader.textOf(), repetition);
      }
    } else {
      this.text(plainText(reader, first), repetition);
    }
  }

  /** Not when formats were given: only they count then. */
  get #hasUsualForms(): boolean {
    return (this.#rules.timestampPatterns?.length ?? 0) === 0;
  }

  #parse(text: string): Moment | undefined {
    const { timestampPatterns, isLenient } = this.#rules;
    for (const pattern of timestampPatterns ?? []) {
      const moment = pattern.parse(text);
      if (moment !== undefined) return moment;
    }
    if (timestampPatterns !== undefined && timestampPatterns.length > 0) return undefined;
    return isLenient ? parseTimestamp(text) : parseSqlTimestamp(text);
  }
}
