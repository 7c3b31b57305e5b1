import type { Clock, Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { MetricIdentity, MetricSeries, MetricSink, MetricValue } from "../../core/telemetry.ts";
import { limits } from "./limits.ts";
import { dimensionKey, type MetricStore, type NewPoint } from "./metric-store.ts";

const minuteMs = 60_000;

/**
 * What services publish: added up by the minute in memory, written each fifteen seconds and before each
 * read. Only totals are kept, so these metrics have no percentiles.
 */
export class MetricAggregator implements MetricSink {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #store: MetricStore;
  /** Those with something to write. */
  readonly #dirty = new Set<MinuteSeries>();
  /** For `record`: the series of the values since the last write. */
  readonly #byKey = new Map<string, MinuteSeries>();
  #finished: NewPoint[] = [];
  #dropped = 0;
  #timer: Timer | undefined;
  #closed = false;

  constructor(dependencies: { readonly clock: Clock; readonly log: Logger; readonly store: MetricStore }) {
    this.#clock = dependencies.clock;
    this.#log = dependencies.log;
    this.#store = dependencies.store;
  }

  record(value: MetricValue): void {
    const { account, region, namespace, name, dimensions, unit } = value;
    const key = JSON.stringify([account, region, namespace, name, dimensionKey(dimensions), unit]);
    let series = this.#byKey.get(key);
    if (series === undefined) {
      series = this.series({ account, region, namespace, name, dimensions, unit });
      this.#byKey.set(key, series);
    }
    series.addTimes(value.value, value.count ?? 1, value.timeMs);
  }

  series(identity: MetricIdentity): MinuteSeries {
    return new MinuteSeries(identity, this);
  }

  /** Called by a series with the first value since the last write. */
  touched(series: MinuteSeries): void {
    if (this.#closed) return;
    this.#dirty.add(series);
    if (this.#timer !== undefined) return;
    this.#timer = this.#clock.after(limits.flushMs, () => {
      this.#timer = undefined;
      void this.flush();
    });
  }

  /** Called by a series whose minute is over. */
  finished(point: NewPoint): void {
    if (this.#finished.length < limits.waitingPoints) this.#finished.push(point);
    else this.#dropped++;
  }

  /** Writes what has come in. A failure is logged, and what was to be written is lost. */
  async flush(): Promise<void> {
    for (const series of this.#dirty) series.finish();
    this.#dirty.clear();
    this.#byKey.clear();
    if (this.#dropped > 0)
      this.#log.warn({ points: this.#dropped }, "too many metrics at once: some are lost");
    this.#dropped = 0;
    const points = this.#finished;
    if (points.length === 0) return;
    this.#finished = [];
    try {
      await this.#store.add(points, this.#clock.now());
    } catch (error) {
      this.#log.error({ err: error, points: points.length }, `metrics were not written: ${messageOf(error)}`);
    }
  }

  /** Forgets what was not written. */
  clear(): void {
    for (const series of this.#dirty) series.finish();
    this.#dirty.clear();
    this.#byKey.clear();
    this.#finished = [];
  }

  async close(): Promise<void> {
    this.#timer?.cancel();
    await this.flush();
    this.#closed = true;
  }
}

/** The sums of one series in the minute that runs. */
class MinuteSeries implements MetricSeries {
  readonly #identity: MetricIdentity;
  readonly #owner: MetricAggregator;
  #startMs = 0;
  #endMs = 0;
  #count = 0;
  #sum = 0;
  #min = 0;
  #max = 0;

  constructor(identity: MetricIdentity, owner: MetricAggregator) {
    this.#identity = identity;
    this.#owner = owner;
  }

  add(value: number, timeMs: number): void {
    this.addTimes(value, 1, timeMs);
  }

  addTimes(value: number, times: number, timeMs: number): void {
    if (timeMs >= this.#endMs || timeMs < this.#startMs) this.#turn(timeMs);
    if (this.#count === 0) {
      this.#min = value;
      this.#max = value;
      this.#owner.touched(this);
    } else if (value < this.#min) this.#min = value;
    else if (value > this.#max) this.#max = value;
    this.#count += times;
    this.#sum += value * times;
  }

  /** Hands the minute's sums over. */
  finish(): void {
    if (this.#count === 0) return;
    const summary = { count: this.#count, sum: this.#sum, min: this.#min, max: this.#max, values: undefined };
    this.#owner.finished({ ...this.#identity, timeMs: this.#startMs, summary, bySecond: false });
    this.#count = 0;
    this.#sum = 0;
  }

  #turn(timeMs: number): void {
    this.finish();
    this.#startMs = Math.floor(timeMs / minuteMs) * minuteMs;
    this.#endMs = this.#startMs + minuteMs;
  }
}
