import type { ColumnWriter } from "../parquet/column-writer.ts";
import type { DecodeRules } from "./decode-rules.ts";
import { notParsed } from "./json-failure.ts";
import type { JsonReader } from "./json-reader.ts";
import { plainText } from "./text-decoders.ts";
import { type Moment, parseDate, parseSqlTimestamp, parseTimestamp } from "./timestamp.ts";
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
  /** Timestamps of neighbours are often the same; texts are worth more than a comparison to parse. */
  #lastText: string | undefined;
  #lastMoment: Moment | undefined;

  constructor(writer: ColumnWriter, nullLevel: number, rules: DecodeRules) {
    super(writer, nullLevel);
    this.#rules = rules;
  }

  text(text: string, repetition: number): void {
    const moment = text === this.#lastText ? this.#lastMoment : this.#parse(text);
    const julianDay = moment === undefined ? Number.NaN : moment.epochDay + julianEpochDay;
    if (moment === undefined || julianDay < minJulianDay || julianDay > maxJulianDay) throw notParsed(text);
    this.#lastText = text;
    this.#lastMoment = moment;
    this.writer.addInt96(moment.nanosOfDay, julianDay, repetition, this.level);
  }

  protected value(reader: JsonReader, first: number, repetition: number): void {
    this.text(plainText(reader, first), repetition);
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
