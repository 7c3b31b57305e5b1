/** Days whose offsets one zone remembers. */
const maxRememberedDays = 4_096;
const daySeconds = 86_400;

/** Instants of a day at which the offset may have changed, counted from the day's start. */
interface DayOffsets {
  readonly startOffset: number;
  /** Seconds into the day from which on `endOffset` holds. */
  readonly changesAt: number;
  readonly endOffset: number;
}

/** Seconds that a time zone is ahead of UTC, for any instant. Looking one up costs little after the first of its day. */
export class ZoneOffsets {
  readonly #format: Intl.DateTimeFormat | undefined;
  readonly #fixedSeconds: number;
  readonly #days = new Map<number, DayOffsets>();

  /** A name of the IANA database or a POSIX offset, as `TimeZone` may be set; anything else stands for UTC. */
  constructor(zone: string) {
    const fixed = fixedOffset(zone);
    this.#fixedSeconds = fixed ?? 0;
    this.#format = fixed === undefined ? formatOf(zone) : undefined;
  }

  /** @param epochSeconds whole seconds since 1970 UTC */
  at(epochSeconds: number): number {
    if (this.#format === undefined) return this.#fixedSeconds;
    const day = Math.floor(epochSeconds / daySeconds);
    let offsets = this.#days.get(day);
    if (offsets === undefined) {
      if (this.#days.size >= maxRememberedDays) this.#days.clear();
      offsets = this.#look(this.#format, day);
      this.#days.set(day, offsets);
    }
    return epochSeconds - day * daySeconds < offsets.changesAt ? offsets.startOffset : offsets.endOffset;
  }

  /** No zone has changed twice within one day of UTC. */
  #look(format: Intl.DateTimeFormat, day: number): DayOffsets {
    const start = day * daySeconds;
    const startOffset = offsetAt(format, start);
    const endOffset = offsetAt(format, start + daySeconds - 1);
    if (startOffset === endOffset) return { startOffset, changesAt: 0, endOffset };
    let before = 0;
    let after = daySeconds - 1;
    while (after - before > 1) {
      const middle = (before + after) >> 1;
      if (offsetAt(format, start + middle) === startOffset) before = middle;
      else after = middle;
    }
    return { startOffset, changesAt: after, endOffset };
  }
}

/** Instants that JavaScript's dates do not reach have the offset of the nearest that they do. */
const maxDateSeconds = 8_640_000_000_000 - daySeconds;

function offsetAt(format: Intl.DateTimeFormat, epochSeconds: number): number {
  const seconds = Math.min(Math.max(epochSeconds, -maxDateSeconds), maxDateSeconds);
  const part = format.formatToParts(seconds * 1_000).find((entry) => entry.type === "timeZoneName");
  const match = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(part?.value ?? "");
  if (match === null) return 0;
  const size = Number(match[2]) * 3_600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === "-" ? -size : size;
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    // A name that this machine does not know was refused when it was set; what is left reads as UTC.
    return undefined;
  }
}

/** `UTC`, `+05:30`, `-8`, and `UTC-3`, `GMT+5`, `<+03>-03`, where by POSIX's rule east is negative. */
function fixedOffset(zone: string): number | undefined {
  if (/^(utc|gmt|z|zulu|ucl)$/i.test(zone)) return 0;
  const match = /^(utc|gmt|<[^>]*>)?([+-])?(\d{1,2})(?::?(\d\d))?$/i.exec(zone.trim());
  if (match === null) return undefined;
  const size = Number(match[3]) * 3_600 + Number(match[4] ?? 0) * 60;
  const east = (match[2] === "-") === (match[1] !== undefined);
  return east ? size : -size;
}
