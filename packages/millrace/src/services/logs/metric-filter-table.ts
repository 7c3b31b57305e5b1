import type { MetricTransformation } from "@aws-sdk/client-cloudwatch-logs";
import type { SqlFile } from "../../core/sql-file.ts";
import type { MetricSink } from "../../core/telemetry.ts";
import type { LogEvent } from "./event-table.ts";
import type { FilterPattern } from "./filter/filter-pattern.ts";
import { parseFilterPattern } from "./filter/pattern.ts";
import type { LogGroupRow, Owner } from "./group-table.ts";

export interface MetricFilterDocument {
  readonly pattern: string;
  readonly transformations: readonly MetricTransformation[];
  readonly createdMs: number;
}

export interface MetricFilterRow extends MetricFilterDocument {
  readonly group: string;
  readonly name: string;
}

/** Metric filters: they turn the events that match a pattern into values of a metric. */
export class MetricFilterTable {
  readonly #file: SqlFile;
  readonly #metrics: MetricSink;

  constructor(file: SqlFile, metrics: MetricSink) {
    this.#file = file;
    this.#metrics = metrics;
  }

  ofGroup(group: LogGroupRow): MetricFilterRow[] {
    return this.#file
      .prepare("SELECT name, document FROM metric_filters WHERE grp = ? ORDER BY name")
      .all(group.id)
      .map((row) => rowIn(row, group.name));
  }

  /** All filters of an account in a region, by group and name. */
  list({ account, region }: Owner): MetricFilterRow[] {
    return this.#file
      .prepare(`
        SELECT g.name AS grp, f.name AS name, f.document AS document FROM metric_filters f
        JOIN groups g ON g.id = f.grp WHERE g.account = ? AND g.region = ? ORDER BY g.name, f.name`)
      .all(account, region)
      .map((row) => rowIn(row, String(row["grp"])));
  }

  count(group: LogGroupRow): number {
    const row = this.#file.prepare("SELECT count(*) AS n FROM metric_filters WHERE grp = ?").get(group.id);
    return Number(row?.["n"]);
  }

  /** Inside a write. */
  put(group: LogGroupRow, name: string, document: MetricFilterDocument): void {
    this.#file
      .prepare("INSERT OR REPLACE INTO metric_filters VALUES (?, ?, ?)")
      .run(group.id, name, JSON.stringify(document));
  }

  /** Inside a write. */
  delete(group: LogGroupRow, name: string): boolean {
    const statement = this.#file.prepare("DELETE FROM metric_filters WHERE grp = ? AND name = ?");
    return Number(statement.run(group.id, name).changes) > 0;
  }

  /** What a group's filters make of events that were accepted. */
  publish(owner: Owner, group: LogGroupRow, events: readonly LogEvent[]): void {
    for (const { pattern, transformations } of this.ofGroup(group)) {
      const filter = parseFilterPattern(pattern);
      for (const event of events)
        for (const transformation of transformations) this.#transform(owner, filter, transformation, event);
    }
  }

  #transform(
    { account, region }: Owner,
    filter: FilterPattern,
    transformation: MetricTransformation,
    { timeMs, message }: LogEvent,
  ): void {
    const { metricNamespace, metricName, metricValue = "", defaultValue, unit = "None" } = transformation;
    const matches = filter.matches(message);
    if (!matches && defaultValue === undefined) return;
    const value = matches ? Number(selected(filter, message, metricValue)) : Number(defaultValue);
    if (!Number.isFinite(value)) return;
    const dimensions: Record<string, string> = {};
    for (const [name, selector] of Object.entries(transformation.dimensions ?? {})) {
      const text = matches ? selected(filter, message, selector) : undefined;
      // AWS publishes nothing for an event that lacks one of the dimensions.
      if (text === undefined) return;
      dimensions[name] = text;
    }
    const identity = {
      account,
      region,
      namespace: metricNamespace ?? "",
      name: metricName ?? "",
      dimensions,
      unit,
    };
    this.#metrics.record({ ...identity, value, timeMs });
  }
}

/** What a selector finds in a message; what begins otherwise than with `$` stands for itself. */
function selected(filter: FilterPattern, message: string, selector: string): string | undefined {
  return selector.startsWith("$") ? filter.extract(message, selector) : selector;
}

function rowIn(row: Record<string, unknown>, group: string): MetricFilterRow {
  const document = JSON.parse(String(row["document"])) as MetricFilterDocument;
  return { ...document, group, name: String(row["name"]) };
}
