import { type Clock, systemClock, type Timer } from "../core/clock.ts";

/** What waits for its turn: it runs, or is told that it waited too long. */
interface Waiting {
  readonly enter: () => void;
  readonly turnAway: () => void;
  readonly timer: Timer;
}

export interface RequestGateLimits {
  /** Requests that wait at the same time; further ones are turned away at once. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
}

const defaultRequestGateLimits: RequestGateLimits = { maxWaiting: 1_000, maxWaitMs: 60_000 };

/**
 * Lets requests in, but for the moments in which what they work on is closed and opened again: then they wait.
 * While it is open it costs a request one addition.
 */
export class RequestGate {
  readonly #limits: RequestGateLimits;
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  #isHeld = false;
  #inside = 0;
  #emptied: (() => void) | undefined;

  /** @param clock of how long requests wait: people wait for them, so that it is the real one by default */
  constructor(limits: RequestGateLimits = defaultRequestGateLimits, clock: Clock = systemClock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Runs `task` now, or when the gate opens; `turnAway` instead when that takes too long. Tasks do not throw. */
  pass(task: () => Promise<void>, turnAway: () => void): void {
    if (!this.#isHeld) this.#run(task);
    else if (this.#waiting.size >= this.#limits.maxWaiting) turnAway();
    else {
      const timer = this.#clock.after(this.#limits.maxWaitMs, () => {
        this.#waiting.delete(waiting);
        turnAway();
      });
      const waiting = { enter: () => this.#run(task), turnAway, timer };
      this.#waiting.add(waiting);
    }
  }

  /** Holds new requests back, and resolves when those inside are done or `graceMs` have passed. */
  async hold(graceMs: number): Promise<void> {
    this.#isHeld = true;
    if (this.#inside === 0) return;
    await new Promise<void>((resolve) => {
      const timer = this.#clock.after(graceMs, resolve);
      this.#emptied = () => {
        timer.cancel();
        resolve();
      };
    });
    this.#emptied = undefined;
  }

  /** Lets in who waits, in the order of their coming. */
  open(): void {
    this.#isHeld = false;
    for (const { enter, timer } of this.#takeWaiting()) {
      timer.cancel();
      enter();
    }
  }

  /** Sends away who waits; the gate stays as it is. */
  turnAllAway(): void {
    for (const { turnAway, timer } of this.#takeWaiting()) {
      timer.cancel();
      turnAway();
    }
  }

  #takeWaiting(): readonly Waiting[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    return all;
  }

  #run(task: () => Promise<void>): void {
    this.#inside++;
    void task().finally(this.#leave);
  }

  readonly #leave = (): void => {
    this.#inside--;
    if (this.#inside === 0) this.#emptied?.();
  };
}
