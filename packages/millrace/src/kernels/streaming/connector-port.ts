import type { IntegerMode } from "../../sql/flink/functions/scalar-function.ts";
import type { TableDefinition } from "../../sql/flink/relation.ts";
import type { Batch } from "./batch.ts";
import type { SourceColumn } from "./plan/physical-plan.ts";
import type { SinkMode } from "./plan/plan-settings.ts";

/**
 * What joins the engine to the world. Sources and sinks run in the main thread, beside the logs and stores they
 * use; bytes are decoded and encoded in the workers. Implemented by `connectors/` over ports that the server
 * gives.
 */
export interface Connector {
  /** The value of the option `connector`. */
  readonly name: string;
  /**
   * Checks a table's options when it is used, without a look at the world.
   * @throws SqlError that names the option, or says why the connector cannot be read or written
   */
  checkSource?(table: TableDefinition): void;
  checkSink?(table: TableDefinition): void;
  openSource?(table: TableDefinition, context: ConnectorContext): Promise<Source>;
  openSink?(table: TableDefinition, context: SinkContext): Promise<Sink>;
  /** Keys of metadata columns with the text of their types: `timestamp` -> `TIMESTAMP_LTZ(3) NOT NULL`. */
  readonly metadata: Readonly<Record<string, { readonly type: string; readonly isWritable: boolean }>>;
  /** Which changes the sink takes; undefined: inserts only. */
  sinkMode?(table: TableDefinition): SinkMode;
  /** How rows become bytes for the sink; undefined: by `format` and its options, without keys. */
  sinkEncoding?(table: TableDefinition): SinkEncoding;
  /**
   * Rows are made or dropped in the worker itself, without bytes. An internal source's blocks have no records:
   * what lies between two positions is made by the `RowMaker` that `runtime/internal-connectors.ts` finds by the
   * connector's name. An internal sink gets no blocks.
   */
  readonly isInternal?: boolean;
}

export interface SinkEncoding {
  /** The value of the option `format`, with the options of its prefix in the table. */
  readonly format: string;
  /** `SinkBlock.keys`: the partition keys' values, joined by a delimiter, or as `a=1/b=2/`. */
  readonly keys:
    | { readonly kind: "delimited"; readonly columns: readonly number[]; readonly delimiter: string }
    | { readonly kind: "hive"; readonly columns: readonly number[]; readonly nullName: string }
    | undefined;
  /** Columns of the table that are left out of the bytes. */
  readonly leaveOut: readonly number[];
}

/** Makes the rows of an internal source in a worker. */
export interface RowMaker {
  /** Between two positions of a split, in batches of a few thousand rows; the same again for the same positions. */
  rows(split: string, from: Position, to: Position): Iterable<Batch>;
}

export interface InternalConnector {
  openRows(table: TableDefinition, columns: readonly SourceColumn[], mode: IntegerMode): RowMaker;
}

export interface ConnectorContext {
  /** Of the application: whose streams and buckets names mean, and in whose name they are used. */
  readonly account: string;
  readonly region: string;
  readonly roleArn: string | undefined;
  /** `aws:SourceArn` */
  readonly sourceArn: string;
  /** When the job began for the first time, restarts and snapshots between included: what "latest" means. */
  readonly startedMs: number;
  /** Ends with the job. */
  readonly signal: AbortSignal;
  /** Lines for the application's log. */
  log(level: "info" | "warn" | "error", message: string): void;
}

/** Positions are JSON: a source's own, kept in journal and manifests. */
export type Position = string | number;

/** A part of a source that is read in order: a shard, a file, a partition. */
export interface Split {
  readonly id: string;
  /** Where a reader without a checkpoint begins. */
  readonly start: Position;
  /** Nothing is read before these splits were read to their end. */
  readonly after: readonly string[];
}

