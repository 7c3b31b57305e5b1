import type { BoundFunction } from "../../../sql/flink/bind/index.ts";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { StateFile } from "../checkpoint/state-file.ts";
import type { SinkEncoding } from "../connector-port.ts";
import type { SplitState } from "../operator.ts";
import type { PhysicalPlan } from "../plan/physical-plan.ts";
import type { SubtaskOutcome, SubtaskRound } from "./round.ts";

/** What a subtask is started with: plain data, since it goes to another thread. */
export interface SubtaskStart {
  readonly plan: PhysicalPlan;
  readonly subtask: number;
  readonly parallelism: number;
  readonly mode: IntegerMode;
  readonly timeZone: string;
  readonly stateTtlMs: number;
  readonly maxStateBytes: number;
  readonly functions: readonly BoundFunction[];
  /** Of sinks that get bytes, by the `id` of their nodes. */
  readonly encodings: readonly { readonly node: number; readonly encoding: SinkEncoding }[];
  /** The subtask's splits of each source, as before the first round. */
  readonly sources: readonly SubtaskSplits[];
  /** State files to go on from. */
  readonly restore: readonly { readonly path: string; readonly file: StateFile }[];
}

export interface SubtaskSplits {
  /** The `id` of the source's node. */
  readonly node: number;
  readonly splits: readonly SplitState[];
  readonly hasEnded: boolean;
}

export type SubtaskRequest =
  | { readonly kind: "round"; readonly round: SubtaskRound }
  /** State as after the rounds before, into a file. */
  | {
      readonly kind: "checkpoint";
      readonly checkpoint: number;
      readonly path: string;
      readonly name: string;
    };

/** In the order of the requests, but for checkpoints, which are written beside later rounds. */
export type SubtaskAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "outcome"; readonly outcome: SubtaskOutcome }
  | {
      readonly kind: "checkpointed";
      readonly checkpoint: number;
      readonly state: StateFile;
      /** For which no round was worked on. */
      readonly pauseMs: number;
    }
  | { readonly kind: "checkpointFailed"; readonly checkpoint: number; readonly message: string }
  /** The last answer. */
  | { readonly kind: "failed"; readonly error: FailureText };

/** An error as it comes from another thread. */
export interface FailureText {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

export interface SubtaskHandle {
  /** The memory of blocks is given away. */
  send(request: SubtaskRequest): void;
  /** No answer comes any more once it is called. */
  close(): Promise<void>;
}

/** Runs the subtasks of a job: in threads, or for tests in this one. */
export interface SubtaskHost {
  start(
    starts: readonly SubtaskStart[],
    answer: (subtask: number, answer: SubtaskAnswer) => void,
  ): readonly SubtaskHandle[];
  /** A start is likely to come: code is loaded meanwhile. To be given back when none has come. */
  warm?(): Disposable;
}
