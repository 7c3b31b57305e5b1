const hourMs = 3_600_000;
const quarterMs = hourMs / 4;
const maxCachedQuarters = 4096;

/**
 * The session's time zone as windows see it: over a TIMESTAMP_LTZ time attribute they are aligned by the clock
 * on the wall. Local times are milliseconds as if they were UTC.
 */
export class WindowZone {
  readonly #format: Intl.DateTimeFormat | undefined;
  /** By quarters of hours: zones change their offsets at no other times. */
  readonly #offsets = new Map<number, number>();

  /** @param timeZone undefined: times are local already, as TIMESTAMPs are */
  constructor(timeZone: string | undefined) {
    this.#format = timeZone === undefined || isUtc(timeZone) ? undefined : formatOf(timeZone);
  }

  /** No shift at all. */
  get isFlat(): boolean {
    return this.#format === undefined;
  }

  toLocal(instantMs: number): number {
    return this.#format === undefined ? instantMs : instantMs + this.#offsetAt(instantMs);
  }

  /**
   * The instant of a local time. One that is there twice when clocks go back is the later of the two, as Flink
   * takes it for timers; one that is left out when they go forward is the moment of the change.
   */
  toInstant(localMs: number): number {
    if (this.#format === undefined || !Number.isFinite(localMs)) return localMs;
    const later =
      localMs - Math.min(this.#offsetAt(localMs - 12 * hourMs), this.#offsetAt(localMs + 12 * hourMs));
    if (this.toLocal(later) === localMs) return later;
    const earlier =
      localMs - Math.max(this.#offsetAt(localMs - 12 * hourMs), this.#offsetAt(localMs + 12 * hourMs));
    if (this.toLocal(earlier) === localMs) return earlier;
    return this.#changeBetween(earlier, later);
  }

  #changeBetween(from: number, to: number): number {
    const before = this.#offsetAt(from);
    let low = Math.floor(from);
    let high = Math.ceil(to);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  #offsetAt(instantMs: number): number {
    const quarter = Math.floor(instantMs / quarterMs);
    const cached = this.#offsets.get(quarter);
    if (cached !== undefined) return cached;
    if (this.#offsets.size >= maxCachedQuarters) this.#offsets.clear();
    const offset = this.#lookUp(quarter * quarterMs);
    this.#offsets.set(quarter, offset);
    return offset;
  }

  #lookUp(instantMs: number): number {
    const fields: Record<string, number> = {};
    for (const { type, value } of this.#format?.formatToParts(instantMs) ?? []) fields[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instantMs;
  }
}

function isUtc(timeZone: string): boolean {
  return ["UTC", "Z", "GMT", "Etc/UTC", "UTC+0"].includes(timeZone);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  // "GMT+08:00", which Java takes, is "+08:00" to Intl.
  const offset = /^(?:GMT|UTC)([+-]\d\d?)(?::?(\d\d))?$/.exec(timeZone);
  const sign = offset?.[1]?.[0] ?? "+";
  const hours = (offset?.[1]?.slice(1) ?? "").padStart(2, "0");
  return new Intl.DateTimeFormat("en-US", {
    timeZone: offset === null ? timeZone : `${sign}${hours}:${offset[2] ?? "00"}`,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}
