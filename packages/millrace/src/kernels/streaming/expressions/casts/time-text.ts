import { CivilDate } from "../../../../sql/flink/functions/time/calendar.ts";

const dayMs = 86_400_000;
const twoDigits: readonly string[] = Object.freeze(
  Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0")),
);

/** `yyyy-MM-dd` */
export function dateText(days: number): string {
  const date = new CivilDate();
  date.set(days);
  return `${padded(date.year, 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}`;
}

/** `HH:mm:ss` and a fraction: of a TIME its digits, one at least, zeros at the end left out. */
export function timeText(ms: number, precision: number): string {
  const clock = clockText(ms);
  if (precision === 0) return clock;
  const fraction = fractionDigits(ms, precision).replace(/0+$/, "");
  return `${clock}.${fraction === "" ? "0" : fraction}`;
}

/** `yyyy-MM-dd HH:mm:ss` and a fraction of `precision` digits, or more where there are more. */
export function timestampText(ms: number, precision: number): string {
  const days = Math.floor(ms / dayMs);
  const fraction = fractionDigits(ms, 6);
  let length = 6;
  while (length > precision && fraction[length - 1] === "0") length -= 1;
  const text = `${dateText(days)} ${clockText(ms - days * dayMs)}`;
  const digits = fraction.slice(0, length).padEnd(Math.min(precision, 9), "0");
  return digits === "" ? text : `${text}.${digits}`;
}

/** As formats write times: the fraction without zeros at its end, and no point without a fraction. */
export function shortFraction(ms: number): string {
  if (ms % 1000 === 0) return "";
  const fraction = fractionDigits(ms, 6).replace(/0+$/, "");
  return fraction === "" ? "" : `.${fraction}`;
}

/** `HH:mm:ss` of milliseconds of a day. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${twoDigits[hours]}:${twoDigits[minutes]}:${twoDigits[seconds % 60]}`;
}

/** Digits behind the second: six of a time in milliseconds at most. */
function fractionDigits(ms: number, digits: number): string {
  const micros = Math.round((ms - Math.floor(ms / 1000) * 1000) * 1000);
  return padded(micros, 6).slice(0, digits);
}

function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width, "0")}` : String(value).padStart(width, "0");
}

/** `+1-02`: years and months. */
export function monthsText(months: number): string {
  const size = Math.abs(months);
  return `${months < 0 ? "-" : "+"}${Math.floor(size / 12)}-${padded(size % 12, 2)}`;
}

/** `+1 02:03:04.005`: days, hours, minutes, seconds. */
export function millisText(millis: number): string {
  const size = Math.trunc(Math.abs(millis));
  const days = Math.floor(size / dayMs);
  const rest = size - days * dayMs;
  return `${millis < 0 ? "-" : "+"}${days} ${clockText(rest)}.${padded(rest % 1000, 3)}`;
}

/** Texts of dates, the last one kept: most rows of a batch are of the same day. */
export class DayText {
  #day = Number.NaN;
  #text = "";

  of(day: number): string {
    if (day !== this.#day) {
      this.#day = day;
      this.#text = dateText(day);
    }
    return this.#text;
  }
}
