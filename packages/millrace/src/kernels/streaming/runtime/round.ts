import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { Position, SinkBlock, SourceBlock } from "../connector-port.ts";
import type { RoundContext, SplitState } from "../operator.ts";

/** What one subtask is given to do: its part of a round. */
export interface SubtaskRound {
  /** From 1 in each run of a job. */
  readonly number: number;
  readonly nowMs: number;
  readonly seed: number;
  /** Sources that have something for the subtask, in the order of the plan. */
  readonly sources: readonly SubtaskSource[];
}

export interface SubtaskSource {
  /** The `id` of the source's node. */
  readonly node: number;
  readonly blocks: readonly SplitBlock[];
  /** The subtask's splits after the round; undefined: as after the round before. */
  readonly splits: readonly SplitState[] | undefined;
  /** Nothing will ever come from the source, in any subtask. */
  readonly hasEnded: boolean;
}

export interface SplitBlock {
  readonly split: string;
  readonly from: Position;
  readonly block: SourceBlock;
}

/** What a subtask answers. */
export interface SubtaskOutcome {
  readonly number: number;
  /** By the `id` of the sink's node; sinks without rows are left out. */
  readonly sinks: readonly { readonly node: number; readonly block: SinkBlock }[];
  readonly wakeAtMs: number | undefined;
  /** For each node of the plan, in its order: see `NodeFigures`. */
  readonly figures: Float64Array;
  /** CPU time of the thread since it began. */
  readonly cpuSeconds: number;
}

/** Where in `figures` a node's numbers lie, from `index * figuresPerNode` on; counts since the graph was made. */
export const NodeFigures = {
  recordsIn: 0,
  recordsOut: 1,
  bytes: 2,
  stateBytes: 3,
  lateRows: 4,
  /** NaN: idle. */
  watermark: 5,
} as const;

export const figuresPerNode = 6;

/** The context of the round that a graph is in: one object for all of them, changed between rounds. */
export class CurrentRound implements RoundContext {
  readonly mode: IntegerMode;
  readonly timeZone: string;
  readonly #subtask: number;
  nowMs = 0;
  split = "";
  #state = 0;

  constructor(mode: IntegerMode, timeZone: string, subtask: number) {
    this.mode = mode;
    this.timeZone = timeZone;
    this.#subtask = subtask;
  }

  begin(nowMs: number, seed: number): void {
    this.nowMs = nowMs;
    this.split = "";
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(this.#subtask + 1, 0x85ebca6b)) | 0;
  }

  /** mulberry32 */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}