export interface Source {
  /** Nothing will be added when all known splits have ended. */
  readonly isBounded: boolean;
  /** Splits that are there now: more later where a source grows; ended and forgotten ones may be missing. */
  splits(): Promise<readonly Split[]>;
  /**
   * What comes at `from`: no records when there are none yet. The same position gives the same bytes again, as
   * long as the source has them. @throws SourceLostError when they are gone
   */
  read(split: string, from: Position, limits: SourceLimits): Promise<SourceBlock>;
  /** Reads exactly what was read from `from` to `to`, when a round is repeated. */
  reread(split: string, from: Position, to: Position): Promise<SourceBlock>;
  /**
   * Tells, possibly more often than needed, that `read` of a split may answer more, or of all splits and
   * `splits` itself when none is named.
   */
  onChange(listener: (split?: string) => void): Disposable;
  /** For metrics: how far behind the newest record; undefined where it is not known. */
  lagMs?(split: string, position: Position): number | undefined;
  close(): Promise<void>;
}

export interface SourceLimits {
  readonly maxBytes: number;
  readonly maxRecords: number;
}

/** Records as bytes in one buffer, which is given away: its memory is transferred to a worker. */
export interface SourceBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Record i is bytes[starts[i], ends[i]). */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Rows of an internal source between the positions, which has no records. */
  readonly rowCount?: number;
  /** Values of metadata columns by key, one a record: typed arrays for times and numbers. */
  readonly metadata: Readonly<Record<string, Float64Array | readonly string[]>>;
  readonly next: Position;
  /** Nothing will ever follow in this split. */
  readonly isEnd: boolean;
}

/** Records that a position means are no longer there: retention. */
export class SourceLostError extends Error {
  override readonly name = "SourceLostError";
}

export interface SinkContext extends ConnectorContext {
  /**
   * Names the sink in one run of the job, from its start to its end, restarts and crashes included; a start from
   * a snapshot is another run. Exactly-once sinks keep it, with the subtask, beside what they write.
   */
  readonly producer: string;
  readonly subtask: number;
}

/** What a sink promises, as the docs and EXPLAIN say it. */
export type SinkGuarantee = "exactly-once" | "at-least-once";

export interface Sink {
  readonly guarantee: SinkGuarantee;
  /**
   * `prompt`: rows are visible once `write` has resolved; a repeated round is given again with the same number,
   * and the sink drops what it has. `staged`: rows are visible after `commit`.
   */
  readonly visibility: "prompt" | "staged";
  /**
   * In the order of rounds; a round without rows for the sink is left out. Resolves when durable (for staged
   * sinks: taken). Rejections are retried by the runtime while `isTransient` says so, else end the job.
   */
  write(round: number, block: SinkBlock): Promise<void>;
  /**
   * All that was written so far becomes durable and gets a handle for the manifest; of prompt sinks the handle is
   * where `recover` looks from. Between writes, never during one. A checkpoint may be given up after it was
   * prepared, so a handle stands for everything that was not committed yet. After a crash the same checkpoint
   * may be prepared again, after the same rounds.
   */
  prepare(checkpoint: number): Promise<string>;
  /**
   * The manifest is durable: makes visible what the handle stands for; may be called again after a crash. Later
   * rounds may be written meanwhile; the next `prepare` waits for it.
   */
  commit(handle: string): Promise<void>;
  /**
   * Once before the first round: what the last manifest says, or undefined for a job without one. Commits what
   * the handle stands for, drops what was staged behind it, and finds what is visible of later rounds.
   */
  recover(handle: string | undefined): Promise<void>;
  isTransient(error: unknown): boolean;
  /** @param keep what is staged stays, for a restart */
  close(keep: boolean): Promise<void>;
}

/** Encoded rows. */
export interface SinkBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Row kinds, for upsert sinks; undefined: all are inserts. */
  readonly kinds: Uint8Array | undefined;
  /** Values of `PARTITIONED BY` or of the partition key, joined as the connector wants them; one a row. */
  readonly keys: readonly string[] | undefined;
  /** The watermark after the round: partition commit goes by it. */
  readonly watermark: number;
}
