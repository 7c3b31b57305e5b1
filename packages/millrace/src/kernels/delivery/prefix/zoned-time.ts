const dayMs = 86_400_000;

/** A place whose clocks are read. Unknown names throw a RangeError; "" is UTC. */
export class TimeZone {
  /** As Java prints it: the name that was given. */
  readonly name: string;
  readonly #clock: Intl.DateTimeFormat | undefined;

  constructor(name: string) {
    this.name = name === "" ? "UTC" : name;
    this.#clock =
      this.name === "UTC"
        ? undefined
        : new Intl.DateTimeFormat("en-US", {
            timeZone: this.name,
            calendar: "gregory",
            hourCycle: "h23",
            year: "numeric",
            month: "numeric",
            day: "numeric",
            hour: "numeric",
            minute: "numeric",
            second: "numeric",
          });
  }

  /** What its clocks show. */
  at(timeMs: number): ZonedTime {
    return new ZonedTime(timeMs, this.#offsetMs(timeMs), this);
  }

  /** `JST`, `Japan Standard Time`, `Japan Time`, as far as the ICU data of Node has them. */
  nameAt(timeMs: number, style: "short" | "long" | "shortGeneric" | "longGeneric"): string {
    if (this.name === "UTC") return style.startsWith("short") ? "UTC" : "Coordinated Universal Time";
    const format = new Intl.DateTimeFormat("en-US", { timeZone: this.name, timeZoneName: style });
    const part = format.formatToParts(timeMs).find((other) => other.type === "timeZoneName");
    return part?.value ?? this.name;
  }

  #offsetMs(timeMs: number): number {
    if (this.#clock === undefined) return 0;
    const fields = new Map<string, number>();
    for (const { type, value } of this.#clock.formatToParts(timeMs)) fields.set(type, Number(value));
    const field = (name: string): number => fields.get(name) ?? 0;
    const localMs = Date.UTC(
      field("year"),
      field("month") - 1,
      field("day"),
      field("hour"),
      field("minute"),
      field("second"),
    );
    return localMs - Math.floor(timeMs / 1000) * 1000;
  }
}

/** Whether the name is one of the time zones that Node knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One instant as clocks and calendars of a place show it. Weeks are those of the United States, as in Java's default locale: Sunday is day 1, and the week of January 1 is week 1. */
export class ZonedTime {
  readonly timeMs: number;
  readonly offsetMs: number;
  readonly zone: TimeZone;
  /** Its UTC fields are the local ones. */
  readonly #local: Date;

  constructor(timeMs: number, offsetMs: number, zone: TimeZone) {
    this.timeMs = timeMs;
    this.offsetMs = offsetMs;
    this.zone = zone;
    this.#local = new Date(timeMs + offsetMs);
  }

  year(): number {
    return this.#local.getUTCFullYear();
  }

  /** 1 to 12. */
  month(): number {
    return this.#local.getUTCMonth() + 1;
  }

  day(): number {
    return this.#local.getUTCDate();
  }

  hour(): number {
    return this.#local.getUTCHours();
  }

  minute(): number {
    return this.#local.getUTCMinutes();
  }

  second(): number {
    return this.#local.getUTCSeconds();
  }

  millisecond(): number {
    return this.#local.getUTCMilliseconds();
  }

  millisecondOfDay(): number {
    return this.#local.getTime() - this.epochDay() * dayMs;
  }

  /** Days since 1970-01-01. */
  epochDay(): number {
    return Math.floor(this.#local.getTime() / dayMs);
  }

  dayOfYear(): number {
    return this.epochDay() - firstEpochDay(this.year()) + 1;
  }

  /** 1 is Sunday. */
  dayOfWeek(): number {
    return this.#local.getUTCDay() + 1;
  }

  weekOfMonth(): number {
    return weekOf(this.day(), this.dayOfWeek());
  }

  weekOfYear(): number {
    return this.#isInFirstWeekOfNextYear() ? 1 : weekOf(this.dayOfYear(), this.dayOfWeek());
  }

  weekBasedYear(): number {
    return this.#isInFirstWeekOfNextYear() ? this.year() + 1 : this.year();
  }

  /** The week that holds January 1 begins in December. */
  #isInFirstWeekOfNextYear(): boolean {
    const sunday = this.epochDay() - this.dayOfWeek() + 1;
    return sunday + 6 >= firstEpochDay(this.year() + 1);
  }
}

function firstEpochDay(year: number): number {
  return Date.UTC(year, 0, 1) / dayMs;
}

/** The number of the week that a day of a month or year is in, when the first day of that is in week 1. */
function weekOf(day: number, dayOfWeek: number): number {
  return Math.floor((day - dayOfWeek + 6) / 7) + 1;
}
