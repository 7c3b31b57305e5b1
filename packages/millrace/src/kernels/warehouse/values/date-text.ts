import type { ZoneOffsets } from "./zone-offsets.ts";

/** The engine's values for infinity and -infinity. */
const maxDays = 2_147_483_647;
const maxMicros = 9_223_372_036_854_775_807n;
const dayMicros = 86_400_000_000n;

export interface CivilDate {
  /** 0 is 1 BC. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Gregorian, for any day number since 1970-01-01: years are counted from March, in eras of 400. */
export function civilDate(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** @param days since 1970-01-01 */
export function dateText(days: number): string {
  if (days === maxDays) return "infinity";
  if (days === -maxDays) return "-infinity";
  return civilText(days, "");
}

/** PostgreSQL puts the era behind everything else. */
function civilText(days: number, rest: string): string {
  const { year, month, day } = civilDate(days);
  const shown = year > 0 ? year : 1 - year;
  return `${String(shown).padStart(4, "0")}-${two(month)}-${two(day)}${rest}${year > 0 ? "" : " BC"}`;
}

/** @param micros since midnight; 86,400,000,000 is 24:00:00 */
export function timeText(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const minutes = Math.floor(seconds / 60);
  const text = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return text + fractionText(micros % 1_000_000);
}

function fractionText(micros: number): string {
  return micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
}

/** `+02`, `-03:30`: minutes and seconds only where there are some. */
function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const minutes = Math.floor(size / 60) % 60;
  const rest = size % 60;
  const tail = rest > 0 ? `:${two(minutes)}:${two(rest)}` : minutes > 0 ? `:${two(minutes)}` : "";
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(size / 3_600))}${tail}`;
}

export function timeTzText(micros: number, offsetSeconds: number): string {
  return timeText(micros) + offsetText(offsetSeconds);
}

/** @param micros since 1970, in UTC; with `zone` it is shown there, with its offset */
export function timestampText(micros: bigint, zone?: ZoneOffsets): string {
  if (micros === maxMicros) return "infinity";
  if (micros === -maxMicros) return "-infinity";
  const offset = zone?.at(Number(floorDivide(micros, 1_000_000n)));
  const local = offset === undefined ? micros : micros + BigInt(offset) * 1_000_000n;
  const days = floorDivide(local, dayMicros);
  const time = timeText(Number(local - days * dayMicros));
  return civilText(Number(days), ` ${time}${offset === undefined ? "" : offsetText(offset)}`);
}

export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

export interface IntervalParts {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/** Redshift's two interval types name each of their fields; the older one reads as in PostgreSQL. */
export function intervalText(
  value: IntervalParts,
  type: "interval" | "interval year to month" | "interval day to second",
): string {
  if (type === "interval year to month")
    return `${Math.trunc(value.months / 12)} years ${value.months % 12} mons`.replaceAll("-0 ", "0 ");
  if (type === "interval day to second") return dayToSecondText(intervalMicros(value));
  return postgresIntervalText(value);
}

/** A day has 24 hours and a month 30 days where only microseconds are left. */
export function intervalMicros(value: IntervalParts): bigint {
  return (BigInt(value.months) * 30n + BigInt(value.days)) * dayMicros + value.micros;
}

function dayToSecondText(micros: bigint): string {
  const minutes = micros / 60_000_000n;
  const left = micros % 60_000_000n;
  const size = left < 0n ? -left : left;
  const fraction = String(size % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const seconds = `${left < 0n ? "-" : ""}${size / 1_000_000n}.${fraction === "" ? "0" : fraction}`;
  return `${minutes / 1_440n} days ${(minutes / 60n) % 24n} hours ${minutes % 60n} mins ${seconds} secs`;
}

function postgresIntervalText(value: IntervalParts): string {
  const years = Math.trunc(value.months / 12);
  const months = value.months % 12;
  const parts: string[] = [];
  let afterNegative = false;
  for (const [amount, unit] of [
    [years, "year"],
    [months, "mon"],
    [value.days, "day"],
  ] as const) {
    if (amount === 0) continue;
    // A sign that a reader would not expect after a negative field is written out.
    parts.push(`${afterNegative && amount > 0 ? "+" : ""}${amount} ${unit}${amount === 1 ? "" : "s"}`);
    afterNegative = amount < 0;
  }
  if (value.micros !== 0n || parts.length === 0) {
    const size = value.micros < 0n ? -value.micros : value.micros;
    const hours = size / 3_600_000_000n;
    const rest = timeText(Number(size % 3_600_000_000n)).slice(2);
    const sign = value.micros < 0n ? "-" : afterNegative ? "+" : "";
    parts.push(`${sign}${String(hours).padStart(2, "0")}${rest}`);
  }
  return parts.join(" ");
}
