import { aggregate, aggregates } from "./aggregates.ts";
import { MathError } from "./parse.ts";
import {
  fromPoints,
  listOf,
  type MathValue,
  mapPoints,
  mapValue,
  scalar,
  scalarOf,
  seriesOf,
  seriesValue,
  type TimeSeries,
} from "./value.ts";

/** What a function may look at beside its arguments. */
export interface MathScope {
  /** The metrics of the request, in its order; expressions are not among them. */
  metrics(idPart: string | undefined): readonly TimeSeries[];
  /** The beginnings of all periods of the request, with data or not. */
  periods(periodSeconds: number): readonly number[];
  /** The shortest period of the request's metrics, for a series made of a number. */
  readonly periodSeconds: number;
}

type MathFunction = (args: readonly MathValue[], scope: MathScope) => MathValue;

/** Functions that CloudWatch has and Millrace has not. */
export const missingFunctions: readonly string[] = [
  "ANOMALY_DETECTION_BAND",
  "DB_PERF_INSIGHTS",
  "INSIGHT_RULE_METRIC",
  "LAMBDA",
  "SEARCH",
  "SERVICE_QUOTA",
  "SORT",
];

const each =
  (change: (value: number) => number): MathFunction =>
  ([value]) =>
    mapValue(required(value), change);

/** What a point becomes when the point before it is known; the first point has none and is left out. */
const step =
  (change: (value: number, before: number, seconds: number) => number): MathFunction =>
  ([value]) =>
    overSeries(required(value), (series) => {
      const points: [number, number][] = [];
      let last: readonly [number, number] | undefined;
      for (const [time, now] of series.points) {
        if (last !== undefined) points.push([time, change(now, last[1], time - last[0])]);
        last = [time, now];
      }
      return fromPoints(series, points);
    });

const dated =
  (part: (date: Date) => number): MathFunction =>
  ([value]) =>
    overSeries(required(value), (series) => mapPoints(series, (_value, time) => part(new Date(time * 1000))));

export const functions: Readonly<Record<string, MathFunction>> = {
  ...Object.fromEntries(
    Object.entries(aggregates).map(([name, change]): [string, MathFunction] => [
      name,
      ([value]) => aggregate(name, change, required(value)),
    ]),
  ),
  ABS: each(Math.abs),
  CEIL: each(Math.ceil),
  FLOOR: each(Math.floor),
  LOG: each(Math.log),
  LOG10: each(Math.log10),
  DATE: dated((date) => date.getUTCDate()),
  DAY: dated((date) => date.getUTCDay() || 7),
  EPOCH: dated((date) => date.getTime() / 1000),
  HOUR: dated((date) => date.getUTCHours()),
  MINUTE: dated((date) => date.getUTCMinutes()),
  MONTH: dated((date) => date.getUTCMonth() + 1),
  YEAR: dated((date) => date.getUTCFullYear()),
  DIFF: step((value, before) => value - before),
  DIFF_TIME: step((_value, _before, seconds) => seconds),
  RATE: step((value, before, seconds) => (value - before) / seconds),
  RUNNING_SUM: ([value]) => overSeries(required(value), runningSum),
  FILL: ([value, filling], scope) =>
    overSeries(required(value), (series) => fill(series, required(filling), scope)),
  FIRST: ([value]) => oneOf(listOf(required(value)).at(0)),
  LAST: ([value]) => oneOf(listOf(required(value)).at(-1)),
  IF: (args) => choose(required(args[0]), required(args[1]), args[2]),
  METRICS: ([part], scope) => ({
    kind: "list",
    items: scope.metrics(part === undefined ? undefined : textOf(part)),
  }),
  METRIC_COUNT: ([value]) => scalar(listOf(required(value)).length),
  PERIOD: ([value]) => scalar(seriesOf(required(value)).periodSeconds),
  REMOVE_EMPTY: ([value]) => ({
    kind: "list",
    items: listOf(required(value)).filter(({ points }) => points.size > 0),
  }),
  SLICE: ([value, from, to]) => ({
    kind: "list",
    items: listOf(required(value)).slice(scalarOf(required(from)), to && scalarOf(to)),
  }),
  TIME_SERIES: ([value], scope) => {
    const { periodSeconds } = scope;
    const constant = scalarOf(required(value));
    const like = { label: "", periodSeconds, points: new Map<number, number>() };
    return seriesValue(
      fromPoints(
        like,
        scope.periods(periodSeconds).map((time) => [time, constant]),
      ),
    );
  },
};

function required(value: MathValue | undefined): MathValue {
  if (value !== undefined) return value;
  throw new MathError("An argument is missing");
}

function textOf(value: MathValue): string {
  if (value.kind === "text") return value.text;
  throw new MathError("Expected a text in quotation marks");
}

function oneOf(series: TimeSeries | undefined): MathValue {
  return series === undefined ? { kind: "list", items: [] } : seriesValue(series);
}

function overSeries(value: MathValue, change: (series: TimeSeries) => TimeSeries): MathValue {
  if (value.kind === "list") return { kind: "list", items: value.items.map(change) };
  return seriesValue(change(seriesOf(value)));
}

function runningSum(series: TimeSeries): TimeSeries {
  let sum = 0;
  return mapPoints(series, (value) => {
    sum += value;
    return sum;
  });
}

/** Gives periods without data a number, the value of another series, the one before, or one in between. */
function fill(series: TimeSeries, filling: MathValue, scope: MathScope): TimeSeries {
  const times = scope.periods(series.periodSeconds);
  const known = [...series.points];
  let next = 0;
  const points = times.map((time): [number, number] => {
    while (next < known.length && (known[next]?.[0] ?? 0) <= time) next++;
    const value = series.points.get(time);
    if (value !== undefined) return [time, value];
    if (filling.kind === "scalar") return [time, filling.value];
    if (filling.kind === "series") return [time, filling.series.points.get(time) ?? Number.NaN];
    const before = known[next - 1];
    if (filling.kind === "text" && filling.text === "REPEAT") return [time, before?.[1] ?? Number.NaN];
    if (filling.kind === "text" && filling.text === "LINEAR")
      return [time, between(before, known[next], time)];
    throw new MathError("FILL takes a number, a time series, REPEAT or LINEAR");
  });
  return fromPoints(series, points);
}

function between(
  before: readonly [number, number] | undefined,
  after: readonly [number, number] | undefined,
  time: number,
): number {
  if (before === undefined || after === undefined) return Number.NaN;
  return before[1] + ((after[1] - before[1]) * (time - before[0])) / (after[0] - before[0]);
}

function choose(condition: MathValue, yes: MathValue, no: MathValue | undefined): MathValue {
  if (condition.kind === "scalar") {
    if (condition.value !== 0) return yes;
    return no ?? { kind: "list", items: [] };
  }
  const series = seriesOf(condition);
  const points = [...series.points].map(([time, value]): [number, number] => {
    const chosen = value !== 0 ? yes : no;
    if (chosen === undefined) return [time, Number.NaN];
    if (chosen.kind === "scalar") return [time, chosen.value];
    return [time, seriesOf(chosen).points.get(time) ?? Number.NaN];
  });
  return seriesValue(fromPoints(series, points));
}
