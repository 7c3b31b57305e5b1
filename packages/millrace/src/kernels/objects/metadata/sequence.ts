import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Clock } from "../../../core/clock.ts";

/** Numbers a millisecond has. */
const perMs = 1024;
/** How far ahead numbers are set aside, so that most commits need not write the counter. */
const reservedAhead: number = 60_000 * perMs;

/**
 * Numbers that rise with each version and event, across restarts and whatever the clock does. They follow the
 * clock, so that they need not be written down each time.
 */
export class Sequence {
  readonly #clock: Clock;
  readonly #reserved: StatementSync;
  readonly #reserve: StatementSync;
  #last: number;

  constructor(writer: DatabaseSync, clock: Clock) {
    this.#clock = clock;
    this.#reserved = writer.prepare("SELECT value FROM counters WHERE name = 'sequence'");
    this.#reserve = writer.prepare("INSERT OR REPLACE INTO counters VALUES ('sequence', ?)");
    this.#last = this.#reservation();
  }

  /** Only inside a transaction of the writer. */
  next(): number {
    this.#last = Math.max(this.#last + 1, this.#clock.now() * perMs);
    // Asked each time, because a transaction that was rolled back takes its reservation with it.
    if (this.#last >= this.#reservation()) this.#reserve.run(this.#last + reservedAhead);
    return this.#last;
  }

  #reservation(): number {
    return Number(this.#reserved.get()?.["value"] ?? 0);
  }
}
