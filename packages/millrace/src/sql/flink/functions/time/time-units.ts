import { CivilDate, dayOfYear, daysFromCivil, isoDayOfWeek, isoWeek } from "./calendar.ts";

export const dayMs = 86_400_000;

/** Units that are so many milliseconds. */
export const unitMs: Readonly<Record<string, number>> = Object.freeze({
  MILLISECOND: 1,
  SECOND: 1000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: dayMs,
  WEEK: 7 * dayMs,
});

/** Units that are so many months. */
export const unitMonths: Readonly<Record<string, number>> = Object.freeze({ MONTH: 1, QUARTER: 3, YEAR: 12 });

/** A unit as written in a literal: `SQL_TSI_DAY` is DAY. */
export function unitName(literal: unknown): string | undefined {
  if (typeof literal !== "string") return undefined;
  const name = literal.toUpperCase().replace(/^SQL_TSI_/, "");
  return name === "FRAC_SECOND" ? "MICROSECOND" : name;
}

/** The part of a date that a unit names, of days since 1970; undefined for what is no unit of dates. */
export function datePart(unit: string): ((days: number) => number) | undefined {
  const date = new CivilDate();
  const year = (days: number): number => date.set(days).year;
  switch (unit) {
    case "YEAR":
      return year;
    case "MONTH":
      return (days) => date.set(days).month;
    case "DAY":
      return (days) => date.set(days).day;
    case "QUARTER":
      return (days) => Math.floor((date.set(days).month + 2) / 3);
    case "WEEK":
      return (days) => isoWeek(days, date).week;
    case "ISOYEAR":
      return (days) => isoWeek(days, date).year;
    case "DOW":
      return (days) => (isoDayOfWeek(days) % 7) + 1;
    case "ISODOW":
      return isoDayOfWeek;
    case "DOY":
      return (days) => dayOfYear(days, date);
    case "DECADE":
      return (days) => Math.trunc(year(days) / 10);
    case "CENTURY":
      return (days) => groupOfYears(year(days), 100);
    case "MILLENNIUM":
      return (days) => groupOfYears(year(days), 1000);
    default:
      return undefined;
  }
}

function groupOfYears(year: number, size: number): number {
  return year > 0 ? Math.floor((year + size - 1) / size) : Math.ceil((year - size + 1) / size);
}

/**
 * The first day of a unit of a calendar that has the day in it, or of the next one. Weeks begin on Sunday, as
 * Flink's do here; undefined for what is no such unit.
 */
export function dateFloor(unit: string): ((days: number, isNext: boolean) => number) | undefined {
  const date = new CivilDate();
  switch (unit) {
    case "DAY":
      return (days, isNext) => days + Number(isNext);
    case "WEEK":
      return (days, isNext) => days - (isoDayOfWeek(days) % 7) + (isNext ? 7 : 0);
    case "MONTH":
    case "QUARTER": {
      const months = unit === "MONTH" ? 1 : 3;
      return (days, isNext) => {
        const { year, month } = date.set(days);
        return daysFromCivil(year, Math.floor((month - 1) / months) * months + (isNext ? months : 0), 1);
      };
    }
    case "YEAR":
      return yearFloor(date, 1, 0);
    case "DECADE":
      return yearFloor(date, 10, 0);
    case "CENTURY":
      return yearFloor(date, 100, 1);
    case "MILLENNIUM":
      return yearFloor(date, 1000, 1);
    default:
      return undefined;
  }
}

function yearFloor(date: CivilDate, size: number, first: number): (days: number, isNext: boolean) => number {
  return (days, isNext) => {
    const { year } = date.set(days);
    return daysFromCivil(Math.floor((year - first) / size) * size + first + (isNext ? size : 0), 0, 1);
  };
}
