import { macro } from "./engine-text.ts";
import { type FunctionEntry, scalar } from "./function-entry.ts";

const plus = ([a, b]: readonly string[]): string => `(${a} + ${b})`;
const minus = ([a, b]: readonly string[]): string => `(${a} - ${b})`;

const withIntervals: readonly FunctionEntry[] = ["interval", "ym", "ds"].flatMap((interval) => [
  scalar(`+(date, ${interval}) timestamp`, plus),
  scalar(`+(${interval}, date) timestamp`, plus),
  scalar(`+(timestamp, ${interval}) timestamp`, plus),
  scalar(`+(${interval}, timestamp) timestamp`, plus),
  scalar(`+(timestamptz, ${interval}) timestamptz`, plus),
  scalar(`+(${interval}, timestamptz) timestamptz`, plus),
  scalar(`+(time, ${interval}) time`, plus),
  scalar(`+(timetz, ${interval}) timetz`, plus),
  scalar(`-(date, ${interval}) timestamp`, minus),
  scalar(`-(timestamp, ${interval}) timestamp`, minus),
  scalar(`-(timestamptz, ${interval}) timestamptz`, minus),
  scalar(`-(time, ${interval}) time`, minus),
  scalar(`-(timetz, ${interval}) timetz`, minus),
  scalar(`+(${interval}, ${interval}) ${interval}`, plus),
  scalar(`-(${interval}, ${interval}) ${interval}`, minus),
  scalar(`*(${interval}, float8) ${interval}`, ([a, b]) => `(${a} * ${b})`),
  scalar(`*(float8, ${interval}) ${interval}`, ([a, b]) => `(${b} * ${a})`),
  scalar(`/(${interval}, float8) ${interval}`, ([a, b = ""]) => `(${a} * (1.0 / ${macro("nonzero", b)}))`),
  scalar(`-_(${interval}) ${interval}`, ([a]) => `(-${a})`),
  scalar(`+_(${interval}) ${interval}`, ([a = ""]) => a),
]);

/** `+` and `-` of dates, times and intervals. The difference of timestamps has days and times, no months. */
export const dateOperators: readonly FunctionEntry[] = Object.freeze([
  scalar("+(date, int4) date", plus),
  scalar("+(int4, date) date", plus),
  scalar("-(date, int4) date", minus),
  scalar("-(date, date) int4", ([a, b]) => `CAST(${a} - ${b} AS INTEGER)`),
  scalar("+(date, time) timestamp", plus),
  scalar("+(time, date) timestamp", plus),
  scalar("+(date, timetz) timestamptz", plus),
  ...withIntervals,
  scalar("-(timestamp, timestamp) interval", minus),
  scalar("-(timestamptz, timestamptz) interval", minus),
  scalar("-(time, time) interval", ([a = "", b = ""]) => macro("time_difference", a, b)),
]);
