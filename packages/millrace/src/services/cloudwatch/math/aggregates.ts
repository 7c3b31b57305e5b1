import { MathError } from "./parse.ts";
import { fromPoints, type MathValue, scalar, seriesValue, type TimeSeries } from "./value.ts";

type Aggregate = (values: readonly number[]) => number;

const total: Aggregate = (values) => values.reduce((sum, value) => sum + value, 0);
const mean: Aggregate = (values) => total(values) / values.length;

/** Functions that make one number of many: of a series a number, of an array a series. */
export const aggregates: Readonly<Record<string, Aggregate>> = {
  AVG: mean,
  MAX: (values) => values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  MIN: (values) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  STDDEV: (values) => {
    const middle = mean(values);
    return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  },
  SUM: total,
};

export function aggregate(name: string, change: Aggregate, value: MathValue): MathValue {
  if (value.kind === "series") {
    const values = [...value.series.points.values()];
    return scalar(values.length === 0 ? Number.NaN : change(values));
  }
  if (value.kind !== "list") throw new MathError(`${name} takes a time series or an array of them`);
  const [first] = value.items;
  if (first === undefined) return { kind: "list", items: [] };
  return seriesValue(
    fromPoints(
      first,
      byTime(value.items).map(([time, values]) => [time, change(values)]),
    ),
  );
}

/** The values of several series at each time at which one of them has any. */
function byTime(items: readonly TimeSeries[]): [number, number[]][] {
  const values = new Map<number, number[]>();
  for (const { points } of items)
    for (const [time, value] of points) {
      const known = values.get(time);
      if (known === undefined) values.set(time, [value]);
      else known.push(value);
    }
  return [...values].sort(([a], [b]) => a - b);
}
