/** How much of a timestamp was given; what follows is its first moment. */
export type Precision = "year" | "month" | "day" | "minute" | "second";

export interface TimestampFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: number;
}

const grammar =
  /^(\d{4})(?:T|-(\d\d)(?:T|-(\d\d)(?:T(?:(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d))?)?))$/;
const maxOffsetMinutes = 24 * 60 - 1;

/** A moment with the offset that it was written in. */
export class Timestamp {
  /** Since the epoch; before it with nanoseconds that count upwards all the same. */
  readonly epochSeconds: number;
  readonly nanos: number;
  readonly precision: Precision;
  /** Digits behind the second's point. */
  readonly fractionDigits: number;
  /** Undefined where only a date was given. */
  readonly offsetMinutes: number | undefined;

  constructor(parts: {
    readonly epochSeconds: number;
    readonly nanos: number;
    readonly precision: Precision;
    readonly fractionDigits: number;
    readonly offsetMinutes: number | undefined;
  }) {
    this.epochSeconds = parts.epochSeconds;
    this.nanos = parts.nanos;
    this.precision = parts.precision;
    this.fractionDigits = parts.fractionDigits;
    this.offsetMinutes = parts.offsetMinutes;
  }

  /** From what a clock shows at an offset. Undefined when there is no such day or time. */
  static fromFields(
    fields: TimestampFields,
    precision: Precision,
    fractionDigits: number,
    offsetMinutes: number | undefined,
  ): Timestamp | undefined {
    const { year, month, day, hour, minute, second, nanos } = fields;
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
      return undefined;
    if (hour > 23 || minute > 59 || second > 59 || Math.abs(offsetMinutes ?? 0) > maxOffsetMinutes)
      return undefined;
    const epochSeconds = utcSeconds(year, month, day, hour, minute, second) - (offsetMinutes ?? 0) * 60;
    return new Timestamp({ epochSeconds, nanos, precision, fractionDigits, offsetMinutes });
  }

  static fromEpochMs(epochMs: number): Timestamp {
    const epochSeconds = Math.floor(epochMs / 1000);
    const nanos = (epochMs - epochSeconds * 1000) * 1e6;
    return new Timestamp({ epochSeconds, nanos, precision: "second", fractionDigits: 3, offsetMinutes: 0 });
  }

  /**
   * year 'T' | year '-' month 'T' | year '-' month '-' day [ 'T' ]
   * year '-' month '-' day 'T' hour ':' minute [ ':' second [ '.' fraction ] ] ( 'Z' | offset )
   */
  static parse(text: string): Timestamp | undefined {
    const match = grammar.exec(text);
    if (match === null) return undefined;
    const [, year, month, day, hour, minute, second, fraction, zone] = match;
    const digits = Math.min(fraction?.length ?? 0, 9);
    const fields: TimestampFields = {
      year: Number(year),
      month: Number(month ?? 1),
      day: Number(day ?? 1),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      nanos: Number((fraction ?? "").slice(0, 9).padEnd(9, "0")),
    };
    const precision =
      second !== undefined
        ? "second"
        : hour !== undefined
          ? "minute"
          : day !== undefined
            ? "day"
            : month !== undefined
              ? "month"
              : "year";
    return Timestamp.fromFields(
      fields,
      precision,
      digits,
      zone === undefined ? undefined : zoneMinutes(zone),
    );
  }

  /** What a clock at this offset shows. */
  fields(): TimestampFields {
    const local = new Date((this.epochSeconds + (this.offsetMinutes ?? 0) * 60) * 1000);
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      nanos: this.nanos,
    };
  }

  compare(other: Timestamp): number {
    return Math.sign(this.epochSeconds - other.epochSeconds || this.nanos - other.nanos);
  }

  toString(): string {
    const { year, month, day, hour, minute, second, nanos } = this.fields();
    const date = [String(year).padStart(4, "0")];
    if (this.precision !== "year") date.push(two(month));
    if (this.precision !== "year" && this.precision !== "month") date.push(two(day));
    if (this.precision === "day") return date.join("-");
    if (this.precision === "year" || this.precision === "month") return `${date.join("-")}T`;
    const fraction =
      this.fractionDigits === 0 ? "" : `.${String(nanos).padStart(9, "0").slice(0, this.fractionDigits)}`;
    const seconds = this.precision === "second" ? `:${two(second)}${fraction}` : "";
    return `${date.join("-")}T${two(hour)}:${two(minute)}${seconds}${zoneText(this.offsetMinutes)}`;
  }
}

/** The days of a month; months count from one. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

export function utcSeconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime() / 1000;
}

function zoneMinutes(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith("-") ? -minutes : minutes;
}

/** `-00:00` says that the offset is not known. */
function zoneText(offsetMinutes: number | undefined): string {
  if (offsetMinutes === undefined) return "-00:00";
  return offsetMinutes === 0 ? "Z" : offsetText(offsetMinutes, ":");
}

export function offsetText(offsetMinutes: number, separator: string): string {
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
