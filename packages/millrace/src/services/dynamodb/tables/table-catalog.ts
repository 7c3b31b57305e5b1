import type { Clock, Timer } from "../../../core/clock.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Logger } from "../../../core/logger.ts";
import type { Change, Store } from "../../../core/store.ts";
import { resourceInUse, tableNotFound } from "../errors.ts";
import type { ItemDatabase, Written } from "../items/item-database.ts";
import { dropTable, ItemTable, indexPrefix, itemsPrefix } from "../items/item-table.ts";
import type { TableDocument } from "./document.ts";
import { finishTable } from "./lifecycle.ts";
import { indexIds, Table, type TableAddress } from "./table.ts";

const collection = "tables";
/** The shortest wait before the end of a state is tried again, after the disk failed. */
const retryMs = 1_000;
/** Filling an index may take longer than anybody wants to wait for an answer. */
const maxWaitMs = 500;

export interface TableCatalogDependencies {
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: Store;
  readonly database: ItemDatabase;
  /** How long CREATING, UPDATING and DELETING last. */
  readonly transitionMs: number;
}

/**
 * The tables of all accounts and regions. Every change of a table's document goes through `change`, which
 * makes it durable first and visible afterwards, one change after the other.
 */
export class TableCatalog {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #store: Store;
  readonly database: ItemDatabase;
  readonly #transitionMs: number;
  readonly #byName = new Map<string, Table>();
  readonly #timers = new Set<Timer>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(dependencies: TableCatalogDependencies) {
    this.#clock = dependencies.clock;
    this.#log = dependencies.log;
    this.#store = dependencies.store;
    this.database = dependencies.database;
    this.#transitionMs = dependencies.transitionMs;
  }

  async load(): Promise<void> {
    for (const [, document] of this.#store.all<TableDocument>(collection)) {
      const table = this.#enlist(document);
      // A crash may have fallen between the document and its SQLite tables.
      await this.#define(table.items, document);
    }
    await this.#dropOrphans();
    for (const table of this.#byName.values()) void this.finishLater(table, Math.max(1, this.#transitionMs));
  }

  get(address: TableAddress): Table | undefined {
    return this.#byName.get(nameKey(address));
  }

  /** The tables of an account in a region, by name. */
  list(account: string, region: string): readonly Table[] {
    return this.all
      .filter(({ document }) => document.account === account && document.region === region)
      .sort((a, b) => (a.document.name < b.document.name ? -1 : 1));
  }

  get all(): readonly Table[] {
    return [...this.#byName.values()];
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Makes a table that is CREATING until `finishLater`. */
  async create(document: TableDocument): Promise<Table> {
    if (this.get(document)) throw resourceInUse(`Table already exists: ${document.name}`);
    const table = this.#enlist(document);
    try {
      await this.#define(table.items, document);
      await this.#store.commit([this.#changeOf(document)]);
    } catch (error) {
      this.#byName.delete(nameKey(document));
      throw error;
    }
    return table;
  }

  /**
   * Replaces a table's document by what `next` makes of it; nothing changes when `next` throws. New indexes get
   * their SQLite tables before the document names them.
   */
  change(table: Table, next: (document: TableDocument) => TableDocument): Promise<void> {
    return table.changes.run(async () => {
      if (this.get(table.document) !== table) throw tableNotFound(table.document.name);
      const document = next(table.document);
      const known = new Set(indexIds(table.document));
      if (indexIds(document).some((id) => !known.has(id))) await this.#define(table.items, document);
      await this.#store.commit([this.#changeOf(document)]);
      table.adopt(document);
    });
  }

  /** Drops the SQLite tables of indexes that no document names any more. */
  async dropIndexes(ids: readonly string[]): Promise<void> {
    const there = new Set(this.database.tableNames(indexPrefix));
    for (const id of ids) if (there.has(indexPrefix + id)) await dropTable(this.database, indexPrefix + id);
  }

  /** Forgets a table and its items, after the changes that were asked for before. */
  remove(table: Table): Promise<void> {
    return table.changes.run(async () => {
      if (this.get(table.document) !== table) return;
      await this.#store.commit([{ collection, key: table.document.id }]);
      this.#byName.delete(nameKey(table.document));
      await this.dropIndexes(indexIds(table.document));
      await dropTable(this.database, itemsPrefix + table.items.id);
    });
  }

  /**
   * Ends a transitional state when its time has come, and tries again until it succeeds. Where it takes no time it
   * begins at once, and the promise resolves when it was tried, or is taking longer: clients that wait for the state
   * look at it right after the answer, and sleep for 20 s if it is another one.
   */
  async finishLater(table: Table, delayMs: number = this.#transitionMs): Promise<void> {
    if (!isTransitional(table.document)) return;
    const finished = this.after(delayMs, async () => {
      try {
        await finishTable(this, table);
      } catch (error) {
        void this.finishLater(table, Math.max(delayMs, retryMs));
        throw error;
      }
    });
    const { promise: isTakingLong, resolve } = Promise.withResolvers<void>();
    const timer = this.#clock.after(maxWaitMs, resolve);
    await Promise.race([finished, isTakingLong]);
    timer.cancel();
  }

  /** Timed work: never begins after a close, and what it throws is logged. Resolves at its end if it runs at once. */
  async after(delayMs: number, work: () => Promise<void>): Promise<void> {
    if (this.#closed) return;
    if (delayMs === 0) {
      await this.#run(work);
      return;
    }
    const timer = this.#clock.after(delayMs, () => {
      this.#timers.delete(timer);
      void this.#run(work);
    });
    this.#timers.add(timer);
  }

  #run(work: () => Promise<void>): Promise<void> {
    const running = work().catch((error: unknown) => {
      this.#log.error({ err: error }, `timed work of a table failed: ${messageOf(error)}`);
    });
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }

  /** Waits for the timed work that has begun. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async reset(): Promise<void> {
    await this.idle();
    for (const table of this.all) await this.remove(table);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    await this.idle();
    await Promise.allSettled(this.all.map(({ changes }) => changes.settled()));
  }

  #enlist(document: TableDocument): Table {
    const table = new Table(document, new ItemTable(this.database, document.id.replaceAll("-", "")));
    this.#byName.set(nameKey(document), table);
    return table;
  }

  #changeOf(document: TableDocument): Change {
    return { collection, key: document.id, put: document };
  }

  async #define(items: ItemTable, document: TableDocument): Promise<void> {
    await this.database.write([items as Written], () => {
      items.create();
      for (const id of indexIds(document)) items.createIndex(id);
    });
  }

  /** SQLite tables that no document names: a crash fell between making or dropping them and the document. */
  async #dropOrphans(): Promise<void> {
    const named = new Set<string>();
    for (const { items, document } of this.all) {
      named.add(itemsPrefix + items.id);
      for (const id of indexIds(document)) named.add(indexPrefix + id);
    }
    for (const prefix of [itemsPrefix, indexPrefix])
      for (const name of this.database.tableNames(prefix)) {
        if (named.has(name)) continue;
        this.#log.info({ table: name }, "dropping what a deleted table left");
        await dropTable(this.database, name);
      }
  }
}

function isTransitional({ status, indexes, timeToLive }: TableDocument): boolean {
  return (
    status !== "ACTIVE" ||
    indexes.some((index) => index.status !== "ACTIVE") ||
    (timeToLive !== undefined && timeToLive.status !== "ENABLED")
  );
}

function nameKey({ account, region, name }: TableAddress): string {
  return `${account}/${region}/${name}`;
}
