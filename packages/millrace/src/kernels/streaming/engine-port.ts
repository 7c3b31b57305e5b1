import type { ConnectorContext } from "./connector-port.ts";

/**
 * The streaming engine as services use it. A program is a text of Flink SQL; what it inserts runs as one job
 * (statement set) whose checkpoints, journal and snapshots are files of the kernel.
 */
export interface StreamingEngine {
  /**
   * Parses, binds and plans the program, without running it.
   * @throws SqlError with the position of what is wrong, or the name of the feature that is not there
   */
  check(program: ProgramText): Promise<CheckedProgram>;
  /** What `EXPLAIN` says of each INSERT. @throws SqlError */
  explain(program: ProgramText): Promise<string>;
  /**
   * Starts the job of the program; one job a key at a time. Resolves once it runs.
   * @throws SqlError, JobStartError
   */
  start(start: JobStart): Promise<Job>;
  /** A job that was running when the process ended: it goes on from its last checkpoint and journal. */
  resume(key: string, program: ProgramText, options: JobOptions): Promise<Job>;
  job(key: string): Job | undefined;
  /** Snapshots of the key, also of jobs that have ended. */
  snapshots(key: string): Promise<readonly JobSnapshot[]>;
  deleteSnapshot(key: string, snapshot: string): Promise<void>;
  /** Drops all that the key has kept. */
  forget(key: string): Promise<void>;
  /**
   * A definition in a notebook: checks the statement behind those of the program, and does what it does to
   * catalogs that outlive programs. @throws SqlError
   */
  define(program: ProgramText, statement: string): Promise<Definition>;
  /** An interactive query, for notebooks: rows of a changelog as they come. Also SHOW, DESCRIBE and EXPLAIN. */
  query(program: ProgramText, query: string, context: ConnectorContext): Promise<InteractiveQuery>;
  close(): Promise<void>;
}

export interface ProgramText {
  /** Statements with semicolons between: DDL, SET, INSERT, statement sets. */
  readonly text: string;
  readonly dialect: "flink" | "kinesis-analytics-1.0";
  readonly context: Omit<ConnectorContext, "startedMs" | "signal" | "log">;
}

export interface Definition {
  /** A catalog keeps what was defined: the next program need not define it again. */
  readonly isKept: boolean;
}

export interface CheckedProgram {
  readonly sources: readonly TableUse[];
  readonly sinks: readonly TableUse[];
  readonly inserts: number;
}

export interface TableUse {
  readonly name: string;
  readonly connector: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface JobStart {
  /** Names the job for ever: the application's ARN. Letters of a file's name are made of it. */
  readonly key: string;
  readonly program: ProgramText;
  readonly options: JobOptions;
  /** Undefined: from nothing. */
  readonly restoreFrom: string | undefined;
  /** State of operators that the program no longer has is dropped; else the start is refused. */
  readonly allowNonRestoredState: boolean;
}

export interface JobOptions {
  readonly parallelism: number;
  readonly checkpointIntervalMs: number;
  readonly minPauseMs: number;
  /** Of all operators' state. */
  readonly maxStateBytes: number;
  readonly events: JobEvents;
}

export interface JobEvents {
  log(
    level: "debug" | "info" | "warn" | "error",
    message: string,
    fields?: Readonly<Record<string, unknown>>,
  ): void;
  /** The job has ended by itself: all sources were bounded (undefined), or it failed for good. */
  ended(error: Error | undefined): void;
}

export type JobState = "starting" | "running" | "restarting" | "stopping" | "finished" | "failed" | "stopped";

export interface Job {
  readonly key: string;
  state(): JobState;
  metrics(): JobMetrics;
  /** The plan with live figures, for the application's page. */
  graph(): readonly GraphNode[];
  /** A named checkpoint. @throws JobStartError when the job does not run */
  snapshot(name: string): Promise<JobSnapshot>;
  /** With a final snapshot, or without. */
  stop(how: { readonly snapshot: string | undefined }): Promise<JobSnapshot | undefined>;
}

export interface JobSnapshot {
  readonly name: string;
  readonly createdMs: number;
  readonly bytes: number;
  readonly uids: readonly string[];
}

export interface JobMetrics {
  readonly recordsIn: number;
  readonly recordsOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly lateRows: number;
  /** Undefined before the first. */
  readonly watermarkMs: number | undefined;
  readonly lagMs: number | undefined;
  readonly stateBytes: number;
  readonly checkpoints: {
    readonly completed: number;
    readonly failed: number;
    readonly lastDurationMs: number | undefined;
    readonly lastPauseMs: number | undefined;
    readonly lastBytes: number | undefined;
    readonly lastCompletedMs: number | undefined;
  };
  readonly restarts: number;
  readonly uptimeMs: number;
  /** Of the job's threads since it started. */
  readonly cpuSeconds: number;
}

export interface GraphNode {
  readonly id: number;
  readonly name: string;
  readonly inputs: readonly number[];
  readonly recordsIn: number;
  readonly recordsOut: number;
  readonly stateBytes: number;
  readonly watermarkMs: number | undefined;
}

export interface InteractiveQuery {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Rows with their kinds, as they come; ends with the query. */
  readonly rows: AsyncIterable<
    readonly { readonly kind: "+I" | "-U" | "+U" | "-D"; readonly values: readonly unknown[] }[]
  >;
  stop(): Promise<void>;
}

export class JobStartError extends Error {
  override readonly name = "JobStartError";
}
