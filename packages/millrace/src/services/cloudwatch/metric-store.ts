import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import type { MetricIdentity } from "../../core/telemetry.ts";
import { limits, tiers } from "./limits.ts";
import { addSummary, decodeValues, emptySummary, encodeValues, type Summary } from "./summary.ts";

/** Values of one metric in one second or minute. */
export interface NewPoint extends MetricIdentity {
  readonly timeMs: number;
  readonly summary: Summary;
  /** Kept by the second as well, which only a high-resolution metric is. */
  readonly bySecond: boolean;
}

/** A metric as ListMetrics shows it; its units are not told apart. */
export interface ListedMetric {
  readonly namespace: string;
  readonly name: string;
  /** JSON of sorted pairs, which is also how metrics are told apart. */
  readonly dimensions: string;
}

export interface StoredSeries {
  readonly id: number;
  readonly unit: string;
}

export interface StoredPoint {
  readonly timeSeconds: number;
  readonly summary: Summary;
}

export interface PointRange {
  readonly series: number;
  /** One of `tiers`. */
  readonly tierSeconds: number;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/**
 * series: one a metric and unit. points: by series, resolution and time; a value that comes in is added to
 * the point of each resolution at once, so that nothing needs to be rolled up later.
 */
export const metricSchema = `
  CREATE TABLE IF NOT EXISTS series (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, namespace TEXT NOT NULL,
    name TEXT NOT NULL, dimensions TEXT NOT NULL, unit TEXT NOT NULL, updated_ms INTEGER NOT NULL,
    UNIQUE (account, region, namespace, name, dimensions, unit)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS points (
    series INTEGER NOT NULL, tier INTEGER NOT NULL, time INTEGER NOT NULL, count REAL NOT NULL,
    sum REAL NOT NULL, min REAL NOT NULL, max REAL NOT NULL, vals BLOB,
    PRIMARY KEY (series, tier, time)
  ) STRICT, WITHOUT ROWID;`;

/** A series' time of last use is written this often at most. */
const updatedStepMs = 60_000;

/** The data points of all accounts, in SQLite. */
export class MetricStore {
  readonly #file: SqlFile;
  readonly #findSeries: StatementSync;
  readonly #addSeries: StatementSync;
  readonly #touchSeries: StatementSync;
  readonly #point: StatementSync;
  readonly #putPoint: StatementSync;
  readonly #seriesOfMetric: StatementSync;
  readonly #range: StatementSync;
  readonly #rangeWithValues: StatementSync;
  readonly #list: StatementSync;
  readonly #sweepable: StatementSync;
  readonly #expire: StatementSync;
  readonly #forget: StatementSync;
  #sweptSeries = 0;

