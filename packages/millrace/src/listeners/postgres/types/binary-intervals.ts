import { type IntervalParts, intervalMicros, intervalText } from "../../../kernels/warehouse/values/index.ts";
import { int32, int64 } from "./binary-dates.ts";

export type IntervalName = "interval" | "interval year to month" | "interval day to second";

const unitMonths: Readonly<Record<string, number>> = { year: 12, mon: 1 };
const unitMicros: Readonly<Record<string, bigint>> = {
  day: 86_400_000_000n,
  hour: 3_600_000_000n,
  min: 60_000_000n,
  sec: 1_000_000n,
};

/**
 *   interval               => Int64 microseconds (days among them), Int32 months
 *   interval year to month => Int32 months
 *   interval day to second => Int64 microseconds
 */
export function binaryInterval(text: string, name: IntervalName): Buffer | undefined {
  const parts = intervalParts(text);
  if (parts === undefined) return undefined;
  if (name === "interval year to month") return int32(parts.months);
  if (name === "interval day to second") return int64(intervalMicros(parts));
  return Buffer.concat([int64(parts.micros), int32(parts.months)]);
}

/** Reads what `intervalText` writes. */
function intervalParts(text: string): IntervalParts | undefined {
  let months = 0;
  let micros = 0n;
  const pattern =
    /([+-]?)(\d+)(?:\.(\d{1,6}))? (year|mon|day|hour|min|sec)s?(?: |$)|([+-]?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [
      ,
      sign,
      amount = "0",
      decimals = "",
      unit = "",
      clockSign,
      hours,
      minutes = "",
      seconds = "",
      rest = "",
    ] = match;
    if (hours !== undefined) {
      const size =
        BigInt(hours) * 3_600_000_000n +
        BigInt(Number(minutes) * 60 + Number(seconds)) * 1_000_000n +
        fraction(rest);
      micros += clockSign === "-" ? -size : size;
    } else if (unit in unitMonths) months += Number(`${sign}${amount}`) * (unitMonths[unit] ?? 0);
    else {
      const size = BigInt(amount) * (unitMicros[unit] ?? 0n) + fraction(decimals);
      micros += sign === "-" ? -size : size;
    }
  }
  return { months, days: 0, micros };
}

function fraction(digits: string): bigint {
  return BigInt(digits.padEnd(6, "0"));
}

/** The text of an interval that a client sends in binary; undefined when its length is wrong. */
export function intervalParameter(bytes: Buffer, name: IntervalName): string | undefined {
  if (name === "interval year to month")
    return bytes.length === 4
      ? intervalText({ months: bytes.readInt32BE(0), days: 0, micros: 0n }, name)
      : undefined;
  if (name === "interval day to second")
    return bytes.length === 8
      ? intervalText({ months: 0, days: 0, micros: bytes.readBigInt64BE(0) }, name)
      : undefined;
  // Clients of later PostgreSQLs send days of their own.
  if (bytes.length !== 12 && bytes.length !== 16) return undefined;
  const days = bytes.length === 16 ? bytes.readInt32BE(8) : 0;
  return intervalText(
    { months: bytes.readInt32BE(bytes.length - 4), days, micros: bytes.readBigInt64BE(0) },
    name,
  );
}
