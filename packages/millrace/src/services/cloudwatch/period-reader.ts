import type { MetricIdentity } from "../../core/telemetry.ts";
import type { MetricStore, StoredSeries } from "./metric-store.ts";
import { addSummary, emptySummary, type Summary } from "./summary.ts";
import type { PeriodRange } from "./time-range.ts";

/** What was reported in one period. Periods without data are left out. */
export interface PeriodSummary {
  readonly startSeconds: number;
  readonly summary: Summary;
}

/** The periods of a metric, all its units together or one alone. */
export function readPeriods(
  store: MetricStore,
  metric: Omit<MetricIdentity, "unit">,
  unit: string | undefined,
  range: PeriodRange,
  withValues: boolean,
): PeriodSummary[] {
  const periods = new Map<number, Summary>();
  for (const series of store.seriesOf(metric)) {
    if (unit !== undefined && series.unit !== unit) continue;
    addPeriods(store, series, range, withValues, periods);
  }
  return [...periods].sort(([a], [b]) => a - b).map(([startSeconds, summary]) => ({ startSeconds, summary }));
}

/** The periods of a metric in one of its units. */
export function readSeries(
  store: MetricStore,
  series: StoredSeries,
  range: PeriodRange,
  withValues: boolean,
): PeriodSummary[] {
  const periods = new Map<number, Summary>();
  addPeriods(store, series, range, withValues, periods);
  return [...periods].map(([startSeconds, summary]) => ({ startSeconds, summary }));
}

function addPeriods(
  store: MetricStore,
  series: StoredSeries,
  range: PeriodRange,
  withValues: boolean,
  periods: Map<number, Summary>,
): void {
  const { startSeconds, endSeconds, periodSeconds, tierSeconds } = range;
  if (tierSeconds === undefined) return;
  const stored = { series: series.id, tierSeconds, fromSeconds: startSeconds, untilSeconds: endSeconds };
  for (const { timeSeconds, summary } of store.points(stored, withValues)) {
    const period = timeSeconds - ((timeSeconds - startSeconds) % periodSeconds);
    const known = periods.get(period);
    if (known !== undefined) {
      addSummary(known, summary);
      continue;
    }
    const first = emptySummary();
    addSummary(first, summary);
    periods.set(period, first);
  }
}
