import { epochDayOf } from "./timestamp.ts";

const zero = 0x30;

/**
 * The forms in which timestamps are nearly always written, read without making a text of the bytes:
 * `yyyy-MM-dd HH:mm:ss` and `yyyy-MM-ddTHH:mm:ssZ`, with a fraction or without. What was read last lies in the
 * fields; everything else is left to the slow way.
 */
export class TimestampBytes {
  epochDay = 0;
  nanosOfDay = 0;
  /** Most records of a batch are of the same day. */
  #date = 0;
  #dateDay: number | undefined;

  read(bytes: Uint8Array, from: number, to: number, takesIso: boolean): boolean {
    const length = to - from;
    if (length < 19 || length > 30) return false;
    const isIso = bytes[from + 10] === 0x54;
    const hasMarks =
      bytes[from + 4] === 0x2d &&
      bytes[from + 7] === 0x2d &&
      (bytes[from + 10] === 0x20 || (isIso && takesIso)) &&
      bytes[from + 13] === 0x3a &&
      bytes[from + 16] === 0x3a;
    if (!hasMarks) return false;
    const year = two(bytes, from) * 100 + two(bytes, from + 2);
    const date = (year * 100 + two(bytes, from + 5)) * 100 + two(bytes, from + 8);
    const hour = two(bytes, from + 11);
    const minute = two(bytes, from + 14);
    const second = two(bytes, from + 17);
    // What is no digit makes NaN, which fails every comparison.
    if (!(date >= 0 && hour < 24 && minute < 60 && second < 60)) return false;
    const nanos = fraction(bytes, from + 19, isIso && bytes[to - 1] === 0x5a ? to - 1 : to);
    if (nanos < 0) return false;
    if (date !== this.#date) {
      this.#dateDay = epochDayOf(year, two(bytes, from + 5), two(bytes, from + 8));
      this.#date = date;
    }
    if (this.#dateDay === undefined) return false;
    this.epochDay = this.#dateDay;
    this.nanosOfDay = ((hour * 60 + minute) * 60 + second) * 1e9 + nanos;
    return true;
  }
}

function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - zero;
  const ones = (bytes[at + 1] as number) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Nanoseconds of `.S`, up to nine digits; 0 of nothing, -1 of anything else. */
function fraction(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return 0;
  const digits = to - from - 1;
  if (bytes[from] !== 0x2e || digits < 1 || digits > 9) return -1;
  let value = 0;
  for (let at = from + 1; at < to; at++) {
    const digit = (bytes[at] as number) - zero;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value * 10 ** (9 - digits);
}
