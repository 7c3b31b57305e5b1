import type { ComparisonOperator, StateValue } from "@aws-sdk/client-cloudwatch";
import type { AlarmConfiguration, AlarmDocument } from "./alarm.ts";
import { metricOf } from "./metric-name.ts";
import type { MetricStore } from "./metric-store.ts";
import { readPeriods } from "./period-reader.ts";
import { statisticOf } from "./statistic.ts";
import { periodRange } from "./time-range.ts";

/** Periods before those that are evaluated, in which points are looked for when some are missing. */
const morePeriods = 2;

const comparisons: Readonly<
  Record<string, readonly [test: (value: number, limit: number) => boolean, text: string]>
> = {
  GreaterThanThreshold: [(value, limit) => value > limit, "greater than"],
  GreaterThanOrEqualToThreshold: [(value, limit) => value >= limit, "greater than or equal to"],
  LessThanThreshold: [(value, limit) => value < limit, "less than"],
  LessThanOrEqualToThreshold: [(value, limit) => value <= limit, "less than or equal to"],
};

export function isComparison(operator: ComparisonOperator): boolean {
  return Object.hasOwn(comparisons, operator);
}

export interface Verdict {
  readonly state: StateValue;
  readonly reason: string;
}

/** The state of an alarm by the periods that are over; undefined when it is to stay as it is. */
export function evaluateAlarm(store: MetricStore, alarm: AlarmDocument, nowMs: number): Verdict | undefined {
  const { configuration: set } = alarm;
  const { EvaluationPeriods: wanted = 1, TreatMissingData: treatment = "missing" } = set;
  const values = newestValues(store, alarm, nowMs);
  const threshold = set.Threshold ?? 0;
  const [isBreaching, text] = comparisons[set.ComparisonOperator ?? ""] ?? [() => false, ""];
  const missing = wanted - values.length;
  const breaching = values.filter((value) => isBreaching(value, threshold)).length;
  const state = stateOf(
    { found: values.length, missing, breaching, needed: set.DatapointsToAlarm ?? wanted },
    treatment,
  );
  if (state === undefined) return undefined;
  const reason =
    state === "INSUFFICIENT_DATA"
      ? `Insufficient Data: ${missing} datapoints were unknown.`
      : `Threshold Crossed: ${breaching} out of the last ${values.length} datapoints [${values.join(", ")}] were ` +
        `${text} the threshold (${threshold}).`;
  return { state, reason };
}

/** AWS's rules for missing data, after the points that there are have been looked at. */
function stateOf(
  count: {
    readonly found: number;
    readonly missing: number;
    readonly breaching: number;
    readonly needed: number;
  },
  treatment: string,
): StateValue | undefined {
  const { found, missing, breaching, needed } = count;
  if (treatment === "breaching") return breaching + missing >= needed ? "ALARM" : "OK";
  if (breaching >= needed) return "ALARM";
  if (treatment === "notBreaching") return "OK";
  const isOpen = missing > 0 && breaching === found;
  if (!isOpen) return "OK";
  if (treatment === "ignore") return undefined;
  return found === 0 ? "INSUFFICIENT_DATA" : "ALARM";
}

/** The newest values, no more than are evaluated, the oldest first. */
function newestValues(store: MetricStore, alarm: AlarmDocument, nowMs: number): number[] {
  const { configuration: set } = alarm;
  const period = set.Period ?? 60;
  const wanted = set.EvaluationPeriods ?? 1;
  const endMs = Math.floor(nowMs / 1000 / period) * period * 1000;
  const startMs = endMs - (wanted + morePeriods) * period * 1000;
  const statistic = statisticOf(statisticName(set), "Statistic");
  const named = {
    namespace: set.Namespace ?? "",
    name: set.MetricName ?? "",
    dimensions: set.Dimensions?.map(({ Name = "", Value = "" }) => ({ Name, Value })),
  };
  const metric = metricOf(named, alarm, "Dimensions");
  const range = periodRange(startMs, endMs, period, nowMs);
  return readPeriods(store, metric, set.Unit, range, statistic.needsValues)
    .map(({ summary }) => statistic.of(summary))
    .filter((value) => value !== undefined)
    .slice(-wanted);
}

export function statisticName(set: AlarmConfiguration): string {
  return set.Statistic ?? set.ExtendedStatistic ?? "";
}
