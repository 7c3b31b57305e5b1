import type { Clock } from "../../core/clock.ts";

/** Failures that cost nothing: people mistype. */
const freeAttempts = 5;
const firstDelayMs = 1_000;
const maxDelayMs = 60_000;
/** After this without an attempt, all is forgotten. */
const forgottenMs = 15 * 60_000;
/** Names and addresses that are remembered at the same time. */
const maxKeys = 10_000;

interface Attempts {
  failures: number;
  /** Before it, no attempt is made. */
  notBeforeMs: number;
  lastMs: number;
}

/**
 * Slows down who tries passwords: after a few failures of a name or an address each further one doubles the
 * wait. An attempt counts as failed from its beginning, so that many at once are as slow as one by one.
 */
export class AttemptLimiter {
  readonly #clock: Clock;
  readonly #attempts = new Map<string, Attempts>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long to wait before an attempt for these keys may be made; 0 when it is counted and may be made now. */
  begin(keys: readonly string[]): number {
    const nowMs = this.#clock.now();
    const all = keys.map((key) => this.#of(key, nowMs));
    const waitMs = Math.max(...all.map(({ notBeforeMs }) => notBeforeMs - nowMs));
    if (waitMs > 0) return waitMs;
    for (const attempts of all) {
      attempts.failures++;
      attempts.lastMs = nowMs;
      const beyond = attempts.failures - freeAttempts;
      if (beyond >= 0) attempts.notBeforeMs = nowMs + Math.min(firstDelayMs * 2 ** beyond, maxDelayMs);
    }
    return 0;
  }

  /** An attempt was right: its own key is as new, the others are as before it. */
  succeed(own: string, others: readonly string[]): void {
    this.#attempts.delete(own);
    for (const key of others) {
      const attempts = this.#attempts.get(key);
      if (attempts !== undefined) attempts.failures--;
    }
  }

  #of(key: string, nowMs: number): Attempts {
    const known = this.#attempts.get(key);
    if (known !== undefined && nowMs - known.lastMs < forgottenMs) return known;
    this.#attempts.delete(key);
    for (const oldest of this.#attempts.keys()) {
      if (this.#attempts.size < maxKeys) break;
      this.#attempts.delete(oldest);
    }
    const fresh = { failures: 0, notBeforeMs: 0, lastMs: nowMs };
    this.#attempts.set(key, fresh);
    return fresh;
  }
}
