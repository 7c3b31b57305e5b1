import type { ResultTable } from "./result/result-table.ts";
import type { SqlStatement } from "./sql/statements.ts";

/** One statement that was run from a tab. */
export interface Run {
  readonly statement: SqlStatement;
  readonly status: "waiting" | "running" | "finished" | "failed" | "stopped";
  readonly startedAt: number;
  /** As the engine says; undefined while it runs. */
  readonly durationMs?: number;
  /** What went wrong, or what was answered in words. */
  readonly message?: string;
  readonly table?: ResultTable;
  /** Rows that a change touched. */
  readonly changedRows?: number;
  /** How many changes a streaming result has seen. */
  readonly changes?: number;
  /** The engine's id of it. */
  readonly id?: string;
}

export interface RunnerState {
  readonly runs: readonly Run[];
  readonly isRunning: boolean;
  /** What is done before statements can run. */
  readonly preparing?: string;
}

const nothing: RunnerState = Object.freeze({ runs: [], isRunning: false });

/** The statements of one tab while they run and afterwards; components subscribe to it. */
export class RunnerStore {
  #state: RunnerState = nothing;
  readonly #listeners = new Set<() => void>();
  #ended: (runs: readonly Run[]) => void = () => {};

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): RunnerState => this.#state;

  /** Told what was run when it has come to its end. */
  onEnd(listener: (runs: readonly Run[]) => void): void {
    this.#ended = listener;
  }

  set(state: RunnerState): void {
    const hasEnded = this.#state.isRunning && !state.isRunning;
    this.#state = state;
    for (const listener of this.#listeners) listener();
    if (hasEnded) this.#ended(state.runs);
  }

  /** Changes one run. */
  change(index: number, change: Partial<Run>): void {
    const runs = this.#state.runs.map((run, i) => (i === index ? { ...run, ...change } : run));
    this.set({ ...this.#state, runs });
  }
}

/** Runs statements of one tab. */
export interface Runner {
  readonly store: RunnerStore;
  run(statements: readonly SqlStatement[]): Promise<void>;
  /** Forgets what earlier statements have set and defined. */
  startAnew(): Promise<void>;
  /** Ends what runs. */
  stop(): Promise<void>;
  /** Finds what an earlier visit left running. */
  resume(): Promise<void>;
  /** Looks no longer; what runs goes on. */
  leave(): void;
  /** The tab is closed. */
  dispose(): Promise<void>;
}
