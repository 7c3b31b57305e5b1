/** Delays before the tries of one series of failures. */
const delaysMs = [1000, 5000, 20_000] as const;
/** Failures that are longer ago no longer count. */
const windowMs = 10 * 60 * 1000;

/** Says how often a job that fails is tried again. */
export class RestartPolicy {
  #failures: number[] = [];

  /** The delay before the next try; undefined when there were enough. */
  failed(nowMs: number): number | undefined {
    this.#failures = this.#failures.filter((failedMs) => nowMs - failedMs < windowMs);
    const delayMs = delaysMs[this.#failures.length];
    this.#failures.push(nowMs);
    return delayMs;
  }
}
