import type { GetMetricDataInput, GetMetricDataOutput, MetricDataResult } from "@aws-sdk/client-cloudwatch";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import type { TokenScope } from "../../../gateway/tokens.ts";
import { DataEvaluation, type TimeWindow } from "../data-evaluation.ts";
import { type DataQuery, dataQueriesOf } from "../data-queries.ts";
import { invalidToken, notImplemented, validation } from "../errors.ts";
import { limits } from "../limits.ts";
import type { TimeSeries } from "../math/value.ts";
import type { CloudwatchState } from "../state.ts";
import { periodRange } from "../time-range.ts";

type Order = "TimestampAscending" | "TimestampDescending";

/**
 * The time range is answered in stretches that hold no more than the asked number of points. Expressions may
 * look at the whole range, so they are answered at once or not at all.
 */
export async function getMetricData(
  state: CloudwatchState,
  input: Input<GetMetricDataInput>,
  call: Call,
): Promise<GetMetricDataOutput> {
  const queries = dataQueriesOf(input.MetricDataQueries, call);
  const whole = windowOf(state, input);
  if (input.LabelOptions?.Timezone !== undefined) throw notImplemented("GetMetricData with LabelOptions");
  if (queries.some(({ label }) => label?.includes("${")))
    throw notImplemented("GetMetricData with dynamic labels");
  await state.aggregator.flush();
  const order: Order = input.ScanBy ?? "TimestampDescending";
  const scope = scopeOf(input, call);
  const stretches = stretchesOf(queries, whole, input.MaxDatapoints, order);
  let at = startOf(state, scope, input.NextToken);
  for (let empty = 0; ; empty++, at++) {
    const results = resultsOf(state, queries, stretches.at(at), order);
    const isLast = at + 1 >= stretches.count;
    const hasPoints = results.some(({ Timestamps }) => (Timestamps?.length ?? 0) > 0);
    if (!isLast && !hasPoints && empty < limits.emptyWindows) continue;
    const StatusCode = isLast ? "Complete" : "PartialData";
    return {
      MetricDataResults: results.map((result) => ({ ...result, StatusCode })),
      Messages: [],
      ...(isLast ? {} : { NextToken: state.tokens.seal(scope, at + 1, limits.pageTokenLifeMs) }),
    };
  }
}

function windowOf(state: CloudwatchState, { StartTime, EndTime }: Input<GetMetricDataInput>): TimeWindow {
  const window = { startMs: StartTime.getTime(), endMs: EndTime.getTime(), nowMs: state.clock.now() };
  if (window.endMs > window.startMs) return window;
  throw validation("The parameter EndTime must be greater than StartTime.");
}

/** How the time range is cut: whole periods of all metrics, and no more points than one answer may hold. */
function stretchesOf(
  queries: readonly DataQuery[],
  whole: TimeWindow,
  asked: number | undefined,
  order: Order,
): Stretches {
  const spanMs = whole.endMs - whole.startMs;
  const most = Math.min(asked ?? limits.dataPointsPerGet, limits.dataPointsPerGet);
  if (most < 1) throw validation("The parameter MaxDatapoints must be greater than 0.");
  const periods = queries.flatMap((query) => (query.kind === "metric" ? [query.periodSeconds] : []));
  const perSecond = periods.reduce((sum, period) => sum + 1 / period, 0);
  if (queries.some(({ kind }) => kind === "expression")) {
    if ((spanMs / 1000) * perSecond <= limits.dataPointsPerGet)
      return new Stretches(whole, whole.startMs, spanMs, order);
    throw validation(
      `You have requested more than ${limits.dataPointsPerGet} datapoints for metric math. You may reduce the ` +
        "datapoints requested by increasing Period, or decreasing the time range.",
    );
  }
  // Cuts lie where the periods of every metric begin, however the start of each is rounded.
  const starts = periods.map((period) => periodRange(whole.startMs, whole.endMs, period, whole.nowMs));
  const firstSeconds = starts.reduce(
    (first, range) => Math.min(first, range.startSeconds),
    whole.startMs / 1000,
  );
  const stepSeconds = periods.reduce(leastCommonMultiple, periods.some((period) => period < 60) ? 60 : 1);
  const count = Math.max(1, Math.floor(most / perSecond / stepSeconds));
  return new Stretches(whole, firstSeconds * 1000, count * stepSeconds * 1000, order);
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** The time range cut into stretches of equal length, of which the first and the last may be shorter. */
class Stretches {
  readonly count: number;
  readonly #whole: TimeWindow;
  readonly #originMs: number;
  readonly #lengthMs: number;
  readonly #order: Order;

  constructor(whole: TimeWindow, originMs: number, lengthMs: number, order: Order) {
    this.#whole = whole;
    this.#originMs = originMs;
    this.#lengthMs = lengthMs;
    this.#order = order;
    this.count = Math.max(1, Math.ceil((whole.endMs - originMs) / lengthMs));
  }

  /** The stretch at a place in the answer. */
  at(place: number): TimeWindow {
    const index = this.#order === "TimestampAscending" ? place : this.count - 1 - place;
    const { startMs, endMs, nowMs } = this.#whole;
    const fromMs = this.#originMs + index * this.#lengthMs;
    return {
      startMs: Math.max(startMs, fromMs),
      endMs: Math.min(endMs, fromMs + this.#lengthMs),
      nowMs,
    };
  }
}

function resultsOf(
  state: CloudwatchState,
  queries: readonly DataQuery[],
  window: TimeWindow,
  order: Order,
): MetricDataResult[] {
  const evaluation = new DataEvaluation(state.metrics, queries, window);
  return queries
    .filter(({ isReturned }) => isReturned)
    .flatMap((query) => {
      const all = evaluation.seriesOf(query);
      return all.map((series) => resultOf(query, series, all.length > 1, order));
    });
}

function resultOf(
  query: DataQuery,
  series: TimeSeries,
  isOneOfMany: boolean,
  order: Order,
): MetricDataResult {
  const points = [...series.points].sort(([a], [b]) => (order === "TimestampAscending" ? a - b : b - a));
  const own = query.kind === "metric" || isOneOfMany ? series.label : query.id;
  return {
    Id: query.id,
    Label: query.label ?? own,
    Timestamps: points.map(([time]) => new Date(time * 1000)),
    Values: points.map(([, value]) => value),
  };
}

function scopeOf(input: Input<GetMetricDataInput>, { account, region }: Call): TokenScope {
  const { MetricDataQueries, StartTime, EndTime, ScanBy, MaxDatapoints } = input;
  const filters = { request: JSON.stringify([MetricDataQueries, StartTime, EndTime, ScanBy, MaxDatapoints]) };
  return { operation: "cloudwatch:GetMetricData", account, region, filters };
}

function startOf(state: CloudwatchState, scope: TokenScope, token: string | undefined): number {
  if (token === undefined) return 0;
  const opened = state.tokens.open(scope, token);
  if (opened.kind !== "valid") throw invalidToken();
  return Number(opened.position);
}
