/** The fields of C's `struct tm` that a pattern can set; `year` counts from 1900, `month` from 0. */
export interface BrokenDownTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  dayOfYear: number;
  offsetSeconds: number;
}

const months: readonly string[] = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const longMonths: readonly string[] =
  "january february march april may june july august september october november december".split(" ");
const weekdays: readonly string[] = "sun mon tue wed thu fri sat".split(" ");
const longWeekdays: readonly string[] = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const compound: ReadonlyMap<string, string> = new Map([
  ["D", "%m/%d/%y"],
  ["F", "%Y-%m-%d"],
  ["R", "%H:%M"],
  ["T", "%H:%M:%S"],
  ["r", "%I:%M:%S %p"],
  ["c", "%a %b %e %H:%M:%S %Y"],
  ["x", "%m/%d/%y"],
  ["X", "%H:%M:%S"],
]);

/** Reads a time as glibc's `strptime` does in the C locale; answers how much text was read, or undefined. */
export function strptime(text: string, pattern: string, time: BrokenDownTime): number | undefined {
  const reader = new TimeReader(text, time);
  if (!reader.follow(pattern)) return undefined;
  reader.complete();
  return reader.position;
}

class TimeReader {
  position = 0;
  readonly #text: string;
  readonly #time: BrokenDownTime;
  #isAfternoon: boolean | undefined;
  #hasDayOfYear = false;
  #hasDate = false;

  constructor(text: string, time: BrokenDownTime) {
    this.#text = text;
    this.#time = time;
  }

  follow(pattern: string): boolean {
    for (let at = 0; at < pattern.length; at++) {
      const character = pattern.charAt(at);
      if (/\s/.test(character)) this.#skipSpace();
      else if (character !== "%") {
        if (!this.#literal(character)) return false;
      } else {
        at++;
        while ("EO_-0^#".includes(pattern.charAt(at)) && at < pattern.length) at++;
        if (!this.#conversion(pattern.charAt(at))) return false;
      }
    }
    return true;
  }

  /** Afternoon hours, and whichever of date and day of the year was not read. */
  complete(): void {
    const time = this.#time;
    if (this.#isAfternoon !== undefined) time.hour = (time.hour % 12) + (this.#isAfternoon ? 12 : 0);
    if (this.#hasDayOfYear && !this.#hasDate) {
      const date = new Date(Date.UTC(time.year + 1900, 0, time.dayOfYear + 1));
      time.month = date.getUTCMonth();
      time.day = date.getUTCDate();
    }
    const date = Date.UTC(time.year + 1900, time.month, time.day);
    time.weekday = new Date(date).getUTCDay() || 0;
    time.dayOfYear = Math.round((date - Date.UTC(time.year + 1900, 0, 1)) / 86_400_000) || 0;
  }

  #conversion(letter: string): boolean {
    const inner = compound.get(letter);
    if (inner !== undefined) return this.follow(inner);
    switch (letter) {
      case "%":
        return this.#literal("%");
      case "n":
      case "t":
        this.#skipSpace();
        return true;
      case "p":
        return this.#halfOfDay();
      case "Z":
        return this.#zoneName();
      case "z":
        return this.#zoneOffset();
      case "s":
        return this.#epochSeconds();
      default:
        return this.#date(letter) || this.#clock(letter);
    }
  }

  #date(letter: string): boolean {
    const time = this.#time;
    if ("YCymdejbBh".includes(letter) && letter !== "j") this.#hasDate ||= "mdebBh".includes(letter);
    switch (letter) {
      case "Y":
        return this.#number(4, 0, 9999, (value) => (time.year = value - 1900));
      case "y":
        return this.#number(2, 0, 99, (value) => (time.year = value < 69 ? value + 100 : value));
      case "m":
        return this.#number(2, 1, 12, (value) => (time.month = value - 1));
      case "d":
      case "e":
        return this.#number(2, 1, 31, (value) => (time.day = value));
      case "j":
        this.#hasDayOfYear = true;
        return this.#number(3, 1, 366, (value) => (time.dayOfYear = value - 1));
      case "b":
      case "B":
      case "h":
        return this.#name([longMonths, months], (value) => (time.month = value));
      case "a":
      case "A":
        return this.#name([longWeekdays, weekdays], () => {});
      case "u":
      case "w":
        return this.#number(1, 0, 7, () => {});
      case "U":
      case "W":
      case "V":
        return this.#number(2, 0, 53, () => {});
      default:
        return false;
    }
  }

  #clock(letter: string): boolean {
    const time = this.#time;
    switch (letter) {
      case "H":
      case "k":
        return this.#number(2, 0, 23, (value) => (time.hour = value));
      case "I":
      case "l":
        return this.#number(2, 1, 12, (value) => (time.hour = value % 12));
      case "M":
        return this.#number(2, 0, 59, (value) => (time.minute = value));
      case "S":
        return this.#number(2, 0, 61, (value) => (time.second = value));
      default:
        return false;
    }
  }

  #literal(character: string): boolean {
    if (this.#text.charAt(this.position) !== character) return false;
    this.position++;
    return true;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text.charAt(this.position))) this.position++;
  }

  #match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.#text.slice(this.position, this.position + 32));
    if (found === null) return undefined;
    this.position += found[0].length;
    return found[0];
  }

  #number(maxDigits: number, min: number, max: number, set: (value: number) => void): boolean {
    this.#skipSpace();
    const value = Number(this.#match(new RegExp(`^\\d{1,${maxDigits}}`)) ?? Number.NaN);
    if (!(value >= min && value <= max)) return false;
    set(value);
    return true;
  }

  #name(lists: readonly (readonly string[])[], set: (index: number) => void): boolean {
    const rest = this.#text.slice(this.position, this.position + 16).toLowerCase();
    for (const names of lists) {
      const index = names.findIndex((name) => rest.startsWith(name));
      if (index < 0) continue;
      this.position += names[index]?.length ?? 0;
      set(index);
      return true;
    }
    return false;
  }

  #halfOfDay(): boolean {
    const half = this.#match(/^[ap]m/i);
    if (half === undefined) return false;
    this.#isAfternoon = half.toLowerCase() === "pm";
    return true;
  }

  #zoneName(): boolean {
    return this.#match(/^[A-Za-z]+/) !== undefined;
  }

  #zoneOffset(): boolean {
    const zone = this.#match(/^(?:Z|[+-]\d{2}:?(?:\d{2})?)/);
    if (zone === undefined) return false;
    const digits = zone.replace(/\D/g, "").padEnd(4, "0");
    const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
    this.#time.offsetSeconds = zone.startsWith("-") ? -seconds : seconds;
    return true;
  }

  #epochSeconds(): boolean {
    const value = this.#match(/^-?\d{1,12}/);
    if (value === undefined) return false;
    const date = new Date(Number(value) * 1000);
    const time = this.#time;
    this.#hasDate = true;
    time.year = date.getUTCFullYear() - 1900;
    time.month = date.getUTCMonth();
    time.day = date.getUTCDate();
    time.hour = date.getUTCHours();
    time.minute = date.getUTCMinutes();
    time.second = date.getUTCSeconds();
    return true;
  }
}
