import type { KeptBatch } from "./append-request.ts";
import { BatchRun } from "./batch-run.ts";
import { logLimits } from "./limits.ts";
import type { Batch } from "./log.ts";
import type { Offset } from "./offset.ts";
import type { ReadBudget } from "./read-budget.ts";

interface KeptEntry {
  readonly tail: LogTail;
  readonly batch: KeptBatch;
}

/**
 * The newest batches of all logs of a store under one bound, so that readers near the tail need no disk.
 * What leaves first is the oldest of the store, whichever log's it is.
 */
export class TailCache {
  readonly #maxBytes: number;
  readonly #maxBatches: number;
  #bytes = 0;
  /** One entry a kept batch, oldest first; those before the head were dropped. */
  #order: (KeptEntry | undefined)[] = [];
  #head = 0;

  /**
   * @param maxBatches keeps small batches from living on by the ten thousand, for the garbage collector to
   * copy before they die; the page cache has them anyway.
   */
  constructor(maxBytes: number, maxBatches: number = logLimits.tailCacheBatches) {
    this.#maxBytes = maxBytes;
    this.#maxBatches = maxBatches;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The part of one more log. */
  openTail(): LogTail {
    return new LogTail(this);
  }

  /** For LogTail: makes room by dropping the oldest batches. */
  add(tail: LogTail, batch: KeptBatch): void {
    this.#bytes += batch.payloadBytes;
    this.#order.push({ tail, batch });
    while (this.#bytes > this.#maxBytes || this.#order.length - this.#head > this.#maxBatches) {
      this.#dropOldest();
    }
  }

  /** For LogTail: the batches are gone from their run. */
  release(bytes: number): void {
    this.#bytes -= bytes;
    this.#order = this.#order.slice(this.#head).filter((entry) => entry?.tail.holds(entry.batch));
    this.#head = 0;
  }

  #dropOldest(): void {
    const entry = this.#order[this.#head];
    if (entry === undefined) return;
    this.#order[this.#head] = undefined;
    this.#head += 1;
    entry.tail.drop(entry.batch);
    this.#bytes -= entry.batch.payloadBytes;
    if (this.#head * 2 > this.#order.length) {
      this.#order = this.#order.slice(this.#head);
      this.#head = 0;
    }
  }
}

/** One log's part of the cache. */
export class LogTail {
  readonly #cache: TailCache;
  readonly #run = new BatchRun();

  constructor(cache: TailCache) {
    this.#cache = cache;
  }

  push(batch: KeptBatch): void {
    this.#run.push(batch);
    this.#cache.add(this, batch);
  }

  read(from: Offset, durableOffset: Offset, budget: ReadBudget): readonly Batch[] | undefined {
    return this.#run.read(from, durableOffset, budget);
  }

  clear(): void {
    const bytes = this.#run.bytes;
    if (this.#run.oldest === undefined) return;
    this.#run.clear();
    this.#cache.release(bytes);
  }

  holds(batch: KeptBatch): boolean {
    const oldest = this.#run.oldest;
    return oldest !== undefined && batch.firstOffset >= oldest.firstOffset;
  }

  drop(batch: KeptBatch): void {
    if (this.#run.oldest === batch) this.#run.dropOldest();
  }
}
