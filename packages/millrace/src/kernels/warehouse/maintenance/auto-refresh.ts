import type { Clock, Timer } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { CatalogSnapshot } from "../catalog/catalog-snapshot.ts";
import type { RelationRecord } from "../catalog/records.ts";
import type { SqlSession } from "../sql-session.ts";

/** A database that is open. */
export interface RefreshedDatabase {
  readonly name: string;
  readonly catalog: CatalogSnapshot;
  rowChanges(oid: number): { readonly changes: number };
}

export interface AutoRefreshHost {
  readonly clock: Clock;
  readonly log: Logger;
  hasSessions(): boolean;
  databases(): Iterable<RefreshedDatabase>;
  userName(id: number): string | undefined;
  /** A session of the cluster's own, whose refreshes are called automatic. */
  connect(user: string, database: string): Promise<SqlSession>;
}

const intervalMs = 5_000;

/**
 * Refreshes materialized views with AUTO REFRESH YES whose tables have changed, as their owners, while somebody
 * is connected. A view that cannot be refreshed is left alone until its tables change again.
 */
export class AutoRefresh {
  readonly #host: AutoRefreshHost;
  #timer: Timer | undefined;
  #running = false;
  #stopped = false;
  /** What views' tables were like when a refresh failed, by the view's OID. */
  readonly #failed = new Map<number, string>();

  constructor(host: AutoRefreshHost) {
    this.#host = host;
  }

  wake(): void {
    this.#stopped = false;
    if (!this.#running) this.#timer ??= this.#host.clock.after(intervalMs, () => void this.#tick());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  async #tick(): Promise<void> {
    this.#timer = undefined;
    this.#running = true;
    if (this.#host.hasSessions())
      for (const database of this.#host.databases())
        for (const record of database.catalog.records())
          if (record.kind === "relation" && !this.#stopped) await this.#look(record, database);
    this.#running = false;
    if (!this.#stopped && this.#host.hasSessions()) this.wake();
  }

  async #look(view: RelationRecord, database: RefreshedDatabase): Promise<void> {
    const { materialized, oid } = view;
    if (materialized?.autoRefresh !== true) return;
    const known = Object.entries(materialized.changeCounters);
    const now = known.map(([table]) => database.rowChanges(Number(table)).changes);
    if (
      known.every(([, counter], index) => counter === now[index]) ||
      this.#failed.get(oid) === now.join(",")
    )
      return;
    try {
      await this.#refresh(view, database);
      this.#failed.delete(oid);
    } catch (error) {
      this.#failed.set(oid, now.join(","));
      if (!this.#stopped)
        this.#host.log.warn({ err: error, view: view.name }, "a materialized view could not be refreshed");
    }
  }

  async #refresh(view: RelationRecord, { name, catalog }: RefreshedDatabase): Promise<void> {
    const user = this.#host.userName(view.ownerId);
    const schema = catalog.record(view.schemaOid);
    if (user === undefined || schema?.kind !== "schema") return;
    const session = await this.#host.connect(user, name);
    try {
      const names = [schema.name, view.name].map((part) => `"${part.replaceAll('"', '""')}"`);
      for (const statement of session.parse(`refresh materialized view ${names.join(".")}`))
        await session.execute(await session.prepare(statement, []), []);
      await session.sync();
    } finally {
      await session.close();
    }
  }
}
