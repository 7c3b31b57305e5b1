import type { Position } from "../connector-port.ts";

/** What a round consists of, so that it can be repeated: JSON, kept in the journal. */
export interface RoundDescription {
  readonly number: number;
  readonly nowMs: number;
  /** A checkpoint of this number was begun between the round before and this one. */
  readonly checkpoint?: number;
  /** Sources with something to say, by the uid of their node. */
  readonly sources: readonly SourceDescription[];
}

export interface SourceDescription {
  readonly uid: string;
  /** Splits that are read from now on; `from` is where. */
  readonly added?: readonly { readonly split: string; readonly from: Position; readonly subtask: number }[];
  /** What was read, in the order in which rows were taken. */
  readonly reads?: readonly SplitRead[];
  /** Splits that have become idle. */
  readonly idle?: readonly string[];
  /** The source is bounded, and all of it was read. */
  readonly hasEnded?: boolean;
}

export interface SplitRead {
  readonly split: string;
  readonly from: Position;
  readonly to: Position;
  readonly isEnd?: boolean;
}
