import { MathError } from "./parse.ts";

/** Numbers by the second in which their period begins, in the order of time. */
export interface TimeSeries {
  readonly label: string;
  readonly periodSeconds: number;
  readonly points: ReadonlyMap<number, number>;
}

export type MathValue =
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "series"; readonly series: TimeSeries }
  | { readonly kind: "list"; readonly items: readonly TimeSeries[] }
  | { readonly kind: "text"; readonly text: string };

export const scalar = (value: number): MathValue => ({ kind: "scalar", value });
export const seriesValue = (series: TimeSeries): MathValue => ({ kind: "series", series });

/** Applies a function to each point. What is not a number afterwards is no point. */
export function mapPoints(series: TimeSeries, change: (value: number, time: number) => number): TimeSeries {
  return fromPoints(
    series,
    [...series.points].map(([time, value]) => [time, change(value, time)]),
  );
}

export function fromPoints(like: TimeSeries, points: Iterable<readonly [number, number]>): TimeSeries {
  const kept = new Map<number, number>();
  for (const [time, value] of points) if (Number.isFinite(value)) kept.set(time, value);
  return { ...like, points: kept };
}

/** Applies a function to a scalar, to each point of a series, or of each series of a list. */
export function mapValue(value: MathValue, change: (value: number) => number): MathValue {
  switch (value.kind) {
    case "scalar":
      return scalar(change(value.value));
    case "series":
      return seriesValue(mapPoints(value.series, change));
    case "list":
      return { kind: "list", items: value.items.map((series) => mapPoints(series, change)) };
    case "text":
      throw new MathError(`Unexpected text "${value.text}"`);
  }
}

/** Combines two values point by point: a point needs a number on both sides. */
export function combine(
  left: MathValue,
  right: MathValue,
  change: (left: number, right: number) => number,
): MathValue {
  if (left.kind === "list" && right.kind === "list")
    throw new MathError("Two arrays of time series cannot be combined");
  if (right.kind === "scalar") return mapValue(left, (value) => change(value, right.value));
  if (left.kind === "scalar") return mapValue(right, (value) => change(left.value, value));
  if (left.kind === "list")
    return { kind: "list", items: left.items.map((item) => joined(item, seriesOf(right), change)) };
  if (right.kind === "list")
    return { kind: "list", items: right.items.map((item) => joined(seriesOf(left), item, change)) };
  return seriesValue(joined(seriesOf(left), seriesOf(right), change));
}

function joined(
  left: TimeSeries,
  right: TimeSeries,
  change: (left: number, right: number) => number,
): TimeSeries {
  const points: [number, number][] = [];
  for (const [time, value] of left.points) {
    const other = right.points.get(time);
    if (other !== undefined) points.push([time, change(value, other)]);
  }
  return fromPoints(left, points);
}

export function seriesOf(value: MathValue): TimeSeries {
  if (value.kind === "series") return value.series;
  throw new MathError(`Expected a time series, found ${describe(value)}`);
}

export function scalarOf(value: MathValue): number {
  if (value.kind === "scalar") return value.value;
  throw new MathError(`Expected a number, found ${describe(value)}`);
}

/** The series of an array, or the only one. */
export function listOf(value: MathValue): readonly TimeSeries[] {
  if (value.kind === "list") return value.items;
  return [seriesOf(value)];
}

function describe(value: MathValue): string {
  switch (value.kind) {
    case "scalar":
      return "a number";
    case "series":
      return "a time series";
    case "list":
      return "an array of time series";
    case "text":
      return `the text "${value.text}"`;
  }
}
