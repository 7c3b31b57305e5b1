import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { SerialTasks } from "../../core/serial-tasks.ts";
import { limits } from "./limits.ts";
import type { ResultFiles } from "./result-files.ts";
import type { SessionTable } from "./session-table.ts";
import type { StatementTable } from "./statement-table.ts";

const everyMs = 10 * 60 * 1000;
/** One more than a batch may have. */
const maxParts = 40;

export interface SweepParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly statements: StatementTable;
  readonly sessions: SessionTable;
  readonly results: ResultFiles;
}

/** Forgets what is older than a day, and the oldest of what is too much. */
export class Sweep {
  readonly #parts: SweepParts;
  readonly #tasks = new SerialTasks();
  #timer: Timer | undefined;
  #closed = false;

  constructor(parts: SweepParts) {
    this.#parts = parts;
  }

  run(): Promise<void> {
    return this.#tasks.run(async () => {
      this.#timer?.cancel();
      if (this.#closed) return;
      const { clock, log, statements, sessions, results } = this.#parts;
      const beforeMs = clock.now() - limits.retentionMs;
      try {
        const kept = { statements: limits.keptStatements, bytes: limits.keptResultBytes };
        for (const id of await statements.prune(beforeMs, kept))
          for (let part = 0; part < maxParts; part++) await results.remove(id, part);
        await sessions.prune(beforeMs);
      } catch (error) {
        log.warn({ err: error }, "old statements could not be removed");
      }
      this.#timer = clock.after(everyMs, () => void this.run());
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#tasks.settled();
  }
}
