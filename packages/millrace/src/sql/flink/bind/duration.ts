const unitMs: Readonly<Record<string, number>> = Object.freeze({
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  "": 1,
  ms: 1,
  milli: 1,
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
});

/** A duration of Flink's options, such as `10 min` or `500ms`, in ms; undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const match = /^\s*(\d{1,15})\s*([a-z]*)\s*$/i.exec(text);
  const unit = (match?.[2] ?? "-").toLowerCase();
  const factor = Object.hasOwn(unitMs, unit) ? unitMs[unit] : undefined;
  const ms = Number(match?.[1]) * (factor ?? Number.NaN);
  return Number.isSafeInteger(ms) ? ms : undefined;
}
