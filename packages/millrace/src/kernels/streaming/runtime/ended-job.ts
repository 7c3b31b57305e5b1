import {
  type GraphNode,
  type Job,
  type JobMetrics,
  type JobSnapshot,
  JobStartError,
  type JobState,
} from "../engine-port.ts";

/** A job that had ended when it was resumed. */
export class EndedJob implements Job {
  readonly key: string;
  readonly #state: JobState;

  constructor(key: string, state: "finished" | "failed") {
    this.key = key;
    this.#state = state;
  }

  state(): JobState {
    return this.#state;
  }

  metrics(): JobMetrics {
    return {
      ...{ recordsIn: 0, recordsOut: 0, bytesIn: 0, bytesOut: 0, lateRows: 0, stateBytes: 0 },
      ...{ watermarkMs: undefined, lagMs: undefined, restarts: 0, uptimeMs: 0, cpuSeconds: 0 },
      checkpoints: {
        ...{ completed: 0, failed: 0, lastDurationMs: undefined, lastPauseMs: undefined },
        ...{ lastBytes: undefined, lastCompletedMs: undefined },
      },
    };
  }

  graph(): readonly GraphNode[] {
    return [];
  }

  snapshot(): Promise<JobSnapshot> {
    return Promise.reject(new JobStartError(`The job is ${this.#state}: it has no state to keep.`));
  }

  stop(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
