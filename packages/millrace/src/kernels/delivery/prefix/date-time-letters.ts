import type { ZonedTime } from "./zoned-time.ts";

/** Undefined when the time cannot be printed like this. */
export type FieldPrinter = (time: ZonedTime) => string | undefined;

const months: readonly string[] =
  "January February March April May June July August September October November December".split(" ");
const weekdays: readonly string[] = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const quarters: readonly string[] = ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"];
const maxWidth = 19;

/** What a letter of Java's patterns prints when it stands `count` times in a row, or Java's error text. */
export function printerOf(letter: string, count: number): FieldPrinter | string {
  const number = numbers.get(letter);
  if (number !== undefined) return numberPrinter(letter, count, number);
  const text = texts.get(letter);
  if (text !== undefined) return text(letter, count);
  return `Unknown pattern letter: ${letter}`;
}

interface NumberField {
  readonly maxCount: number;
  read(time: ZonedTime): number | string;
}

function field(maxCount: number, read: (time: ZonedTime) => number | string): NumberField {
  return { maxCount, read };
}

const numbers: ReadonlyMap<string, NumberField> = new Map<string, NumberField>([
  ["u", field(maxWidth, (time) => time.year())],
  ["y", field(maxWidth, (time) => time.year())],
  ["Y", field(maxWidth, (time) => time.weekBasedYear())],
  ["D", field(3, (time) => time.dayOfYear())],
  ["d", field(2, (time) => time.day())],
  ["w", field(2, (time) => time.weekOfYear())],
  ["W", field(1, (time) => time.weekOfMonth())],
  ["F", field(1, (time) => ((time.day() - 1) % 7) + 1)],
  ["H", field(2, (time) => time.hour())],
  ["k", field(2, (time) => time.hour() || 24)],
  ["K", field(2, (time) => time.hour() % 12)],
  ["h", field(2, (time) => time.hour() % 12 || 12)],
  ["m", field(2, (time) => time.minute())],
  ["s", field(2, (time) => time.second())],
  ["A", field(maxWidth, (time) => time.millisecondOfDay())],
  ["n", field(maxWidth, (time) => time.millisecond() * 1_000_000)],
  ["N", field(maxWidth, (time) => time.millisecondOfDay() * 1_000_000)],
  // Modified Julian days: 1970-01-01 is day 40587.
  ["g", field(maxWidth, (time) => time.epochDay() + 40_587)],
]);

function numberPrinter(
  letter: string,
  count: number,
  { maxCount, read }: NumberField,
): FieldPrinter | string {
  if (count > maxCount) {
    return maxCount === maxWidth
      ? `The minimum width must be from 1 to 19 inclusive but was ${count}`
      : `Too many pattern letters: ${letter}`;
  }
  // Two letters of a year mean its last two digits.
  if (count === 2 && (letter === "u" || letter === "y" || letter === "Y")) {
    return (time) => String(read(time)).slice(-2);
  }
  return (time) => String(read(time)).padStart(count, "0");
}

type TextField = (letter: string, count: number) => FieldPrinter | string;

const texts: ReadonlyMap<string, TextField> = new Map<string, TextField>([
  ["M", (letter, count) => named(letter, count, (time) => time.month(), months)],
  ["L", (letter, count) => named(letter, count, (time) => time.month(), months)],
  ["Q", quarter],
  ["q", quarter],
  ["E", (letter, count) => named(letter, Math.max(count, 3), (time) => time.dayOfWeek(), weekdays)],
  ["e", (letter, count) => named(letter, count, (time) => time.dayOfWeek(), weekdays)],
  ["c", standaloneWeekday],
  ["G", era],
  ["a", (letter, count) => (count > 1 ? tooMany(letter) : (time) => (time.hour() < 12 ? "AM" : "PM"))],
  ["B", dayPeriod],
  ["S", fraction],
  ["V", (letter, count) => (count === 2 ? (time) => time.zone.name : wrongCount(letter, "2"))],
  ["z", zoneName],
  ["v", genericZoneName],
  [
    "O",
    (letter, count) => (count === 1 || count === 4 ? localizedOffset(count) : wrongCount(letter, "1 or 4")),
  ],
  ["Z", rfcOffset],
  ["X", isoOffset],
  ["x", isoOffset],
]);

function tooMany(letter: string): string {
  return `Too many pattern letters: ${letter}`;
}

