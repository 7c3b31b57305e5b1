/** What is wrong with a cron expression, in a sentence for whoever wrote it. */
export class CronError extends Error {
  override readonly name = "CronError";
}

/** AWS counts days of the week from 1 for Sunday. */
const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
const monthNames = [
  "JAN",
  "FEB",
  "MAR",
  "APR",
  "MAY",
  "JUN",
  "JUL",
  "AUG",
  "SEP",
  "OCT",
  "NOV",
  "DEC",
] as const;

interface FieldRange {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** The name at index 0 stands for `first`. */
  readonly names: readonly string[];
}

const minutesRange: FieldRange = { name: "Minutes", first: 0, last: 59, names: [] };
const hoursRange: FieldRange = { name: "Hours", first: 0, last: 23, names: [] };
const daysRange: FieldRange = { name: "Day-of-month", first: 1, last: 31, names: [] };
const monthsRange: FieldRange = { name: "Month", first: 1, last: 12, names: monthNames };
const weekdaysRange: FieldRange = { name: "Day-of-week", first: 1, last: 7, names: dayNames };
const yearsRange: FieldRange = { name: "Year", first: 1970, last: 2199, names: [] };

/** The days of one month that a rule selects, 1 to 31. `firstWeekday` is that of day 1, 0 for Sunday. */
type DayRule = (daysInMonth: number, firstWeekday: number) => readonly number[];

const minuteMs = 60_000;

/**
 * A schedule in AWS's cron, in UTC:
 *
 *   expression   => minutes hours day-of-month month day-of-week year
 *   field        => part *( "," part )
 *   part         => ( "*" | value | value "-" value ) [ "/" step ]
 *   day-of-month => "?" | field, where a part may be "L" (the last day), "LW" (the last Monday to Friday) or
 *                   value "W" (the Monday to Friday that is nearest to the day, in the same month)
 *   day-of-week  => "?" | field, where a part may be "L" (Saturday), value "L" (the last one of the month) or
 *                   value "#" nth
 *   value        => a number, SUN to SAT (1 to 7), or JAN to DEC; case does not matter
 *
 * Exactly one of day-of-month and day-of-week is "?". `10/5` begins at 10 and goes on to the end of the range;
 * a range may go over the end of its field, as `20-2` hours or FRI-MON, but for years.
 */
export class AwsCron {
  readonly #minutes: readonly number[];
  readonly #hours: readonly number[];
  readonly #months: readonly number[];
  readonly #years: readonly number[];
  readonly #days: DayRule;

  /** @param expression the six fields, without `cron(...)`. @throws CronError */
  constructor(expression: string) {
    const fields = expression.trim().split(/\s+/);
    const [minutes = "", hours = "", days = "", months = "", weekdays = "", years = ""] = fields;
    if (fields.length !== 6) throw new CronError(`A cron expression has 6 fields, not ${fields.length}.`);
    if ((days === "?") === (weekdays === "?"))
      throw new CronError("Exactly one of Day-of-month and Day-of-week must be ?.");
    this.#minutes = valuesOf(minutes, minutesRange);
    this.#hours = valuesOf(hours, hoursRange);
    this.#months = valuesOf(months, monthsRange);
    this.#years = valuesOf(years, yearsRange);
    this.#days = days === "?" ? weekdayRule(weekdays) : dayRule(days);
  }

  /** The first time after this one, in milliseconds since the epoch; undefined when there is none. */
  next(afterMs: number): number | undefined {
    const from = new Date(Math.floor(afterMs / minuteMs) * minuteMs + minuteMs);
    const [year, month, day] = [from.getUTCFullYear(), from.getUTCMonth() + 1, from.getUTCDate()];
    for (const y of this.#years) {
      if (y < year) continue;
      for (const m of this.#months) {
        if (y === year && m < month) continue;
        for (const d of this.#daysOf(y, m)) {
          if (y === year && m === month && d < day) continue;
          const isToday = y === year && m === month && d === day;
          const time = this.#timeOfDay(isToday ? from.getUTCHours() * 60 + from.getUTCMinutes() : 0);
          if (time !== undefined) return Date.UTC(y, m - 1, d) + time * minuteMs;
        }
      }
    }
    return undefined;
  }

