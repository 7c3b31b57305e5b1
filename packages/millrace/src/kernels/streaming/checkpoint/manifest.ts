import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { Position } from "../connector-port.ts";
import type { StateFile } from "./state-file.ts";

/**
 * All that a job goes on from: the state after a round, where its sources are, what its sinks have prepared. On
 * disk a checked file.
 */
export interface Manifest {
  readonly version: 1;
  readonly checkpoint: number;
  /** The producer of the run that made it. */
  readonly producer: string;
  /** The last round that is in it. */
  readonly round: number;
  /** Of that round. */
  readonly nowMs: number;
  readonly wakeAtMs: number | undefined;
  readonly createdMs: number;
  /** When the job began for the first time. */
  readonly startedMs: number;
  readonly mode: IntegerMode;
  readonly parallelism: number;
  readonly sources: readonly SourceState[];
  readonly sinks: readonly SinkState[];
  /** One a subtask. */
  readonly states: readonly StateFile[];
}

export interface SourceState {
  readonly uid: string;
  readonly splits: readonly SplitPosition[];
  /** Splits that were read to their end and that the source may still list. */
  readonly ended: readonly string[];
  readonly hasEnded: boolean;
}

export interface SplitPosition {
  readonly split: string;
  readonly position: Position;
  readonly subtask: number;
  readonly isIdle: boolean;
}

export interface SinkState {
  readonly uid: string;
  /** One a subtask. */
  readonly handles: readonly string[];
}

/** Of all files that the manifest names. */
export function stateBytesOf(manifest: Manifest): number {
  return manifest.states.reduce((sum, state) => sum + state.bytes, 0);
}

/** The operators that have state in it. */
export function uidsOf(manifest: Manifest): readonly string[] {
  return [...new Set(manifest.states.flatMap((state) => state.uids))].sort();
}
