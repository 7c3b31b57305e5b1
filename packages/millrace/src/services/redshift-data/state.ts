import type { Clock } from "../../core/clock.ts";

export interface RedshiftDataDependencies {
  readonly clock: Clock;
}

/** All that the operations of redshift-data work on. Keep what it holds by account and region. */
export class RedshiftDataState {
  readonly clock: Clock;

  constructor(dependencies: RedshiftDataDependencies) {
    this.clock = dependencies.clock;
  }

  /** Reads what is kept; that is nothing yet. */
  async load(): Promise<void> {}

  /** Forgets all resources; there are none yet. */
  async reset(): Promise<void> {}

  /** Stops timers and flushes; there is nothing to stop yet. */
  async close(): Promise<void> {}
}
