import {
  dateText,
  defaultTextStyle,
  type SqlType,
  timestampText,
  timeText,
  timeTzText,
} from "../../../kernels/warehouse/values/index.ts";

/** Days and microseconds from 1970 to 2000, from where the wire counts. */
export const epochDays = 10_957;
export const epochMicros = 946_684_800_000_000n;

const maxInt64 = 9_223_372_036_854_775_807n;
const minInt64 = -9_223_372_036_854_775_808n;
const maxInt32 = 2_147_483_647;
const minInt32 = -2_147_483_648;

export function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function int64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** The binary form of what `dateText` gives; undefined for other text. */
export function binaryDate(text: string): Buffer | undefined {
  if (text === "infinity") return int32(maxInt32);
  if (text === "-infinity") return int32(minInt32);
  const days = daysOf(text);
  return days === undefined ? undefined : int32(days - epochDays);
}

function daysOf(text: string): number | undefined {
  const match = /^(\d{4,7})-(\d\d)-(\d\d)(?:$| .*$)/.exec(text);
  if (match === null) return undefined;
  const [, shown = "", month = "", day = ""] = match;
  const year = text.endsWith(" BC") ? 1 - Number(shown) : Number(shown);
  return Math.floor(new Date(0).setUTCFullYear(year, Number(month) - 1, Number(day)) / 86_400_000);
}

/** Microseconds since midnight of `HH:MM:SS[.ffffff]`. */
function microsOf(text: string): bigint | undefined {
  const match = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?/.exec(text);
  if (match === null) return undefined;
  const seconds = Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3]);
  return BigInt(seconds) * 1_000_000n + BigInt((match[4] ?? "").padEnd(6, "0"));
}

/** Seconds east of UTC, as a time ends with. */
function offsetOf(text: string): number {
  const match = /([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/.exec(text);
  if (match === null) return 0;
  const size = Number(match[2]) * 3_600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
  return match[1] === "-" ? -size : size;
}

export function binaryTime(text: string): Buffer | undefined {
  const micros = microsOf(text);
  return micros === undefined ? undefined : int64(micros);
}

/** Int64 microseconds, Int32 seconds west of UTC */
export function binaryTimeTz(text: string): Buffer | undefined {
  const micros = microsOf(text);
  return micros === undefined ? undefined : Buffer.concat([int64(micros), int32(-offsetOf(text))]);
}

export function binaryTimestamp(text: string): Buffer | undefined {
  if (text === "infinity") return int64(maxInt64);
  if (text === "-infinity") return int64(minInt64);
  const days = daysOf(text);
  const time = text.replace(/ BC$/, "").split(" ")[1];
  const micros = time === undefined ? undefined : microsOf(time);
  if (days === undefined || time === undefined || micros === undefined) return undefined;
  const utc = BigInt(days) * 86_400_000_000n + micros - BigInt(offsetOf(time)) * 1_000_000n;
  return int64(utc - epochMicros);
}

/** The text of a date or time that a client sends in binary; undefined when its length is wrong. */
export function dateParameter(bytes: Buffer, type: SqlType): string | undefined {
  const lengths: Readonly<Record<string, number>> = {
    date: 4,
    time: 8,
    timetz: 12,
    timestamp: 8,
    timestamptz: 8,
  };
  if (bytes.length !== lengths[type.name]) return undefined;
  if (type.name === "date") {
    const days = bytes.readInt32BE(0);
    if (days === maxInt32) return "infinity";
    return days === minInt32 ? "-infinity" : dateText(days + epochDays);
  }
  const micros = bytes.readBigInt64BE(0);
  if (type.name === "time" || type.name === "timetz") {
    if (micros < 0n || micros > 86_400_000_000n) return undefined;
    if (type.name === "time") return timeText(Number(micros));
    return timeTzText(Number(micros), -bytes.readInt32BE(8));
  }
  if (micros === maxInt64) return "infinity";
  if (micros === minInt64) return "-infinity";
  return timestampText(micros + epochMicros, type.name === "timestamptz" ? defaultTextStyle.zone : undefined);
}
