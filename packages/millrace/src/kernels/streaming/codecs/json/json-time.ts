import { daysFromCivil, daysInMonth } from "../../../../sql/flink/functions/time/calendar.ts";
import type { FlinkType } from "../../../../sql/flink/types.ts";
import { truncateTime } from "../../expressions/index.ts";

/** `json.timestamp-format.standard`: between date and time stands a blank, or `T`. */
export type TimestampForm = "SQL" | "ISO-8601";

const dayMs = 86_400_000;
const dateForm = /^(\d{4})-(\d\d)-(\d\d)$/;
const timeForm = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{0,9}))?$/;
const isoTimeForm = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{0,9}))?)?$/;

/** Days since 1970 of `yyyy-MM-dd`. */
export function jsonDate(text: string): number | undefined {
  const match = dateForm.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromCivil(year, month - 1, day);
}

/** Milliseconds of the day of `HH:mm:ss[.fraction]`. */
export function jsonTime(text: string, precision: number): number | undefined {
  const ms = timeOf(text, timeForm);
  return ms === undefined ? undefined : truncateTime(ms, precision);
}

function timeOf(text: string, form: RegExp): number | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const micros = Number((match[4] ?? "").slice(0, 6).padEnd(6, "0"));
  return ((hour * 60 + minute) * 60 + second) * 1000 + micros / 1000;
}

/** Milliseconds since 1970; a TIMESTAMP_LTZ ends with `Z`. */
export function timestampOf(text: string, form: TimestampForm, type: FlinkType): number | undefined {
  if (type.kind !== "timestamp" && type.kind !== "timestamp_ltz") return undefined;
  const isLocal = type.kind === "timestamp_ltz";
  if (text[10] !== (form === "SQL" ? " " : "T") || text.endsWith("Z") !== isLocal) return undefined;
  const days = jsonDate(text.slice(0, 10));
  const ms = timeOf(text.slice(11, isLocal ? -1 : undefined), form === "SQL" ? timeForm : isoTimeForm);
  if (days === undefined || ms === undefined) return undefined;
  return truncateTime(Math.round((days * dayMs + ms) * 1000) / 1000, type.precision);
}

const zero = 0x30;

/** The common forms, read without making a text of the bytes. */
export class TimestampBytes {
  readonly #separator: number;
  readonly #isLocal: boolean;
  readonly #precision: number;
  /** Most records of a batch are of the same day. */
  #date = -1;
  #dateMs = 0;

  constructor(form: TimestampForm, type: FlinkType & { readonly precision: number }) {
    this.#separator = form === "SQL" ? 0x20 : 0x54;
    this.#isLocal = type.kind === "timestamp_ltz";
    this.#precision = type.precision;
  }

  /**
   * Of a string whose first character stands at `from`, and whose quote stands at `to`.
   * NaN for anything but `yyyy-MM-dd HH:mm:ss[.S]` with up to three digits, which the slow way reads.
   */
  read(bytes: Buffer, from: number, to: number): number {
    let length = to - from;
    if (this.#isLocal) {
      length -= 1;
      if (bytes[to - 1] !== 0x5a) return Number.NaN;
    }
    if (length < 19 || length > 23 || length === 20) return Number.NaN;
    if (
      bytes[from + 4] !== 0x2d ||
      bytes[from + 7] !== 0x2d ||
      bytes[from + 10] !== this.#separator ||
      bytes[from + 13] !== 0x3a ||
      bytes[from + 16] !== 0x3a
    ) {
      return Number.NaN;
    }
    const date =
      two(bytes, from) * 1e6 + two(bytes, from + 2) * 1e4 + two(bytes, from + 5) * 100 + two(bytes, from + 8);
    if (date !== this.#date && !this.#take(date)) return Number.NaN;
    const hour = two(bytes, from + 11);
    const minute = two(bytes, from + 14);
    const second = two(bytes, from + 17);
    if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
    const ms = length === 19 ? 0 : this.#millis(bytes, from + 19, length - 20);
    return this.#dateMs + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  }

  /** What is no digit has made the number NaN, which no date is. */
  #take(date: number): boolean {
    const year = Math.floor(date / 10_000);
    const month = Math.floor(date / 100) % 100;
    const day = date % 100;
    if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return false;
    this.#date = date;
    this.#dateMs = daysFromCivil(year, month - 1, day) * dayMs;
    return true;
  }

  #millis(bytes: Buffer, dot: number, digits: number): number {
    if (bytes[dot] !== 0x2e || digits > this.#precision) return Number.NaN;
    let value = 0;
    for (let at = dot + 1; at <= dot + digits; at += 1) {
      const digit = (bytes[at] as number) - zero;
      if (digit < 0 || digit > 9) return Number.NaN;
      value = value * 10 + digit;
    }
    return digits === 3 ? value : digits === 2 ? value * 10 : value * 100;
  }
}

function two(bytes: Buffer, at: number): number {
  const tens = (bytes[at] as number) - zero;
  const ones = (bytes[at + 1] as number) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
