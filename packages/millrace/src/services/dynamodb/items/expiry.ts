import type { Clock } from "../../../core/clock.ts";
import { limits } from "../limits.ts";
import type { Table } from "../tables/table.ts";
import type { TableCatalog } from "../tables/table-catalog.ts";
import { type ExpiryIndex, expiryBytes } from "./item-index.ts";

/** How often expired items are looked for. AWS deletes them within a few days. */
const sweepIntervalMs = 5_000;
/** Steps of one sweep of a table; the next sweep goes on. */
const maxSteps = 1_000;

/** Deletes items whose time to live is over. */
export class Expiry {
  readonly #clock: Clock;
  readonly #tables: TableCatalog;

  constructor(clock: Clock, tables: TableCatalog) {
    this.#clock = clock;
    this.#tables = tables;
  }

  schedule(): void {
    void this.#tables.after(sweepIntervalMs, async () => {
      try {
        for (const table of this.#tables.all) await this.#sweep(table);
      } finally {
        this.schedule();
      }
    });
  }

  async #sweep(table: Table): Promise<void> {
    for (let step = 0; step < maxSteps; step++) {
      const { expiry, document } = table;
      const isKept = document.timeToLive?.status === "ENABLED" && this.#tables.get(document) === table;
      if (expiry === undefined || !isKept || this.#tables.isClosed) return;
      if (this.#isClear(table, expiry)) return;
      await this.#tables.database.write([table.items], () => this.#deleteExpired(table, expiry));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #isClear(table: Table, expiry: ExpiryIndex): boolean {
    return table.items.keysBefore(expiry, ...this.#interval()).length === 0;
  }

  #deleteExpired(table: Table, expiry: ExpiryIndex): void {
    for (const key of table.items.keysBefore(expiry, ...this.#interval()))
      table.items.put(key, table.items.get(key), undefined);
  }

  /** Expiry times that are due: now, or up to five years ago. */
  #interval(): [from: Buffer, until: Buffer] {
    const nowSeconds = Math.floor(this.#clock.now() / 1000);
    return [expiryBytes(nowSeconds - limits.maxExpiredForSeconds), expiryBytes(nowSeconds)];
  }
}
