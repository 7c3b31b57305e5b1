/** https://docs.aws.amazon.com/managed-flink/latest/java/how-scaling-auto.html */
const scaleUpAt = 75;
const scaleUpAfterMs = 15 * 60_000;
const scaleDownAt = 10;
const scaleDownAfterMs = 6 * 3_600_000;

export interface ScalingBounds {
  /** What the application is configured with: it never has less. */
  readonly least: number;
  readonly most: number;
}

/**
 * Decides on an application's parallelism by the load of its threads: twice as much after 15 minutes at 75 percent
 * or more, half after six hours at 10 percent or less.
 */
export class Scaling {
  #highSinceMs: number | undefined;
  #lowSinceMs: number | undefined;

  /** @returns another parallelism, when the time has come for it */
  observe(
    utilization: number,
    nowMs: number,
    current: number,
    { least, most }: ScalingBounds,
  ): number | undefined {
    if (utilization >= scaleUpAt) this.#highSinceMs ??= nowMs;
    else this.#highSinceMs = undefined;
    if (utilization <= scaleDownAt) this.#lowSinceMs ??= nowMs;
    else this.#lowSinceMs = undefined;
    const wanted = this.#wanted(nowMs, current);
    const bounded = Math.max(least, Math.min(most, wanted));
    if (bounded === current) return undefined;
    this.reset();
    return bounded;
  }

  /** After each start the load is another. */
  reset(): void {
    this.#highSinceMs = undefined;
    this.#lowSinceMs = undefined;
  }

  #wanted(nowMs: number, current: number): number {
    if (this.#highSinceMs !== undefined && nowMs - this.#highSinceMs >= scaleUpAfterMs) return current * 2;
    if (this.#lowSinceMs !== undefined && nowMs - this.#lowSinceMs >= scaleDownAfterMs)
      return Math.floor(current / 2);
    return current;
  }
}
