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

/** The finest steps, as logarithms, in which values are kept when there are too many: two per cent. */
const finestStep = 0.02;

/** At most half as many values, in steps of equal ratio, which are as fine as that allows. */
function condensed(values: ReadonlyMap<number, number>): Map<number, number> {
  for (let step = finestStep; ; step *= 2) {
    const result = new Map<number, number>();
    for (const [value, count] of values) {
      const rounded = onGrid(value, step);
      result.set(rounded, (result.get(rounded) ?? 0) + count);
    }
    if (result.size <= limits.valuesPerPoint / 2) return result;
  }
}

function onGrid(value: number, step: number): number {
  if (value === 0) return 0;
  return Math.sign(value) * Math.exp(Math.round(Math.log(Math.abs(value)) / step) * step);
}

/** The smallest value that `percent` of the values do not exceed. */
export function percentile(summary: Summary, percent: number): number | undefined {
  if (summary.values === undefined || summary.count === 0) return undefined;
  const rank = (percent / 100) * summary.count;
  let seen = 0;
  for (const [value, count] of [...summary.values].sort(([a], [b]) => a - b)) {
    seen += count;
    // Counts may be fractions, whose sums are not exact.
    if (seen >= rank - 1e-9) return Math.min(Math.max(value, summary.min), summary.max);
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
