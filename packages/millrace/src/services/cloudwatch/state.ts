import type { Clock, Timer } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { Logger } from "../../core/logger.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { PageTokens } from "../../gateway/tokens.ts";
import { AlarmTable } from "./alarm-table.ts";
import { limits } from "./limits.ts";
import { MetricAggregator } from "./metric-aggregator.ts";
import { MetricStore } from "./metric-store.ts";

export interface CloudwatchDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  /** With `cloudwatchSchema`. */
  readonly file: SqlFile;
  readonly tokens: PageTokens;
}

/** All that the operations of CloudWatch work on; its metrics are in a file by account and region. */
export class CloudwatchState {
  readonly clock: Clock;
  readonly tokens: PageTokens;
  readonly metrics: MetricStore;
  /** Where services publish; `flush` it before a read. */
  readonly aggregator: MetricAggregator;
  readonly alarms: AlarmTable;
  readonly #log: Logger;
  readonly #file: SqlFile;
  #sweep: Timer | undefined;
  #closed = false;

  constructor(dependencies: CloudwatchDependencies) {
    const { clock, log, file, tokens } = dependencies;
    this.clock = clock;
    this.tokens = tokens;
    this.#log = log;
    this.metrics = new MetricStore(file);
    this.aggregator = new MetricAggregator({ clock, log, store: this.metrics });
    this.#file = file;
    const flush = (): Promise<void> => this.aggregator.flush();
    this.alarms = new AlarmTable({ clock, log, file, metrics: this.metrics, flush });
    this.#scheduleSweep();
  }

  /** Forgets all metrics and alarms. */
  async reset(): Promise<void> {
    this.aggregator.clear();
    await this.metrics.reset();
    await this.alarms.reset();
  }

  /** Writes what services have published; the file stays open. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#sweep?.cancel();
    await this.alarms.close();
    await this.aggregator.close();
  }

  #scheduleSweep(): void {
    this.#sweep = this.clock.after(limits.sweepMs, () => void this.#runSweep());
  }

  async #runSweep(): Promise<void> {
    try {
      await this.metrics.sweep(this.clock.now());
      await this.#file.write(() => this.alarms.sweep(this.clock.now()));
    } catch (error) {
      this.#log.error({ err: error }, `expired metrics were not deleted: ${messageOf(error)}`);
    }
    if (!this.#closed) this.#scheduleSweep();
  }
}