function wrongCount(letter: string, expected: string): string {
  return `Pattern letter count must be ${expected}: ${letter}`;
}

/** One or two letters: a number; three: its name's first three letters; four: the name; five: one letter. */
function named(
  letter: string,
  count: number,
  read: (time: ZonedTime) => number,
  names: readonly string[],
): FieldPrinter | string {
  if (count > 5) return tooMany(letter);
  if (count <= 2) return (time) => String(read(time)).padStart(count, "0");
  const lengths = { 3: 3, 4: undefined, 5: 1 } as const;
  const end = lengths[count as 3 | 4 | 5];
  return (time) => (names[read(time) - 1] ?? "").slice(0, end);
}

function quarter(letter: string, count: number): FieldPrinter | string {
  if (count > 5) return tooMany(letter);
  const read = (time: ZonedTime): number => Math.ceil(time.month() / 3);
  if (count === 3) return (time) => `Q${read(time)}`;
  if (count === 4) return (time) => quarters[read(time) - 1];
  return (time) => String(read(time)).padStart(count === 2 ? 2 : 1, "0");
}

function standaloneWeekday(letter: string, count: number): FieldPrinter | string {
  if (count === 2) return 'Invalid pattern "cc"';
  return named(letter, count, (time) => time.dayOfWeek(), weekdays);
}

function era(letter: string, count: number): FieldPrinter | string {
  if (count > 5) return tooMany(letter);
  const text = count === 4 ? "Anno Domini" : count === 5 ? "A" : "AD";
  return () => text;
}

/** Parts of the day as CLDR has them for English. */
function dayPeriod(letter: string, count: number): FieldPrinter | string {
  if (count !== 1 && count !== 4 && count !== 5) return `Wrong number of pattern letters: ${letter}`;
  return (time) => {
    const hour = time.hour();
    if (time.minute() === 0 && hour === 0) return count === 5 ? "mi" : "midnight";
    if (time.minute() === 0 && hour === 12) return count === 5 ? "n" : "noon";
    if (hour < 6 || hour >= 21) return "at night";
    if (hour < 12) return "in the morning";
    return hour < 18 ? "in the afternoon" : "in the evening";
  };
}

function fraction(_letter: string, count: number): FieldPrinter | string {
  if (count > 9) return `Minimum width must be from 0 to 9 inclusive but was ${count}`;
  return (time) => String(time.millisecond()).padStart(3, "0").padEnd(9, "0").slice(0, count);
}

function zoneName(letter: string, count: number): FieldPrinter | string {
  if (count > 4) return tooMany(letter);
  return (time) => time.zone.nameAt(time.timeMs, count === 4 ? "long" : "short");
}

function genericZoneName(letter: string, count: number): FieldPrinter | string {
  if (count !== 1 && count !== 4) return `Wrong number of pattern letters: ${letter}`;
  return (time) => time.zone.nameAt(time.timeMs, count === 4 ? "longGeneric" : "shortGeneric");
}

function rfcOffset(letter: string, count: number): FieldPrinter | string {
  if (count > 5) return tooMany(letter);
  if (count === 4) return localizedOffset(4);
  if (count === 5) return isoOffset("X", 5);
  return (time) => offset(time, "");
}

/** X writes Z for no offset; one letter leaves minutes away when they are 0, three and five have a colon. */
function isoOffset(letter: string, count: number): FieldPrinter | string {
  if (count > 5) return tooMany(letter);
  const separator = count === 3 || count === 5 ? ":" : "";
  return (time) => {
    if (letter === "X" && time.offsetMs === 0) return "Z";
    const text = offset(time, separator);
    return count === 1 && text.endsWith("00") ? text.slice(0, 3) : text;
  };
}

function localizedOffset(count: 1 | 4): FieldPrinter {
  return (time) => {
    if (time.offsetMs === 0) return "GMT";
    const text = offset(time, ":");
    if (count === 4) return `GMT${text}`;
    const hours = `${text.slice(0, 1)}${Number(text.slice(1, 3))}`;
    return `GMT${hours}${text.endsWith(":00") ? "" : text.slice(3)}`;
  };
}

/** `+0530`. Offsets of seconds (before about 1972) lose them. */
function offset(time: ZonedTime, separator: string): string {
  const minutes = Math.floor(Math.abs(time.offsetMs) / 60_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${time.offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}
