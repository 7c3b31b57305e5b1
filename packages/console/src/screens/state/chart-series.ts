import type { ChartSeries } from "../../ui/time-chart.tsx";
import { gaugeOf, quantileBetween, type Sample, sumBy } from "./prometheus.ts";
import type { Reading } from "./use-readings.ts";

/** Series that a chart can still be read with. */
const maxSeries = 7;

export interface Series {
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
}

type Figure = (before: Reading, after: Reading) => number | null;

/** Values between each two readings. */
function between(readings: readonly Reading[], figures: readonly (readonly [string, Figure])[]): Series {
  const pairs = readings.slice(1).map((after, i) => [readings[i] ?? after, after] as const);
  return {
    times: pairs.map(([, after]) => after.at),
    series: figures.map(([label, figure]) => ({
      label,
      values: pairs.map(([before, after]) => figure(before, after)),
    })),
  };
}

const perSecond =
  (count: (samples: readonly Sample[]) => number): Figure =>
  (before, after) => {
    const grown = count(after.samples) - count(before.samples);
    // A counter that fell has begun anew.
    return grown < 0 ? null : (grown * 1_000) / Math.max(1, after.at - before.at);
  };

/** Growth of a counter in each second, for each value of a label; the largest ones. */
export function ratesBy(
  readings: readonly Reading[],
  name: string,
  by: string,
  fits?: (labels: Sample["labels"]) => boolean,
): Series {
  const totals = sumBy(readings.at(-1)?.samples ?? [], name, by, fits);
  const labels = [...totals]
    .filter(([label, total]) => label !== "-" && total > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, maxSeries)
    .map(([label]) => label)
    .sort();
  return between(
    readings,
    labels.map((label) => [label, perSecond((samples) => sumBy(samples, name, by, fits).get(label) ?? 0)]),
  );
}

/** Quantiles of a histogram, in milliseconds. */
export function latencies(readings: readonly Reading[], name: string): Series {
  const at =
    (share: number): Figure =>
    (before, after) => {
      const seconds = quantileBetween(before.samples, after.samples, name, share);
      return seconds === undefined ? null : seconds * 1_000;
    };
  return between(readings, [
    ["p50", at(0.5)],
    ["p95", at(0.95)],
    ["p99", at(0.99)],
  ]);
}

/** Gauges as they are. */
export function gauges(readings: readonly Reading[], names: readonly (readonly [string, string])[]): Series {
  return between(
    readings,
    names.map(([label, name]) => [label, (_before, after) => gaugeOf(after.samples, name) ?? null]),
  );
}

/** Cores that were busy. */
export function cpuUse(readings: readonly Reading[]): Series {
  const seconds = perSecond((samples) => gaugeOf(samples, "process_cpu_seconds_total") ?? 0);
  return between(readings, [["cores", seconds]]);
}
