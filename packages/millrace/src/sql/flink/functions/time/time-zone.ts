/**
 * Time zones by IANA names, Java's short names (`PST`) and offsets (`GMT-08:00`, `+02:00`). Offsets come from Intl
 * once for each block of days and are kept, so that a row costs a comparison.
 */

const blockMs = 16 * 86_400_000;
/** Blocks kept for a zone: 700 years. */
const maxBlocks = 16_384;
/** Names kept: zones of rows may be anything. */
const maxZones = 1000;

/** Java's ZoneId.SHORT_IDS. */
const shortNames: Readonly<Record<string, string>> = Object.freeze({
  ACT: "Australia/Darwin",
  AET: "Australia/Sydney",
  AGT: "America/Argentina/Buenos_Aires",
  ART: "Africa/Cairo",
  AST: "America/Anchorage",
  BET: "America/Sao_Paulo",
  BST: "Asia/Dhaka",
  CAT: "Africa/Harare",
  CNT: "America/St_Johns",
  CST: "America/Chicago",
  CTT: "Asia/Shanghai",
  EAT: "Africa/Addis_Ababa",
  ECT: "Europe/Paris",
  EST: "-05:00",
  HST: "-10:00",
  IET: "America/Indiana/Indianapolis",
  IST: "Asia/Kolkata",
  JST: "Asia/Tokyo",
  MIT: "Pacific/Apia",
  MST: "-07:00",
  NET: "Asia/Yerevan",
  NST: "Pacific/Auckland",
  PLT: "Asia/Karachi",
  PNT: "America/Phoenix",
  PRT: "America/Puerto_Rico",
  PST: "America/Los_Angeles",
  SST: "Pacific/Guadalcanal",
  VST: "Asia/Ho_Chi_Minh",
});

export interface TimeZone {
  readonly name: string;
  /** Milliseconds to be added to a time in UTC to get the local one. */
  offsetAt(utcMs: number): number;
}

/** Local time, as milliseconds since 1970 of the clock on the wall. */
export function toLocal(utcMs: number, zone: TimeZone): number {
  return utcMs + zone.offsetAt(utcMs);
}

/**
 * The time in UTC of a local one. A time that was skipped moves on by the gap. One that came twice is the first
 * of the two, as java.time has it, or with `isLater` the second, as java.util.Calendar has it.
 */
export function fromLocal(localMs: number, zone: TimeZone, isLater = false): number {
  const before = zone.offsetAt(localMs - 86_400_000);
  const after = zone.offsetAt(localMs + 86_400_000);
  if (before === after) return localMs - before;
  const first = localMs - before;
  const second = localMs - after;
  const isFirst = zone.offsetAt(first) === before;
  const isSecond = zone.offsetAt(second) === after;
  if (isFirst && isSecond) return isLater ? Math.max(first, second) : Math.min(first, second);
  return isSecond ? second : first;
}

/** Zones by name, kept. One for each call site or operator: nothing of it is shared by jobs. */
export class TimeZones {
  readonly #zones = new Map<string, TimeZone | undefined>();
  #lastName: string | undefined;
  #last: TimeZone | undefined;

  /** Undefined for a name that is no zone's. */
  find(name: string): TimeZone | undefined {
    if (name === this.#lastName) return this.#last;
    if (!this.#zones.has(name)) {
      if (this.#zones.size >= maxZones) this.#zones.clear();
      this.#zones.set(name, openZone(name));
    }
    this.#lastName = name;
    this.#last = this.#zones.get(name);
    return this.#last;
  }
}

function openZone(name: string): TimeZone | undefined {
  const meant = Object.hasOwn(shortNames, name) ? (shortNames[name] ?? name) : name;
  const offsetMs = parseOffset(meant);
  if (offsetMs !== undefined) return { name, offsetAt: () => offsetMs };
  try {
    return new IanaZone(meant);
  } catch {
    // Intl knows no such name.
    return undefined;
  }
}

/** `Z`, `UTC`, `GMT`, and these or nothing with `+8`, `+08`, `+0800`, `+08:00`, `+08:00:00`. */
function parseOffset(text: string): number | undefined {
  if (text === "Z" || text === "UTC" || text === "GMT" || text === "UT") return 0;
  const match = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (total > 18 * 3600 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return (sign === "-" ? -total : total) * 1000;
}

class IanaZone implements TimeZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #blocks = new Map<number, Block>();
  #block: Block = { from: 1, change: 0, to: 0, before: 0, after: 0 };

  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  offsetAt(utcMs: number): number {
    let block = this.#block;
    if (utcMs < block.from || utcMs >= block.to) {
      block = this.#find(utcMs);
      this.#block = block;
    }
    return utcMs < block.change ? block.before : block.after;
  }

  #find(utcMs: number): Block {
    const index = Math.floor(utcMs / blockMs);
    const known = this.#blocks.get(index);
    if (known !== undefined) return known;
    const from = index * blockMs;
    const to = from + blockMs;
    const [before, after] = [this.#ask(from), this.#ask(to)];
    const block = {
      from,
      change: before === after ? from : this.#change(from, to, before),
      to,
      before,
      after,
    };
    if (this.#blocks.size >= maxBlocks) this.#blocks.clear();
    this.#blocks.set(index, block);
    return block;
  }

  /** The first second with another offset. */
  #change(from: number, to: number, before: number): number {
    let [low, high] = [from / 1000, to / 1000];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#ask(middle * 1000) === before) low = middle;
      else high = middle;
    }
    return high * 1000;
  }

  /** What Intl says, beyond whose range the nearest time is asked for. */
  #ask(utcMs: number): number {
    const asked = Math.min(Math.max(utcMs, -8.64e15 + 86_400_000), 8.64e15 - 86_400_000);
    const parts: Record<string, number> = {};
    let isBefore = false;
    for (const { type, value } of this.#format.formatToParts(asked)) {
      parts[type] = Number(value);
      isBefore ||= type === "era" && value.startsWith("B");
    }
    const year = isBefore ? 1 - (parts["year"] ?? 0) : (parts["year"] ?? 0);
    const local = new Date(0).setUTCFullYear(year, (parts["month"] ?? 1) - 1, parts["day"] ?? 1);
    const time = ((parts["hour"] ?? 0) * 60 + (parts["minute"] ?? 0)) * 60 + (parts["second"] ?? 0);
    return local + time * 1000 - Math.floor(asked / 1000) * 1000;
  }
}

/** From `change` on the offset is `after`. */
interface Block {
  readonly from: number;
  readonly change: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}
