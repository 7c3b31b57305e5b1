import { assert } from "../../core/assert.ts";
import type { KeptBatch } from "./append-request.ts";
import type { Batch } from "./log.ts";
import type { Offset } from "./offset.ts";
import type { ReadBudget } from "./read-budget.ts";
import type { TimeKind } from "./segment-index.ts";

/** Consecutive batches in memory: the newest of a log on disk, or all of a log that is only in memory. */
export class BatchRun {
  #batches: (KeptBatch | undefined)[] = [];
  /** Batches before it were dropped; the array is cut when they are the larger half. */
  #head = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get oldest(): KeptBatch | undefined {
    return this.#batches[this.#head];
  }

  push(batch: KeptBatch): void {
    const last = this.#batches.at(-1);
    assert(last === undefined || last.firstOffset + last.count === batch.firstOffset, "a run has no gaps");
    this.#batches.push(batch);
    this.#bytes += batch.payloadBytes;
  }

  dropOldest(): void {
    const oldest = this.oldest;
    if (oldest === undefined) return;
    this.#bytes -= oldest.payloadBytes;
    this.#batches[this.#head] = undefined;
    this.#head += 1;
    if (this.#head * 2 > this.#batches.length) {
      this.#batches = this.#batches.slice(this.#head);
      this.#head = 0;
    }
  }

  clear(): void {
    this.#batches = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  /** Batches from the one that contains `from`, below the watermark; undefined when it is not in the run. */
  read(from: Offset, durableOffset: Offset, budget: ReadBudget): readonly Batch[] | undefined {
    const oldest = this.oldest;
    if (oldest === undefined || from < oldest.firstOffset) return undefined;
    const found: Batch[] = [];
    for (
      let i = this.#indexOf((batch) => batch.firstOffset + batch.count > from);
      i < this.#batches.length;
      i++
    ) {
      const batch = this.#batches[i];
      if (batch === undefined || batch.firstOffset >= durableOffset) break;
      if (!budget.admit(batch.firstOffset, batch.count, batch.payloadBytes)) break;
      found.push(batch);
    }
    return found.length > 0 ? found : undefined;
  }

  /** The first offset whose batch has a time >= `timeMs`. */
  offsetForTime(timeMs: number, kind: TimeKind): Offset | undefined {
    if (kind === "append")
      return this.#batches[this.#indexOf((batch) => batch.appendTimeMs >= timeMs)]?.firstOffset;
    for (let i = this.#head; i < this.#batches.length; i++) {
      const batch = this.#batches[i];
      if (batch !== undefined && batch.maxTimeMs >= timeMs) return batch.firstOffset;
    }
    return undefined;
  }

  /** The first index for which the test holds, when it holds for all later ones too. */
  #indexOf(holds: (batch: KeptBatch) => boolean): number {
    let low = this.#head;
    let high = this.#batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const batch = this.#batches[middle];
      if (batch !== undefined && holds(batch)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
