import { limits } from "./limits.ts";

/** Everything that is kept of the values of one period. */
export interface Summary {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** How often each value occurred; undefined where only totals were reported, so there are no percentiles. */
  values: Map<number, number> | undefined;
}

export function emptySummary(): Summary {
  return {
    count: 0,
    sum: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    values: new Map(),
  };
}

/** One value that occurred `count` times. */
export function summaryOf(value: number, count: number): Summary {
  return { count, sum: value * count, min: value, max: value, values: new Map([[value, count]]) };
}

/** Adds `more` to `into`. */
export function addSummary(into: Summary, more: Summary): void {
  into.count += more.count;
  into.sum += more.sum;
  into.min = Math.min(into.min, more.min);
  into.max = Math.max(into.max, more.max);
  if (more.values === undefined || into.values === undefined) {
    into.values = undefined;
    return;
  }
  for (const [value, count] of more.values) into.values.set(value, (into.values.get(value) ?? 0) + count);
  if (into.values.size > limits.valuesPerPoint) into.values = condensed(into.values);
}

/** Half as many values: those that lie closest together, for their size, become their mean. */
function condensed(values: ReadonlyMap<number, number>): Map<number, number> {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const gaps = sorted.slice(1).map(([value], at) => {
    const before = sorted[at]?.[0] ?? value;
    return { at, gap: (value - before) / Math.max(Math.abs(value), Math.abs(before), Number.MIN_VALUE) };
  });
  const closest = gaps.sort((a, b) => a.gap - b.gap).slice(0, sorted.length - limits.valuesPerPoint / 2);
  const joined = new Set(closest.map(({ at }) => at));
  const result = new Map<number, number>();
  let sum = 0;
  let count = 0;
  for (const [at, [value, times]] of sorted.entries()) {
    sum += value * times;
    count += times;
    if (joined.has(at)) continue;
    const mean = sum / count;
    result.set(mean, (result.get(mean) ?? 0) + count);
    sum = 0;
    count = 0;
  }
  return result;
}

/** The smallest value that `percent` of the values do not exceed. */
export function percentile(summary: Summary, percent: number): number | undefined {
  if (summary.values === undefined || summary.count === 0) return undefined;
  const rank = (percent / 100) * summary.count;
  let seen = 0;
  for (const [value, count] of [...summary.values].sort(([a], [b]) => a - b)) {
    seen += count;
    // Counts may be fractions, whose sums are not exact.
    if (seen >= rank - 1e-9) return value;
  }
  return summary.max;
}

/** Pairs of value and count, eight bytes each, little-endian. */
export function encodeValues(values: ReadonlyMap<number, number> | undefined): Uint8Array | null {
  if (values === undefined) return null;
  const bytes = new Uint8Array(values.size * 16);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, count] of values) {
    view.setFloat64(at, value, true);
    view.setFloat64(at + 8, count, true);
    at += 16;
  }
  return bytes;
}

export function decodeValues(bytes: unknown): Map<number, number> | undefined {
  if (!(bytes instanceof Uint8Array)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Map<number, number>();
  for (let at = 0; at + 16 <= bytes.length; at += 16)
    values.set(view.getFloat64(at, true), view.getFloat64(at + 8, true));
  return values;
}
