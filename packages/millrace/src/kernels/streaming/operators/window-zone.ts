import { fromLocal, type TimeZone, TimeZones, toLocal } from "../../../sql/flink/functions/time/time-zone.ts";

/**
 * The session's time zone as windows see it: over a TIMESTAMP_LTZ time attribute they are aligned by the clock
 * on the wall. Local times are milliseconds as if they were UTC.
 */
export class WindowZone {
  readonly #zone: TimeZone | undefined;

  /**
   * @param timeZone undefined: times are local already, as TIMESTAMPs are
   * @throws Error for a zone that is none
   */
  constructor(timeZone: string | undefined) {
    const zone = timeZone === undefined ? undefined : new TimeZones().find(timeZone);
    if (timeZone !== undefined && zone === undefined) throw new Error(`there is no time zone ${timeZone}`);
    this.#zone = timeZone === "UTC" ? undefined : zone;
  }

  /** No shift at all. */
  get isFlat(): boolean {
    return this.#zone === undefined;
  }

  toLocal(instantMs: number): number {
    return this.#zone === undefined ? instantMs : toLocal(instantMs, this.#zone);
  }

  /** A local time that comes twice when clocks go back is the later one: the window holds both. */
  toInstant(localMs: number): number {
    return this.#zone === undefined ? localMs : fromLocal(localMs, this.#zone, true);
  }

  /** The watermark, or the time, at which a window with this end is complete: that of its last millisecond. */
  closesAt(localEnd: number): number {
    return this.toInstant(localEnd - 1);
  }
}
