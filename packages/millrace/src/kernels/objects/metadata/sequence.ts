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
  readonly #save: StatementSync;
  #last: number;
  #reserved: number;

  constructor(writer: DatabaseSync, clock: Clock) {
    this.#clock = clock;
    this.#save = writer.prepare("INSERT OR REPLACE INTO counters VALUES ('sequence', ?)");
    const row = writer.prepare("SELECT value FROM counters WHERE name = 'sequence'").get();
    this.#reserved = Number(row?.["value"] ?? 0);
    this.#last = this.#reserved;
  }

  /** Only inside a transaction of the writer. */
  next(): number {
    this.#last = Math.max(this.#last + 1, this.#clock.now() * perMs);
    if (this.#last >= this.#reserved) {
      this.#reserved = this.#last + reservedAhead;
      this.#save.run(this.#reserved);
    }
    return this.#last;
  }
}
