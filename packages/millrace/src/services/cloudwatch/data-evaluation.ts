import { type DataQuery, type ExpressionQuery, expressionError, type MetricQuery } from "./data-queries.ts";
import { validation } from "./errors.ts";
import { limits } from "./limits.ts";
import { type EvaluationScope, evaluate } from "./math/evaluate.ts";
import { MathError } from "./math/parse.ts";
import { fromPoints, type MathValue, seriesValue, type TimeSeries } from "./math/value.ts";
import type { MetricStore } from "./metric-store.ts";
import { readPeriods } from "./period-reader.ts";
import { type PeriodRange, periodRange } from "./time-range.ts";

export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly nowMs: number;
}

/** The queries of one GetMetricData call over one stretch of time. Each is worked out once, when needed. */
export class DataEvaluation implements EvaluationScope {
  readonly #store: MetricStore;
  readonly #queries: readonly DataQuery[];
  readonly #window: TimeWindow;
  readonly #values = new Map<string, MathValue>();
  readonly #underWay = new Set<string>();

  constructor(store: MetricStore, queries: readonly DataQuery[], window: TimeWindow) {
    this.#store = store;
    this.#queries = queries;
    this.#window = window;
  }

  /** The series that a query answers: one, or for an expression any number. */
  seriesOf(query: DataQuery): readonly TimeSeries[] {
    const value = this.#valueOf(query);
    if (value.kind === "series") return [value.series];
    if (value.kind === "list") return value.items;
    throw validation(`Error in expression '${query.id}': The expression must return a time series`);
  }

  named(id: string): MathValue | undefined {
    const query = this.#queries.find((other) => other.id === id);
    return query && this.#valueOf(query);
  }

  metrics(idPart: string | undefined): readonly TimeSeries[] {
    return this.#queries
      .filter((query) => query.kind === "metric")
      .filter(({ id }) => idPart === undefined || id.includes(idPart))
      .map((query) => this.#valueOf(query))
      .flatMap((value) => (value.kind === "series" ? [value.series] : []));
  }

  get periodSeconds(): number {
    const periods = this.#queries.flatMap((query) => (query.kind === "metric" ? [query.periodSeconds] : []));
    return periods.length === 0 ? 60 : Math.min(...periods);
  }

  periods(periodSeconds: number): readonly number[] {
    const { startSeconds, endSeconds } = this.#range(periodSeconds);
    const count = Math.ceil((endSeconds - startSeconds) / periodSeconds);
    if (count > limits.dataPointsPerGet)
      throw new MathError(`The time range has more than ${limits.dataPointsPerGet} periods`);
    return Array.from({ length: count }, (_, at) => startSeconds + at * periodSeconds);
  }

  #range(periodSeconds: number): PeriodRange {
    const { startMs, endMs, nowMs } = this.#window;
    return periodRange(startMs, endMs, periodSeconds, nowMs);
  }

  #valueOf(query: DataQuery): MathValue {
    const known = this.#values.get(query.id);
    if (known !== undefined) return known;
    if (this.#underWay.has(query.id)) throw new MathError(`'${query.id}' depends on itself`);
    this.#underWay.add(query.id);
    const value = query.kind === "metric" ? this.#read(query) : this.#evaluate(query);
    this.#underWay.delete(query.id);
    this.#values.set(query.id, value);
    return value;
  }

  #read(query: MetricQuery): MathValue {
    const { metric, unit, statistic, periodSeconds, label } = query;
    const range = this.#range(periodSeconds);
    const periods = readPeriods(this.#store, metric, unit, range, statistic.needsValues);
    const empty = { label: label ?? metric.name, periodSeconds, points: new Map<number, number>() };
    return seriesValue(
      fromPoints(
        empty,
        periods.map(({ startSeconds, summary }) => [startSeconds, statistic.of(summary) ?? Number.NaN]),
      ),
    );
  }

  #evaluate(query: ExpressionQuery): MathValue {
    try {
      return evaluate(query.node, this);
    } catch (error) {
      throw error instanceof MathError ? expressionError(query.id, error) : error;
    }
  }
}
