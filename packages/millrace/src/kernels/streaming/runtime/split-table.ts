import { assert } from "../../../core/assert.ts";
import type { SourceState, SplitPosition } from "../checkpoint/manifest.ts";
import type { Position } from "../connector-port.ts";
import type { SourceDescription } from "../journal/round-description.ts";
import type { SplitState } from "../operator.ts";

interface SplitEntry {
  position: Position;
  readonly subtask: number;
  isIdle: boolean;
}

/**
 * The splits of one source as they are after a round: what of it goes into manifests. Changed by the
 * descriptions of rounds alone, be they new or repeated.
 */
export class SplitTable {
  readonly #uid: string;
  /** How many splits each subtask has. */
  readonly #loads: number[];
  readonly #active = new Map<string, SplitEntry>();
  readonly #ended = new Set<string>();
  #hasEnded = false;

  constructor(uid: string, parallelism: number) {
    this.#uid = uid;
    this.#loads = new Array<number>(parallelism).fill(0);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get activeCount(): number {
    return this.#active.size;
  }

  /** @param keepsSubtasks false when the parallelism is another: splits are dealt anew */
  restore(state: SourceState, keepsSubtasks: boolean): void {
    for (const { split, position, subtask, isIdle } of state.splits) {
      this.#add(split, { position, subtask: keepsSubtasks ? subtask : leastOf(this.#loads), isIdle });
    }
    for (const split of state.ended) this.#ended.add(split);
    this.#hasEnded = state.hasEnded;
  }

  state(): SourceState {
    const splits: SplitPosition[] = [];
    for (const [split, entry] of this.#active) splits.push({ split, ...entry });
    return { uid: this.#uid, splits, ended: [...this.#ended], hasEnded: this.#hasEnded };
  }

  apply(description: SourceDescription): void {
    for (const { split, from, subtask } of description.added ?? []) {
      this.#add(split, { position: from, subtask, isIdle: false });
    }
    for (const split of description.idle ?? []) {
      const entry = this.#active.get(split);
      if (entry !== undefined) entry.isIdle = true;
    }
    for (const read of description.reads ?? []) {
      const entry = this.#active.get(read.split);
      assert(entry !== undefined, "a split that is read is known");
      entry.position = read.to;
      entry.isIdle = false;
      if (read.isEnd !== true) continue;
      this.#active.delete(read.split);
      this.#loads[entry.subtask] = (this.#loads[entry.subtask] ?? 0) - 1;
      this.#ended.add(read.split);
    }
    if (description.hasEnded === true) this.#hasEnded = true;
  }

  /** Subtasks for splits to come: each time the one with the fewest, the first of equals. */
  deal(count: number): readonly number[] {
    const loads = [...this.#loads];
    return Array.from({ length: count }, () => {
      const subtask = leastOf(loads);
      loads[subtask] = (loads[subtask] ?? 0) + 1;
      return subtask;
    });
  }

  subtaskOf(split: string): number {
    const entry = this.#active.get(split);
    assert(entry !== undefined, "a split that is read is known");
    return entry.subtask;
  }

  positionOf(split: string): Position | undefined {
    return this.#active.get(split)?.position;
  }

  isActive(split: string): boolean {
    return this.#active.has(split);
  }

  isIdle(split: string): boolean {
    return this.#active.get(split)?.isIdle ?? false;
  }

  isKnown(split: string): boolean {
    return this.#active.has(split) || this.#ended.has(split);
  }

  activeSplits(): IterableIterator<string> {
    return this.#active.keys();
  }

  statesOf(subtask: number): readonly SplitState[] {
    const states: SplitState[] = [];
    for (const [id, entry] of this.#active) {
      if (entry.subtask === subtask) states.push({ id, isIdle: entry.isIdle });
    }
    return states;
  }

  #add(split: string, entry: SplitEntry): void {
    this.#active.set(split, entry);
    this.#loads[entry.subtask] = (this.#loads[entry.subtask] ?? 0) + 1;
  }

  /** Ended splits that the source no longer lists need not be remembered. */
  forgetEnded(listed: ReadonlySet<string>): void {
    for (const split of this.#ended) if (!listed.has(split)) this.#ended.delete(split);
  }
}

function leastOf(loads: readonly number[]): number {
  return loads.indexOf(Math.min(...loads));
}
