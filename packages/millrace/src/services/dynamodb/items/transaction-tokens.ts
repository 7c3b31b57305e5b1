import { createHash } from "node:crypto";
import type { Clock } from "../../../core/clock.ts";
import { ServiceError } from "../../../core/errors.ts";
import { limits } from "../limits.ts";
import type { ItemDatabase, Written } from "./item-database.ts";

/**
 * The tokens of transactions of the last ten minutes. They are written in the transaction that they stand for,
 * so a repetition is recognized after a crash, too.
 */
export class TransactionTokens implements Written {
  readonly #database: ItemDatabase;
  readonly #clock: Clock;
  pending: Written["pending"];

  constructor(database: ItemDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Whether this transaction was made already. @throws ServiceError when the token stands for another one. */
  isRepetition(scope: string, hash: string): boolean {
    const row = this.#database
      .prepare("SELECT hash FROM tokens WHERE scope = ? AND expires_ms > ?")
      .get(scope, this.#clock.now()) as readonly unknown[] | undefined;
    if (row === undefined) return false;
    if (row[0] === hash) return true;
    throw new ServiceError(
      "IdempotentParameterMismatchException",
      "The request uses the same client token as a previous, but non-identical request.",
    );
  }

  /** Call it inside `ItemDatabase.write`. */
  remember(scope: string, hash: string): void {
    const nowMs = this.#clock.now();
    this.#database.prepare("DELETE FROM tokens WHERE expires_ms <= ?").run(nowMs);
    this.#database
      .prepare("INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, '')")
      .run(scope, hash, nowMs + limits.transactTokenLifeMs);
  }

  async reset(): Promise<void> {
    await this.#database.write([this], () => void this.#database.prepare("DELETE FROM tokens").run());
  }

  beforeCommit(): void {}
  rolledBack(): void {}
}

/** The same for inputs that say the same, whatever the order of their members. */
export function hashInput(input: unknown): string {
  return createHash("sha256").update(JSON.stringify(input, sorted)).digest("base64");
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
