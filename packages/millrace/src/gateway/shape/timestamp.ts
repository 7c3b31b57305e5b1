import { ServiceError } from "../../core/errors.ts";
import type { TimestampFormat } from "../model/shape.ts";
import { serializationError } from "./serialization-error.ts";

/** The largest instant that a Date holds, in milliseconds on either side of the epoch. */
const maxInstantMs = 8_640_000_000_000_000;
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const httpDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d(?:\.\d+)? GMT$/;
const epochSeconds = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Seconds since the epoch, or any of the text forms that AWS models use. */
export function parseTimestamp(value: number | string): Date {
  if (typeof value === "number") return instant(value * 1000);
  if (rfc3339.test(value) || httpDate.test(value)) return instant(Date.parse(value));
  if (epochSeconds.test(value)) return instant(Number(value) * 1000);
  throw serializationError("STRING_VALUE can not be converted to a Date");
}

/** True when `parseTimestamp` takes the text. */
export function isTimestamp(text: string): boolean {
  try {
    parseTimestamp(text);
    return true;
  } catch (thrown) {
    if (thrown instanceof ServiceError) return false;
    throw thrown;
  }
}

export function instant(epochMs: number): Date {
  const rounded = Math.round(epochMs);
  if (!(Math.abs(rounded) <= maxInstantMs))
    throw serializationError("The value can not be converted to a Date");
  return new Date(rounded);
}

/** Text of a timestamp; milliseconds appear only when there are any. */
export function formatTimestamp(value: Date, format: TimestampFormat): string {
  if (format === "epoch-seconds") return String(value.getTime() / 1000);
  if (format === "http-date") return value.toUTCString();
  return value.toISOString().replace(".000Z", "Z");
}
