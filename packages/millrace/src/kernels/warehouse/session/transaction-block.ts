import { SqlError } from "../../../sql/sql-error.ts";
import { Transaction, type TransactionOptions } from "../transaction/transaction.ts";
import type { Settings } from "./settings.ts";

/** How a transaction went. */
export type TransactionEnd = "committed" | "rolled back";

/**
 * Where a session stands: in no block (then each statement, or each round of the protocol, is a transaction of
 * its own), in one that BEGIN opened, or in one that failed and only waits for its end.
 */
export class TransactionBlock {
  readonly #options: TransactionOptions;
  readonly #settings: Settings;
  readonly #ended: (transaction: Transaction, end: TransactionEnd) => void;
  #transaction: Transaction | undefined;
  #state: "idle" | "open" | "failed" = "idle";
  #readOnly = false;

  constructor(
    options: TransactionOptions,
    settings: Settings,
    ended: (transaction: Transaction, end: TransactionEnd) => void,
  ) {
    this.#options = options;
    this.#settings = settings;
    this.#ended = ended;
  }

  get state(): "idle" | "open" | "failed" {
    return this.#state;
  }

  get transaction(): Transaction | undefined {
    return this.#transaction;
  }

  /** The transaction that a statement runs in. @throws SqlError 25P02 */
  ensure(): Transaction {
    if (this.#state === "failed")
      throw new SqlError(
        "25P02",
        "current transaction is aborted, commands ignored until end of transaction block",
      );
    if (this.#transaction === undefined) {
      this.#transaction = new Transaction(this.#options);
      this.#transaction.readOnly =
        this.#readOnly ||
        this.#settings.isOn("default_transaction_read_only") ||
        this.#settings.isOn("readonly");
      this.#settings.begin();
    }
    return this.#transaction;
  }

  /** False when there is a block already. What ran before in this round of the protocol becomes part of it. */
  begin(readOnly: boolean | undefined): boolean {
    if (this.#state !== "idle") return false;
    const transaction = this.ensure();
    this.#readOnly = readOnly ?? transaction.readOnly;
    transaction.readOnly = this.#readOnly;
    this.#state = "open";
    return true;
  }

  /** Commits what is open. Of a failed block this is its rollback. @throws what the commit throws; then it is rolled back */
  async commit(): Promise<TransactionEnd> {
    const transaction = this.#transaction;
    const failed = this.#state === "failed";
    this.#leave();
    if (failed) return "rolled back";
    if (transaction === undefined) return "committed";
    try {
      await transaction.commit();
    } catch (error) {
      this.#settings.end(false);
      this.#ended(transaction, "rolled back");
      throw error;
    }
    this.#settings.end(true);
    this.#ended(transaction, "committed");
    return "committed";
  }

  async rollback(): Promise<void> {
    const transaction = this.#transaction;
    this.#leave();
    await this.#rollback(transaction);
  }

  /** Commits, and stays in a block if there was one: what TRUNCATE does. */
  async commitAndContinue(): Promise<void> {
    const wasOpen = this.#state === "open";
    const readOnly = this.#readOnly;
    await this.commit();
    if (wasOpen) this.begin(readOnly);
  }

  /** A statement failed: nothing of the transaction remains, and a block waits for its end. */
  async fail(): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    if (this.#state === "open") this.#state = "failed";
    await this.#rollback(transaction);
  }

  /** The engine is gone, and the transaction with it. */
  abandon(): void {
    this.#transaction?.abandon();
    this.#leave();
  }

  #leave(): void {
    this.#transaction = undefined;
    this.#state = "idle";
    this.#readOnly = false;
  }

  async #rollback(transaction: Transaction | undefined): Promise<void> {
    if (transaction === undefined) return;
    try {
      await transaction.rollback();
    } finally {
      this.#settings.end(false);
      this.#ended(transaction, "rolled back");
    }
  }
}
