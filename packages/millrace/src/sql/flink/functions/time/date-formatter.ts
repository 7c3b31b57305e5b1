import { CivilDate, dayOfYear, isoDayOfWeek } from "./calendar.ts";
import {
  dayNames,
  monthNames,
  type PatternItem,
  type PatternKind,
  parseDatePattern,
} from "./date-pattern.ts";

/** Writes local times: milliseconds since 1970 of the clock on the wall, and how far it is ahead of UTC. */
export type DateFormatter = (localMs: number, offsetMs: number) => string;

const dayMs = 86_400_000;

/** A local time taken apart. */
class Moment {
  readonly date: CivilDate = new CivilDate();
  days = 0;
  hour = 0;
  minute = 0;
  second = 0;
  /** Of the second. */
  micros = 0;
  offsetMs = 0;

  set(localMs: number, offsetMs: number): void {
    this.days = Math.floor(localMs / dayMs);
    const micros = Math.round((localMs - this.days * dayMs) * 1000);
    const seconds = Math.floor(micros / 1_000_000);
    this.micros = micros - seconds * 1_000_000;
    this.hour = Math.floor(seconds / 3600);
    this.minute = Math.floor(seconds / 60) % 60;
    this.second = seconds % 60;
    this.offsetMs = offsetMs;
    this.date.set(this.days);
  }
}

type Part = (moment: Moment) => string;

/**
 * A formatter for a pattern. It keeps the text it wrote last, since times of neighbouring rows mostly lie in the
 * same day, minute or second, whichever the pattern shows.
 * @throws SqlError for what is no pattern, or has letters that are not there
 */
export function dateFormatter(pattern: string, kind: PatternKind): DateFormatter {
  const items = parseDatePattern(pattern, kind, "format");
  const parts = items.flatMap((item) => partsOf(item, kind));
  const stepMs = Math.min(...items.map(granularity));
  const moment = new Moment();
  let lastStep = Number.NaN;
  let lastOffset = Number.NaN;
  let last = "";
  return (localMs, offsetMs) => {
    const step = Math.floor(localMs / stepMs);
    if (step === lastStep && offsetMs === lastOffset) return last;
    moment.set(localMs, offsetMs);
    let text = "";
    for (const part of parts) text += part(moment);
    lastStep = step;
    lastOffset = offsetMs;
    last = text;
    return text;
  };
}

/** For how long a field stays the same. Times are multiples of a microsecond. */
function granularity(item: PatternItem): number {
  if (item.kind === "literal") return dayMs;
  if (item.kind === "optional") return Math.min(dayMs, ...item.items.map(granularity));
  if ("SnA".includes(item.letter)) return 0.001;
  if (item.letter === "s") return 1000;
  if (item.letter === "m") return 60_000;
  return "HkKha".includes(item.letter) ? 3_600_000 : dayMs;
}

function partsOf(item: PatternItem, kind: PatternKind): readonly Part[] {
  if (item.kind === "literal") {
    const { text } = item;
    return [() => text];
  }
  if (item.kind === "optional") return item.items.flatMap((inner) => partsOf(inner, kind));
  return [fieldPart(item.letter, item.count, kind)];
}

function fieldPart(letter: string, count: number, kind: PatternKind): Part {
  const number = numberOf(letter, count, kind);
  if (number !== undefined) {
    if (count === 1) return (moment) => String(number(moment));
    if (count === 2) return (moment) => twoDigits(number(moment));
    return (moment) => padded(number(moment), count);
  }
  switch (letter) {
    case "y":
    case "u":
      return yearPart(count, kind);
    case "M":
    case "L":
      return (moment) => named(monthNames[moment.date.month - 1], count);
    case "E":
      return (moment) =>
        named(dayNames[isoDayOfWeek(moment.days) - 1], kind === "legacy" ? Math.max(count, 3) : count);
    case "a":
      return (moment) => (moment.hour < 12 ? "AM" : "PM");
    case "G":
      return (moment) => era(moment.date.year > 0, count);
    case "S":
      return (moment) => String(moment.micros).padStart(6, "0").padEnd(count, "0").slice(0, count);
    default:
      return (moment) => offsetText(moment.offsetMs, letter, count);
  }
}

/** Fields that are numbers in this form; undefined for the others. */
function numberOf(
  letter: string,
  count: number,
  kind: PatternKind,
): ((moment: Moment) => number) | undefined {
  switch (letter) {
    case "M":
    case "L":
      return count > 2 ? undefined : (moment) => moment.date.month;
    case "d":
      return (moment) => moment.date.day;
    case "D":
      return (moment) => dayOfYear(moment.days, moment.date);
    case "u":
      return kind === "legacy" ? (moment) => isoDayOfWeek(moment.days) : undefined;
    case "Q":
    case "q":
      return (moment) => Math.floor((moment.date.month + 2) / 3);
    case "H":
      return (moment) => moment.hour;
    case "k":
      return (moment) => moment.hour || 24;
    case "K":
      return (moment) => moment.hour % 12;
    case "h":
      return (moment) => moment.hour % 12 || 12;
    case "m":
      return (moment) => moment.minute;
    case "s":
      return (moment) => moment.second;
    case "n":
      return (moment) => moment.micros * 1000;
    case "S":
      // SimpleDateFormat writes the number of milliseconds, DateTimeFormatter a fraction.
      return kind === "legacy" ? (moment) => Math.floor(moment.micros / 1000) : undefined;
    default:
      return undefined;
  }
}

function yearPart(count: number, kind: PatternKind): Part {
  if (count === 2) return (moment) => twoDigits((((moment.date.year % 100) + 100) % 100) | 0);
  return (moment) => {
    const { year } = moment.date;
    // A year of more digits than the pattern has gets a sign, as in java.time.
    const sign = year < 0 ? "-" : kind === "modern" && count > 3 && year > 9999 ? "+" : "";
    return sign + padded(Math.abs(year), count);
  };
}

function named(name: string | undefined, count: number): string {
  if (name === undefined) return "";
  if (count === 5) return name.charAt(0);
  return count === 4 ? name : name.slice(0, 3);
}

function era(isAfter: boolean, count: number): string {
  if (count === 4) return isAfter ? "Anno Domini" : "Before Christ";
  return isAfter ? "AD" : "BC";
}

/** `Z`: +0800; one `X`: +08, two: +0800, three: +08:00, each of them Z for UTC. */
function offsetText(offsetMs: number, letter: string, count: number): string {
  if (offsetMs === 0 && letter === "X") return "Z";
  const minutes = Math.floor(Math.abs(offsetMs) / 60_000);
  const sign = offsetMs < 0 ? "-" : "+";
  const hours = twoDigits(Math.floor(minutes / 60));
  const rest = twoDigits(minutes % 60);
  if (letter === "Z" || count === 2) return `${sign}${hours}${rest}`;
  return count === 1 ? `${sign}${hours}` : `${sign}${hours}:${rest}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function padded(value: number, count: number): string {
  return String(value).padStart(count, "0");
}
