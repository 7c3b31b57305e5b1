import type {
  Datapoint,
  GetMetricStatisticsInput,
  GetMetricStatisticsOutput,
} from "@aws-sdk/client-cloudwatch";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidCombination, invalidValue, missingParameter } from "../errors.ts";
import { limits } from "../limits.ts";
import { metricOf } from "../metric-name.ts";
import type { StoredSeries } from "../metric-store.ts";
import { type PeriodSummary, readSeries } from "../period-reader.ts";
import type { CloudwatchState } from "../state.ts";
import { type Statistic, statisticOf } from "../statistic.ts";
import { isPeriod, periodRange } from "../time-range.ts";

export async function getMetricStatistics(
  state: CloudwatchState,
  input: Input<GetMetricStatisticsInput>,
  call: Call,
): Promise<GetMetricStatisticsOutput> {
  const statistics = statisticsOf(input);
  checkTimes(input);
  const named = { namespace: input.Namespace, name: input.MetricName, dimensions: input.Dimensions };
  const metric = metricOf(named, call, "Dimensions");
  await state.aggregator.flush();
  const [startMs, endMs] = [input.StartTime.getTime(), input.EndTime.getTime()];
  const range = periodRange(startMs, endMs, input.Period, state.clock.now());
  const withValues = statistics.some(({ needsValues }) => needsValues);
  const points: Datapoint[] = [];
  for (const series of state.metrics.seriesOf(metric)) {
    if (input.Unit !== undefined && series.unit !== input.Unit) continue;
    for (const period of readSeries(state.metrics, series, range, withValues)) {
      const point = pointOf(period, series, statistics);
      if (point !== undefined) points.push(point);
    }
  }
  return { Label: input.MetricName, Datapoints: points };
}

function statisticsOf(input: Input<GetMetricStatisticsInput>): Statistic[] {
  const { Statistics: plain, ExtendedStatistics: extended } = input;
  if (plain === undefined && extended === undefined)
    throw missingParameter("Must specify either Statistics or ExtendedStatistics");
  if (plain !== undefined && extended !== undefined)
    throw invalidCombination("Must specify either Statistics or ExtendedStatistics but not both");
  if (plain !== undefined) return plain.map((name) => statisticOf(name, "Statistics"));
  return (extended ?? []).map((name) => {
    const statistic = statisticOf(name, "ExtendedStatistics");
    if (statistic.needsValues) return statistic;
    throw invalidValue(`The value ${name} for parameter ExtendedStatistics is not supported.`);
  });
}

function checkTimes({ StartTime, EndTime, Period }: Input<GetMetricStatisticsInput>): void {
  const spanMs = EndTime.getTime() - StartTime.getTime();
  if (spanMs === 0) throw invalidValue("The parameter StartTime must not equal parameter EndTime.");
  if (!(spanMs > 0)) throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
  if (!isPeriod(Period))
    throw invalidValue("The parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.");
  const count = Math.ceil(spanMs / 1000 / Period);
  const limit = limits.dataPointsPerStatisticsCall;
  if (count > limit)
    throw invalidCombination(
      `You have requested up to ${count.toLocaleString("en")} datapoints, which exceeds the limit of ` +
        `${limit.toLocaleString("en")}. You may reduce the datapoints requested by increasing Period, or ` +
        "decreasing the time range.",
    );
}

/** Undefined when none of the statistics can be told. */
function pointOf(
  { startSeconds, summary }: PeriodSummary,
  { unit }: StoredSeries,
  statistics: readonly Statistic[],
): Datapoint | undefined {
  const plain: Record<string, number> = {};
  const extended: Record<string, number> = {};
  let told = 0;
  for (const { name, needsValues, of } of statistics) {
    const value = of(summary);
    if (value === undefined) continue;
    told++;
    (needsValues ? extended : plain)[name] = value;
  }
  if (told === 0) return undefined;
  const Timestamp = new Date(startSeconds * 1000);
  const hasExtended = Object.keys(extended).length > 0;
  return {
    Timestamp,
    ...plain,
    Unit: unit as NonNullable<Datapoint["Unit"]>,
    ...(hasExtended ? { ExtendedStatistics: extended } : {}),
  };
}
