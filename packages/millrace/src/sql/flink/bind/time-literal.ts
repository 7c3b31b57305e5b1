const dateForm = /^(\d{4,5})-(\d{1,2})-(\d{1,2})$/;
const timeForm = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?$/;
const dayMs = 86_400_000;

/** What a text of a date or time says; `precision` is the number of digits of the second's fraction. */
export interface TimeValue {
  readonly value: number;
  readonly precision: number;
}

/** `2024-02-29` in days since 1970; undefined for what is no date. */
export function dateValue(text: string): number | undefined {
  const match = dateForm.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const ms = new Date(0).setUTCFullYear(year, month - 1, day);
  const date = new Date(ms);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? Math.floor(ms / dayMs) : undefined;
}

/** `10:00:00.123` in milliseconds of the day, microseconds as a fraction. */
export function timeValue(text: string): TimeValue | undefined {
  const match = timeForm.exec(text);
  if (match === null) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = match[4] ?? "";
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  const whole = ((hour * 60 + minute) * 60 + second) * 1_000_000;
  return { value: (whole + micros) / 1000, precision: fraction.length };
}

/** `2024-01-01 10:00:00.123` in milliseconds since 1970, as if it were UTC. */
export function timestampValue(text: string): TimeValue | undefined {
  const split = text.search(/[ T]/);
  const date = dateValue(split < 0 ? text : text.slice(0, split));
  const time = split < 0 ? { value: 0, precision: 0 } : timeValue(text.slice(split + 1).trim());
  if (date === undefined || time === undefined) return undefined;
  return { value: Math.round((date * dayMs + time.value) * 1000) / 1000, precision: time.precision };
}
