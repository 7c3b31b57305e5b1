/** The proleptic Gregorian calendar over days and milliseconds since 1970-01-01, without objects. */

const dayMs = 86_400_000;

/** Days since 1970 of the first day of a month; months count from 0 and may lie outside of the year. */
export function daysFromCivil(year: number, month: number, day: number): number {
  // Years begin with March, so that the leap day is the last one (Howard Hinnant's days_from_civil).
  const y = year + Math.floor((month - 2) / 12);
  const m = (((month - 2) % 12) + 12) % 12;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * m + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The last day computed is kept by its holder, since neighbouring rows mostly lie in the same day. */
export class CivilDate {
  #day = Number.NaN;
  year = 1970;
  /** 1 to 12. */
  month = 1;
  /** 1 to 31. */
  day = 1;

  /** Takes the date of a number of days since 1970. */
  set(days: number): this {
    if (days === this.#day) return this;
    this.#day = days;
    const z = days + 719_468;
    const era = Math.floor(z / 146_097);
    const dayOfEra = z - era * 146_097;
    const yearOfEra = Math.floor(
      (dayOfEra -
        Math.floor(dayOfEra / 1460) +
        Math.floor(dayOfEra / 36_524) -
        Math.floor(dayOfEra / 146_096)) /
        365,
    );
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const m = Math.floor((5 * dayOfYear + 2) / 153);
    this.day = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
    this.month = m < 10 ? m + 3 : m - 9;
    this.year = yearOfEra + era * 400 + (this.month <= 2 ? 1 : 0);
    return this;
  }
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** @param month 1 to 12 */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days plus months; the day of the month is at most the last one. */
export function addMonthsToDate(days: number, months: number): number {
  const date = new CivilDate().set(days);
  const total = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12;
  return daysFromCivil(year, month, Math.min(date.day, daysInMonth(year, month + 1)));
}

/** Milliseconds since 1970 plus months. */
export function addMonths(ms: number, months: number): number {
  const days = Math.floor(ms / dayMs);
  return addMonthsToDate(days, months) * dayMs + (ms - days * dayMs);
}

/** Monday 1 to Sunday 7. */
export function isoDayOfWeek(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** 1 to 366. */
export function dayOfYear(days: number, date: CivilDate): number {
  date.set(days);
  return days - daysFromCivil(date.year, 0, 1) + 1;
}

/** The ISO year and week: week 1 has the year's first Thursday. */
export function isoWeek(days: number, date: CivilDate): { readonly year: number; readonly week: number } {
  const thursday = days - isoDayOfWeek(days) + 4;
  const year = date.set(thursday).year;
  return { year, week: Math.floor((thursday - daysFromCivil(year, 0, 1)) / 7) + 1 };
}

/** Whole months from one date to another: the most that can be added without going beyond it. */
function monthsBetweenDates(from: number, to: number): number {
  if (to < from) return -monthsBetweenDates(to, from);
  const first = new CivilDate().set(from);
  const last = new CivilDate().set(to);
  const months = (last.year - first.year) * 12 + (last.month - first.month);
  return addMonthsToDate(from, months) > to ? months - 1 : months;
}

/** Whole months from one time to another, as Flink counts them: January 31 to February 28 is one. */
export function monthsBetween(fromMs: number, toMs: number): number {
  const from = Math.floor(fromMs / dayMs);
  const to = Math.floor(toMs / dayMs);
  const months = monthsBetweenDates(from, to);
  const isSameDay = addMonthsToDate(from, months) === to;
  return isSameDay && toMs - to * dayMs < fromMs - from * dayMs ? months - 1 : months;
}
