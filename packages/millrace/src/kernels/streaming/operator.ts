import type {
  EvaluationContext,
  IntegerMode,
  ScalarFunction,
} from "../../sql/flink/functions/scalar-function.ts";
import type { Batch } from "./batch.ts";

/** Where an operator puts what comes out: at once, in order. */
export interface Output {
  push(batch: Batch): void;
}

/** What an operator is told of the round it works in: all of it the same again when the round is repeated. */
export interface RoundContext extends EvaluationContext {
  /** Of rows that come straight from a source, the id of their split; elsewhere the empty text. */
  readonly split: string;
}

/**
 * One subtask of an operator, with the keys of its key groups. Single-threaded and synchronous; its answers
 * depend on its inputs, their order and the rounds' times alone, so that a repeated round gives the same output.
 *
 * In a round the runtime calls `process` for each batch of each input, in a fixed order, then `advance` once,
 * whether or not there was data or the watermark moved.
 */
export interface Operator {
  process(input: number, batch: Batch, output: Output, round: RoundContext): void;
  /**
   * Emits what is complete and drops state that is no longer needed.
   * @param watermark the least of the inputs' watermarks in ms: no row with an earlier or equal time is expected;
   *   -Infinity before the first, +Infinity at the end of bounded input
   */
  advance(watermark: number, output: Output, round: RoundContext): void;
  /** The processing time at which the operator wants a round although no data comes; undefined: none. */
  wakeAtMs(): number | undefined;
  /** Copies the state; nothing of what is given changes later. The pause of a checkpoint: memory copies only. */
  snapshot(): OperatorSnapshot;
  /** Before the first round. Given all snapshots of the operator's subtasks; it takes its key groups' keys. */
  restore(snapshots: readonly OperatorSnapshot[]): void;
  /**
   * By how much watermarks fall behind on their way through, for operators that put rows out later than they came
   * in; 0 when absent.
   */
  readonly watermarkDelayMs?: number;
  /** For metrics and limits. */
  stateBytes(): number;
  /** Rows that came behind the watermark and were dropped, so far. */
  lateRows?(): number;
}

/**
 * The operator behind a source that makes watermarks. Rows of several splits come in one round, each batch with
 * the `split` of its context; between rows and `advance` the runtime says which splits the subtask reads.
 */
export interface WatermarkMaker extends Operator {
  /**
   * Once a round, before `advance`: all splits of the source that are dealt to this subtask and have not ended.
   * One that never had rows holds the watermark back, one that is idle does not; what is not listed is forgotten.
   * A split whose first rows have come is told apart by no call: `process` begins its entry.
   */
  setSplits(splits: readonly SplitState[]): void;
  /**
   * The subtask's watermark after `advance`; never less than before. Undefined: idle, readers go by the others.
   * What `advance` was given is -Infinity, and +Infinity once the source has ended, which is then the answer.
   */
  watermark(): number | undefined;
}

export interface SplitState {
  readonly id: string;
  readonly isIdle: boolean;
}

/** Named columns of state; what a name means is the operator's. */
export interface OperatorSnapshot {
  /** Of the layout: a change of it that cannot be read is refused by `restore`. */
  readonly version: number;
  readonly mode: IntegerMode;
  readonly parts: readonly SnapshotPart[];
}

/** Written to disk column by column; rows of one part have the same keys. */
export interface SnapshotPart {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly SnapshotColumn[];
}

/** `values` holds numbers, or for `json` lanes values that `encodeValue` can write. */
export interface SnapshotColumn {
  readonly name: string;
  readonly values: Uint8Array | Int32Array | Float64Array | BigInt64Array | readonly unknown[];
  readonly nulls: Uint8Array | undefined;
}

/** What an operator is made with. */
export interface OperatorContext {
  readonly mode: IntegerMode;
  /** `table.local-time-zone` */
  readonly timeZone: string;
  /** Scalar functions by name, temporary ones (`udf:name`) included. */
  readonly functions: (name: string) => ScalarFunction | undefined;
  /**
   * The key groups of this subtask: `from` to below `to`, of `keyGroupCount`. Of operators that run in one
   * subtask alone (behind a `single` exchange, VALUES) that one has all, the others none.
   */
  readonly keyGroups: { readonly from: number; readonly to: number };
  /** `table.exec.state.ttl`; 0: for ever. */
  readonly stateTtlMs: number;
  /** Above it the operator throws StateLimitError, which names it. */
  readonly maxStateBytes: number;
  /** `name[id]`, for errors. */
  readonly name: string;
  /** Counts rows that failed or were dropped; a reason is one of a few words. */
  count(reason: string, rows: number): void;
}

/** Key groups of a job, whatever its parallelism: Flink's default maximal parallelism. */
export const keyGroupCount = 128;

/** An operator's state has outgrown its limit. */
export class StateLimitError extends Error {
  override readonly name = "StateLimitError";
}
