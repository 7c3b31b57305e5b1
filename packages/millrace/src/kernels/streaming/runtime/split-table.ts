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
  readonly #parallelism: number;
  readonly #active = new Map<string, SplitEntry>();
  readonly #ended = new Set<string>();
  #hasEnded = false;

  constructor(uid: string, parallelism: number) {
    this.#uid = uid;
    this.#parallelism = parallelism;
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
      const dealt = keepsSubtasks ? subtask : this.leastLoaded([]);
      this.#active.set(split, { position, subtask: dealt, isIdle });
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
      this.#active.set(split, { position: from, subtask, isIdle: false });
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
      this.#ended.add(read.split);
    }
    if (description.hasEnded === true) this.#hasEnded = true;
  }

  /** The subtask with the fewest splits, those that are being added included; the first of equals. */
  leastLoaded(added: readonly { readonly subtask: number }[]): number {
    const loads = new Array<number>(this.#parallelism).fill(0);
    for (const { subtask } of [...this.#active.values(), ...added])
      loads[subtask] = (loads[subtask] ?? 0) + 1;
    return loads.indexOf(Math.min(...loads));
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

  /** Ended splits that the source no longer lists need not be remembered. */
  forgetEnded(listed: ReadonlySet<string>): void {
    for (const split of this.#ended) if (!listed.has(split)) this.#ended.delete(split);
  }
}
