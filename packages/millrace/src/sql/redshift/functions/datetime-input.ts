/** What a text says of a day and a time, as PostgreSQL reads it with DateStyle ISO, MDY. */
export interface DateTimeInput {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Of the day; undefined when the text has no time. */
  readonly microseconds: number | undefined;
  /** `+05:30`, or a name; undefined without one. */
  readonly zone: string | undefined;
}

/** `syntax`: no date or time at all. `range`: a date that no calendar has. */
export class DateTimeInputError extends Error {
  readonly reason: "syntax" | "range";

  constructor(reason: "syntax" | "range") {
    super(reason);
    this.reason = reason;
  }
}

const monthNames = [
  "jan",
  "feb",
  "mar",
  "apr",
  "may",
  "jun",
  "jul",
  "aug",
  "sep",
  "oct",
  "nov",
  "dec",
] as const;
const timePattern =
  /(?:^|[ T])\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d*))?)?(?:\s*(am|pm)(?![a-z]))?\s*(z|utc|[+-]\d{1,2}(?::?\d{2})?(?::\d{2})?|[a-z][a-z_]*(?:\/[a-z_]+)*)?\s*$/i;

/** A day may have a zone, which then means nothing: the JDBC driver writes `2024-01-31 +00`. */
const zoneOfDay = /\s+(?:z|utc|[+-]\d{1,2}(?::?\d{2})?)$/i;

/** @throws DateTimeInputError */
export function parseDateTime(text: string): DateTimeInput {
  const trimmed = text
    .trim()
    .replace(/^(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?,?\s+/i, "");
  const compact = /^(\d{8})[T ]?(\d{2})(\d{2})(\d{2})(\.\d+)?$/.exec(trimmed);
  if (compact !== null) {
    return parseDateTime(`${compact[1]} ${compact[2]}:${compact[3]}:${compact[4]}${compact[5] ?? ""}`);
  }
  const joined = /^(\S+) (\d{2})(\d{2})(\d{2})?(\.\d+)?(\s*(?:z|[+-].*))?$/i.exec(trimmed);
  if (joined !== null && !/^[a-z]/i.test(trimmed)) {
    return parseDateTime(
      `${joined[1]} ${joined[2]}:${joined[3]}:${joined[4] ?? "00"}${joined[5] ?? ""}${joined[6] ?? ""}`,
    );
  }
  const era = /\s+(bc|ad)$/i.exec(trimmed);
  const body = era === null ? trimmed : trimmed.slice(0, era.index);
  const time = timePattern.exec(body);
  const date = parseDate((time === null ? body.replace(zoneOfDay, "") : body.slice(0, time.index)).trim());
  const year = era?.[1]?.toLowerCase() === "bc" ? 1 - date.year : date.year;
  checkDate(year, date.month, date.day);
  if (time === null) return { ...date, year, microseconds: undefined, zone: undefined };
  return { ...date, year, microseconds: timeOf(time), zone: zoneOf(time[6]) };
}

/** `04:05:06.789`, `04:05 AM`, `040506`, with a zone. @throws DateTimeInputError */
export function parseTime(text: string): {
  readonly microseconds: number;
  readonly zone: string | undefined;
} {
  const trimmed = text.trim();
  const compact = /^(\d{2})(\d{2})(\d{2})?(.*)$/.exec(trimmed);
  const plain = compact === null ? trimmed : `${compact[1]}:${compact[2]}:${compact[3] ?? "00"}${compact[4]}`;
  const time = timePattern.exec(plain);
  if (time === null) throw new DateTimeInputError("syntax");
  if (time.index > 0) parseDateTime(trimmed);
  return { microseconds: timeOf(time), zone: zoneOf(time[6]) };
}

function timeOf(match: RegExpExecArray): number {
  let hours = Number(match[1]);
  const minutes = Number(match[2]);
  const seconds = Number(match[3] ?? 0);
  const half = match[5]?.toLowerCase();
  if (half !== undefined && (hours > 12 || hours === 0)) throw new DateTimeInputError("range");
  if (half === "pm" && hours < 12) hours += 12;
  if (half === "am" && hours === 12) hours = 0;
  const fraction = Math.round(Number(`0.${match[4] ?? ""}0`) * 1_000_000);
  const microseconds = (hours * 3600 + minutes * 60 + seconds) * 1_000_000 + fraction;
  if (minutes > 59 || seconds > 60 || microseconds > 86_400_000_000) throw new DateTimeInputError("range");
  return microseconds;
}

function zoneOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/^(?:z|utc)$/i.test(text)) return "+00:00";
  const offset = /^([+-])(\d{1,2})(?::?(\d{2}))?/.exec(text);
  if (offset === null) return text;
  return `${offset[1]}${(offset[2] ?? "").padStart(2, "0")}:${offset[3] ?? "00"}`;
}

interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function parseDate(text: string): CalendarDate {
  const whole = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4,})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (whole !== null) return { year: Number(whole[1]), month: Number(whole[2]), day: Number(whole[3]) };
  const short = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (short !== null) return { year: fullYear(short[1]), month: Number(short[2]), day: Number(short[3]) };
  const american = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4,})$/.exec(text);
  if (american !== null) {
    return { year: fullYear(american[3]), month: Number(american[1]), day: Number(american[2]) };
  }
  const ordinal = /^(\d{4})[.-]?(\d{3})$/.exec(text);
  if (ordinal !== null) return dayOfYear(Number(ordinal[1]), Number(ordinal[2]));
  return namedMonth(text);
}

function dayOfYear(year: number, day: number): CalendarDate {
  const date = new Date(Date.UTC(year, 0, day));
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** `January 8, 1999`, `08-Jan-1999`, `1999-Jan-08`, `Jan-08-1999`, `8 January 1999` */
function namedMonth(text: string): CalendarDate {
  const parts = text.split(/[\s,/.-]+/).filter((part) => part !== "");
  const at = parts.findIndex((part) => /^[a-z]+$/i.test(part));
  const month = monthNames.findIndex((name) => parts[at]?.toLowerCase().startsWith(name)) + 1;
  const numbers = parts.filter((_, index) => index !== at);
  const [first = "", second = ""] = numbers;
  if (parts.length !== 3 || month === 0 || !numbers.every((part) => /^\d+$/.test(part))) {
    throw new DateTimeInputError("syntax");
  }
  return first.length > 2
    ? { year: Number(first), month, day: Number(second) }
    : { year: fullYear(second), month, day: Number(first) };
}

function fullYear(text: string | undefined): number {
  const year = Number(text);
  if ((text ?? "").length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function checkDate(year: number, month: number, day: number): void {
  const days = month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (month < 1 || month > 12 || day < 1 || day > days || year > 294_275)
    throw new DateTimeInputError("range");
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** `2024-01-31`, or `0044-03-15 (BC)` as the engine writes years before the first. */
export function isoDate({ year, month, day }: CalendarDate): string {
  const positive = year > 0 ? year : 1 - year;
  const text = `${String(positive).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return year > 0 ? text : `${text} (BC)`;
}

/** `04:05:06.789000` */
export function isoTime(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1_000_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  const fraction = microseconds % 1_000_000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0 ? clock : `${clock}.${String(fraction).padStart(6, "0")}`;
}
