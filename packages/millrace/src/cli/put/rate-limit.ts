import { setTimeout as sleep } from "node:timers/promises";

/** Lets so many records a second through, from the first one on. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #startedMs: number = performance.now();
  #passed = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Resolves when `records` more may go. */
  async pass(records: number, signal: AbortSignal): Promise<void> {
    const dueMs = this.#startedMs + (this.#passed / this.#perSecond) * 1_000;
    this.#passed += records;
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await sleep(waitMs, undefined, { signal });
  }
}