  constructor(file: SqlFile) {
    this.#file = file;
    const of = "account = ? AND region = ? AND namespace = ? AND name = ? AND dimensions = ?";
    this.#findSeries = file.prepare(`SELECT id, updated_ms FROM series WHERE ${of} AND unit = ?`);
    this.#addSeries = file.prepare("INSERT INTO series VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)");
    this.#touchSeries = file.prepare("UPDATE series SET updated_ms = ? WHERE id = ?");
    this.#point = file.prepare(
      "SELECT count, sum, min, max, vals FROM points WHERE series = ? AND tier = ? AND time = ?",
    );
    this.#putPoint = file.prepare("INSERT OR REPLACE INTO points VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    this.#seriesOfMetric = file.prepare(`SELECT id, unit FROM series WHERE ${of} ORDER BY unit`);
    const within = "FROM points WHERE series = ? AND tier = ? AND time >= ? AND time < ? ORDER BY time";
    this.#range = file.prepare(`SELECT time, count, sum, min, max ${within}`);
    this.#rangeWithValues = file.prepare(`SELECT time, count, sum, min, max, vals ${within}`);
    this.#list = file.prepare(`
      SELECT namespace, name, dimensions FROM series
      WHERE account = ? AND region = ? AND (namespace, name, dimensions) > (?, ?, ?) AND updated_ms >= ?
        AND namespace = coalesce(?, namespace) AND name = coalesce(?, name)
      GROUP BY namespace, name, dimensions ORDER BY namespace, name, dimensions`);
    this.#sweepable = file.prepare("SELECT id, updated_ms FROM series WHERE id > ? ORDER BY id LIMIT ?");
    this.#expire = file.prepare("DELETE FROM points WHERE series = ? AND tier = ? AND time < ?");
    this.#forget = file.prepare("DELETE FROM series WHERE id = ?");
  }

  /** Adds points to what is there; all or none. Resolves when they are durable. */
  add(points: readonly NewPoint[], nowMs: number): Promise<void> {
    return this.#file.write(() => {
      for (const point of points) this.#add(point, nowMs);
    });
  }

  /** The series of a metric: one for each unit it was ever reported in. */
  seriesOf(metric: Omit<MetricIdentity, "unit">): StoredSeries[] {
    const { account, region, namespace, name, dimensions } = metric;
    return this.#seriesOfMetric
      .all(account, region, namespace, name, dimensionKey(dimensions))
      .map((row) => ({ id: Number(row["id"]), unit: String(row["unit"]) }));
  }

  /** Points in the order of time, one at a time. */
  *points(range: PointRange, withValues: boolean): Generator<StoredPoint> {
    const statement = withValues ? this.#rangeWithValues : this.#range;
    const { series, tierSeconds, fromSeconds, untilSeconds } = range;
    for (const row of statement.iterate(series, tierSeconds, fromSeconds, untilSeconds))
      yield { timeSeconds: Number(row["time"]), summary: summaryIn(row) };
  }

  /** Metrics after `after`, in the order of namespace, name and dimensions. */
  *metrics(query: {
    readonly account: string;
    readonly region: string;
    readonly after: ListedMetric;
    readonly updatedSinceMs: number;
    readonly namespace: string | undefined;
    readonly name: string | undefined;
  }): Generator<ListedMetric> {
    const { account, region, after, updatedSinceMs, namespace, name } = query;
    const start = [after.namespace, after.name, after.dimensions] as const;
    const rows = this.#list.iterate(
      account,
      region,
      ...start,
      updatedSinceMs,
      namespace ?? null,
      name ?? null,
    );
    for (const row of rows)
      yield {
        namespace: String(row["namespace"]),
        name: String(row["name"]),
        dimensions: String(row["dimensions"]),
      };
  }

  /** Deletes what has expired in the next few series; a call after another gets round to each. */
  sweep(nowMs: number): Promise<void> {
    return this.#file.write(() => {
      const rows = this.#sweepable.all(this.#sweptSeries, limits.seriesPerSweep);
      this.#sweptSeries = rows.length < limits.seriesPerSweep ? 0 : Number(rows.at(-1)?.["id"] ?? 0);
      for (const row of rows) {
        const id = Number(row["id"]);
        for (const { seconds, keptMs } of tiers)
          this.#expire.run(id, seconds, Math.floor((nowMs - keptMs) / 1000));
        if (nowMs - Number(row["updated_ms"]) > (tiers.at(-1)?.keptMs ?? 0)) this.#forget.run(id);
      }
    });
  }

  reset(): Promise<void> {
    return this.#file.write(() => {
      this.#file.prepare("DELETE FROM points").run();
      this.#file.prepare("DELETE FROM series").run();
    });
  }

  #add(point: NewPoint, nowMs: number): void {
    const series = this.#seriesId(point, nowMs);
    for (const { seconds } of tiers) {
      if (seconds === 1 && !point.bySecond) continue;
      const time = Math.floor(point.timeMs / 1000 / seconds) * seconds;
      const known = this.#point.get(series, seconds, time);
      let summary = point.summary;
      if (known !== undefined) {
        summary = emptySummary();
        addSummary(summary, summaryIn(known));
        addSummary(summary, point.summary);
      }
      const { count, sum, min, max, values } = summary;
      this.#putPoint.run(series, seconds, time, count, sum, min, max, encodeValues(values));
    }
  }

  #seriesId(point: MetricIdentity, nowMs: number): number {
    const { account, region, namespace, name, unit } = point;
    const key = [account, region, namespace, name, dimensionKey(point.dimensions), unit] as const;
    const known = this.#findSeries.get(...key);
    if (known === undefined) return Number(this.#addSeries.run(...key, nowMs).lastInsertRowid);
    const id = Number(known["id"]);
    if (nowMs - Number(known["updated_ms"]) >= updatedStepMs) this.#touchSeries.run(nowMs, id);
    return id;
  }
}

function summaryIn(row: Record<string, unknown>): Summary {
  return {
    count: Number(row["count"]),
    sum: Number(row["sum"]),
    min: Number(row["min"]),
    max: Number(row["max"]),
    values: decodeValues(row["vals"]),
  };
}

/** Dimensions as text: the same for the same dimensions in whatever order. */
export function dimensionKey(dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)));
}