  /** The least number of minutes that may lie between two runs on the same or on consecutive days. */
  get shortestGapMinutes(): number {
    const [first = 0] = this.#minutes;
    let shortest = Infinity;
    let before: number | undefined;
    for (const minute of this.#minutes) {
      if (before !== undefined) shortest = Math.min(shortest, minute - before);
      before = minute;
    }
    const hours = new Set(this.#hours);
    for (const hour of hours) {
      if (hours.has((hour + 1) % 24)) shortest = Math.min(shortest, 60 - (before ?? 0) + first);
    }
    return Math.min(shortest, 24 * 60);
  }

  /** The first minute of the day, not before this one, on which it runs. */
  #timeOfDay(fromMinute: number): number | undefined {
    for (const hour of this.#hours) {
      if (hour * 60 + 59 < fromMinute) continue;
      for (const minute of this.#minutes) if (hour * 60 + minute >= fromMinute) return hour * 60 + minute;
    }
    return undefined;
  }

  #daysOf(year: number, month: number): readonly number[] {
    const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
    const chosen = this.#days(daysInMonth, firstWeekday).filter((day) => day >= 1 && day <= daysInMonth);
    return [...new Set(chosen)].sort((a, b) => a - b);
  }
}

/** The fields inside `cron(...)`; undefined when the text is no such thing. */
export function cronFieldsOf(schedule: string): string | undefined {
  return /^\s*cron\s*\((.*)\)\s*$/s.exec(schedule)?.[1];
}

function dayRule(field: string): DayRule {
  return anyOf(field.split(",").map(dayPart));
}

function dayPart(part: string): DayRule {
  const text = part.toUpperCase();
  if (text === "L") return (days) => [days];
  if (text === "LW") return (days, first) => [nearestWorkday(days, days, first)];
  const workday = /^(\d{1,2})W$/.exec(text)?.[1];
  if (workday !== undefined) {
    const target = numberIn(workday, daysRange);
    return (days, first) => (target > days ? [] : [nearestWorkday(target, days, first)]);
  }
  const values = valuesOf(part, daysRange);
  return () => values;
}

function weekdayRule(field: string): DayRule {
  return anyOf(field.split(",").map(weekdayPart));
}

function weekdayPart(part: string): DayRule {
  const text = part.toUpperCase();
  if (text === "L") return onWeekdays([7]);
  const last = /^([0-9A-Z]+)L$/.exec(text)?.[1];
  if (last !== undefined) {
    const every = onWeekdays([numberIn(last, weekdaysRange)]);
    return (days, first) => every(days, first).slice(-1);
  }
  const [, name, nth] = /^([0-9A-Z]+)#(\d+)$/.exec(text) ?? [];
  if (name !== undefined && nth !== undefined) {
    const every = onWeekdays([numberIn(name, weekdaysRange)]);
    const n = Number(nth);
    if (n < 1 || n > 5) throw new CronError(`A month has no weekday number ${nth}: ${part}.`);
    return (days, first) => every(days, first).slice(n - 1, n);
  }
  return onWeekdays(valuesOf(part, weekdaysRange));
}

function onWeekdays(weekdays: readonly number[]): DayRule {
  const wanted = new Set(weekdays);
  return (days, first) => {
    const chosen: number[] = [];
    for (let day = 1; day <= days; day += 1) if (wanted.has(((first + day - 1) % 7) + 1)) chosen.push(day);
    return chosen;
  };
}

function anyOf(rules: readonly DayRule[]): DayRule {
  return (days, first) => rules.flatMap((rule) => rule(days, first));
}

function nearestWorkday(day: number, daysInMonth: number, firstWeekday: number): number {
  const weekday = (firstWeekday + day - 1) % 7;
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === daysInMonth ? day - 2 : day + 1;
  return day;
}

/** The values that a field stands for, ascending. */
function valuesOf(field: string, range: FieldRange): readonly number[] {
  const values = new Set<number>();
  for (const part of field.split(",")) for (const value of partValues(part, range)) values.add(value);
  return [...values].sort((a, b) => a - b);
}

function partValues(part: string, range: FieldRange): readonly number[] {
  const [, span = "", stepText] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(part) ?? [];
  const step = stepText === undefined ? 1 : Number(stepText);
  if (span === "" || step < 1) throw invalid(part, range);
  const [from = "", to, ...rest] = span.split("-");
  if (rest.length > 0) throw invalid(part, range);
  let first = range.first;
  let last = range.last;
  if (span !== "*") {
    first = numberIn(from, range);
    if (to !== undefined) last = numberIn(to, range);
    else if (stepText === undefined) last = first;
  }
  const size = range.last - range.first + 1;
  // What ends before it begins goes over the end of the range: 20-2 hours, FRI-MON.
  if (last < first && range !== yearsRange) last += size;
  if (last < first) throw invalid(part, range);
  const values: number[] = [];
  for (let value = first; value <= last; value += step)
    values.push(value > range.last ? value - size : value);
  return values;
}

function numberIn(text: string, range: FieldRange): number {
  const named = range.names.indexOf(text.toUpperCase());
  const value = named >= 0 ? range.first + named : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.first && value <= range.last)) throw invalid(text, range);
  return value;
}

function invalid(part: string, range: FieldRange): CronError {
  return new CronError(`${range.name} cannot be ${JSON.stringify(part)}.`);
}
