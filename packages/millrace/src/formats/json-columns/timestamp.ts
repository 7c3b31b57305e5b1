/** A moment: days since 1970-01-01 and nanoseconds of the day. */
export interface Moment {
  readonly epochDay: number;
  readonly nanosOfDay: number;
}

const dayMs = 86_400_000;
const nanosPerDay = 86_400_000_000_000;
/** What an epoch below it counts is seconds, and else milliseconds: Firehose draws the line there. */
const millisFrom = 1e12;

/** The day, or undefined when the calendar does not have it. */
export function epochDayOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return Math.round(date.getTime() / dayMs);
}

/** `yyyy-[M]M-[d]d` */
export function parseDate(text: string): number | undefined {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (found === null) return undefined;
  return epochDayOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

const lenient = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z?$/;

/** `yyyy-[M]M-[d]d [H]H:[m]m:[s]s[.S]`: what java.sql.Timestamp.valueOf reads. */
export function parseSqlTimestamp(text: string): Moment | undefined {
  return fromParts(lenient.exec(text));
}

/** Besides, `yyyy-MM-dd'T'HH:mm:ss[.S]'Z'`, and an epoch in seconds, with a fraction, or in milliseconds. */
export function parseTimestamp(text: string): Moment | undefined {
  const found = lenient.exec(text) ?? iso.exec(text);
  if (found !== null) return fromParts(found);
  if (!/^\s*[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?\s*$/.test(text)) return undefined;
  return fromEpoch(Number(text));
}

function fromEpoch(epoch: number): Moment | undefined {
  const ms = Math.abs(epoch) < millisFrom ? epoch * 1000 : epoch;
  return fromEpochMs(Math.round(ms));
}

export function fromEpochMs(ms: number): Moment | undefined {
  // The Julian day is of 32 bits; far beyond it a double no longer tells milliseconds apart either.
  if (!Number.isSafeInteger(ms)) return undefined;
  const epochDay = Math.floor(ms / dayMs);
  return { epochDay, nanosOfDay: (ms - epochDay * dayMs) * 1_000_000 };
}

function fromParts(parts: RegExpExecArray | null): Moment | undefined {
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const epochDay = epochDayOf(year, month, day);
  if (epochDay === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const nanos = Number((parts[7] ?? "").padEnd(9, "0"));
  return { epochDay, nanosOfDay: ((hour * 60 + minute) * 60 + second) * 1e9 + nanos };
}

/** Moves it by an offset of minutes from UTC. */
export function minusMinutes(moment: Moment, minutes: number): Moment {
  const nanos = moment.nanosOfDay - minutes * 60_000_000_000;
  const days = Math.floor(nanos / nanosPerDay);
  return { epochDay: moment.epochDay + days, nanosOfDay: nanos - days * nanosPerDay };
}
