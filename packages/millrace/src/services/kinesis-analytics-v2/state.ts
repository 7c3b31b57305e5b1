import type { Clock } from "../../core/clock.ts";

export interface KinesisAnalyticsV2Dependencies {
  readonly clock: Clock;
}

/** All that the operations of kinesis-analytics-v2 work on. Keep what it holds by account and region. */
export class KinesisAnalyticsV2State {
  readonly clock: Clock;

  constructor(dependencies: KinesisAnalyticsV2Dependencies) {
    this.clock = dependencies.clock;
  }

  /** Reads what is kept; that is nothing yet. */
  async load(): Promise<void> {}

  /** Forgets all resources; there are none yet. */
  async reset(): Promise<void> {}

  /** Stops timers and flushes; there is nothing to stop yet. */
  async close(): Promise<void> {}
}
