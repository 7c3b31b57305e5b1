import type { MetricDatum, PutMetricDataInput, StatisticSet } from "@aws-sdk/client-cloudwatch";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidCombination, invalidValue, missingParameter, notImplemented } from "../errors.ts";
import { limits } from "../limits.ts";
import { metricOf } from "../metric-name.ts";
import type { NewPoint } from "../metric-store.ts";
import type { CloudwatchState } from "../state.ts";
import { addSummary, emptySummary, type Summary, summaryOf } from "../summary.ts";

type Datum = Input<MetricDatum>;

export async function putMetricData(
  state: CloudwatchState,
  input: Input<PutMetricDataInput>,
  call: Call,
): Promise<void> {
  const { Namespace: namespace, MetricData: data = [] } = input;
  if (input.EntityMetricData !== undefined) throw notImplemented("PutMetricData with EntityMetricData");
  if (namespace.startsWith("AWS/")) throw invalidValue("The value AWS/ for parameter Namespace is invalid.");
  if (data.length === 0) throw missingParameter("The parameter MetricData is required.");
  if (data.length > limits.datumsPerPut)
    throw invalidValue(`The collection MetricData must not have a size greater than ${limits.datumsPerPut}.`);
  const nowMs = state.clock.now();
  checkTimes(data, nowMs);
  const points = data.map((datum, at) =>
    pointOf(namespace, datum, `MetricData.member.${at + 1}`, nowMs, call),
  );
  await state.metrics.add(points, nowMs);
}

/** AWS names each datum that is too old or too new, a line each. */
function checkTimes(data: readonly Datum[], nowMs: number): void {
  const lines: string[] = [];
  for (const [at, { Timestamp }] of data.entries()) {
    if (Timestamp === undefined) continue;
    const parameter = `The parameter MetricData.member.${at + 1}.Timestamp`;
    const ageMs = nowMs - Timestamp.getTime();
    if (ageMs > limits.pastMs) lines.push(`${parameter} must specify a time within the past two weeks.`);
    if (-ageMs > limits.futureMs)
      lines.push(`${parameter} must specify a time no more than two hours in the future.`);
  }
  if (lines.length > 0) throw invalidValue(lines.join("\n"));
}

function pointOf(namespace: string, datum: Datum, path: string, nowMs: number, call: Call): NewPoint {
  const resolution = datum.StorageResolution ?? 60;
  if (resolution !== 1 && resolution !== 60)
    throw invalidValue(`The value ${resolution} for parameter ${path}.StorageResolution is invalid.`);
  const named = { namespace, name: datum.MetricName, dimensions: datum.Dimensions };
  return {
    ...metricOf(named, call, `${path}.Dimensions`),
    unit: datum.Unit ?? "None",
    timeMs: datum.Timestamp?.getTime() ?? nowMs,
    summary: summaryIn(datum, path),
    bySecond: resolution === 1,
  };
}

function summaryIn(datum: Datum, path: string): Summary {
  const { Value, Values, Counts, StatisticValues } = datum;
  const given = Object.entries({ Value, Values, StatisticValues }).filter(([, value]) => value !== undefined);
  const [first, second] = given.map(([name]) => `${path}.${name}`);
  if (second !== undefined)
    throw invalidCombination(
      `The parameters ${first} and ${second} are mutually exclusive and you have specified both.`,
    );
  if (Value !== undefined) {
    checkNumber(Value, `${path}.Value`);
    return summaryOf(Value, 1);
  }
  if (Values !== undefined) return summaryOfValues(Values, Counts, path);
  if (StatisticValues !== undefined) return summaryOfSet(StatisticValues, `${path}.StatisticValues`);
  throw missingParameter(`One of ${path}.Value, ${path}.Values and ${path}.StatisticValues is required.`);
}

function summaryOfValues(
  values: readonly number[],
  counts: readonly number[] | undefined,
  path: string,
): Summary {
  if (values.length === 0 || values.length > limits.valuesPerDatum)
    throw invalidValue(
      `The collection ${path}.Values must have between 1 and ${limits.valuesPerDatum} members.`,
    );
  if (counts !== undefined && counts.length !== values.length)
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  const summary = emptySummary();
  for (const [at, value] of values.entries()) {
    const count = counts?.[at] ?? 1;
    checkNumber(value, `${path}.Values.member.${at + 1}`);
    checkNumber(count, `${path}.Counts.member.${at + 1}`);
    if (count < 0)
      throw invalidValue(`The value ${count} for parameter ${path}.Counts.member.${at + 1} is invalid.`);
    if (count > 0) addSummary(summary, summaryOf(value, count));
  }
  if (summary.count === 0) throw invalidValue(`The parameter ${path}.Counts must have a sum greater than 0.`);
  return summary;
}

function summaryOfSet(set: Input<StatisticSet>, path: string): Summary {
  const { SampleCount: count, Sum: sum, Minimum: min, Maximum: max } = set;
  for (const [name, value] of Object.entries(set)) checkNumber(Number(value), `${path}.${name}`);
  if (count <= 0) throw invalidValue(`The parameter ${path}.SampleCount must be greater than 0.`);
  if (max < min)
    throw invalidCombination(
      `The parameter ${path}.Maximum must be greater than or equal to ${path}.Minimum.`,
    );
  // Only a set of equal values says how they are distributed.
  return { count, sum, min, max, values: min === max ? new Map([[min, count]]) : undefined };
}

function checkNumber(value: number, parameter: string): void {
  if (Number.isFinite(value) && Math.abs(value) <= limits.maxMagnitude) return;
  throw invalidValue(`The value ${value} for parameter ${parameter} is invalid.`);
}
