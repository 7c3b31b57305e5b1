import type { Clock, Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { LogSink, MetricSink } from "../../core/telemetry.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import { EventTable, type LogEvent } from "./event-table.ts";
import { GroupTable, type LogGroupRow, type LogStreamRow } from "./group-table.ts";
import { limits } from "./limits.ts";
import { MetricFilterTable } from "./metric-filter-table.ts";
import { PolicyTable } from "./policy-table.ts";

export interface LogsDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** With `logSchema`. */
  readonly file: SqlFile;
  readonly tokens: PageTokens;
  /** Where metric filters publish. */
  readonly metrics: MetricSink;
}

const tables = ["groups", "streams", "events", "trash", "metric_filters", "resource_policies"] as const;

/** All that the operations of CloudWatch Logs work on; it is in a file by account and region. */
export class LogsState implements LogSink {
  readonly clock: Clock;
  readonly file: SqlFile;
  readonly tokens: PageTokens;
  readonly groups: GroupTable;
  readonly events: EventTable;
  readonly metricFilters: MetricFilterTable;
  readonly policies: PolicyTable;
  readonly #log: Logger;
  #sweep: Timer | undefined;
  #closed = false;

  constructor(dependencies: LogsDependencies) {
    const { clock, log, file, tokens, metrics } = dependencies;
    this.clock = clock;
    this.file = file;
    this.tokens = tokens;
    this.#log = log;
    this.groups = new GroupTable(file);
    this.events = new EventTable(file);
    this.metricFilters = new MetricFilterTable(file, metrics);
    this.policies = new PolicyTable(file);
    this.#scheduleSweep();
  }

  /** For services that write lines of their own; the group and the stream are made when they are missing. */
  async write(
    account: string,
    region: string,
    group: string,
    stream: string,
    timeMs: number,
    message: string,
  ): Promise<void> {
    const owner = { account, region };
    const nowMs = this.clock.now();
    const events = [{ timeMs, message }];
    const into = await this.file.write(() => {
      if (this.groups.find(owner, group) === undefined) this.groups.create(owner, group, {}, nowMs);
      const found = this.groups.get(owner, group);
      if (this.groups.findStream(found, stream) === undefined) this.groups.createStream(found, stream, nowMs);
      this.events.add(found, this.groups.getStream(found, stream), events, nowMs);
      return found;
    });
    this.metricFilters.publish(owner, into, events);
  }

  /** Inside a write: adds events, in the order of time, to a stream. */
  append(group: LogGroupRow, stream: LogStreamRow, events: readonly LogEvent[]): void {
    this.events.add(group, stream, events, this.clock.now());
  }

  /** Forgets all groups, events and policies. */
  async reset(): Promise<void> {
    await this.file.write(() => {
      for (const table of tables) this.file.prepare(`DELETE FROM ${table}`).run();
    });
  }

  /** Stops the timer; the file stays open. */
  close(): void {
    this.#closed = true;
    this.#sweep?.cancel();
  }

  /** Removes expired and deleted events, as many as one transaction should. */
  async sweep(): Promise<boolean> {
    return this.file.write(() => this.events.sweep(this.clock.now()));
  }

  #scheduleSweep(): void {
    if (!this.#closed) this.#sweep = this.clock.after(limits.sweepMs, () => void this.#runSweep());
  }

  async #runSweep(): Promise<void> {
    try {
      while (!this.#closed && (await this.sweep()));
    } catch (error) {
      this.#log.error({ err: error }, `expired log events were not deleted: ${messageOf(error)}`);
    }
    this.#scheduleSweep();
  }
}
