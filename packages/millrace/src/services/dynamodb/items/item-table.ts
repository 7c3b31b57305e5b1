import type { StatementSync } from "node:sqlite";
import type { Item } from "../values/attribute-value.ts";
import { toBuffer } from "../values/compare.ts";
import { itemSize } from "../values/item-size.ts";
import type { ItemKey } from "../values/key-bytes.ts";
import { decodeItem, encodeItem } from "../values/stored-item.ts";
import type { ItemDatabase, Written } from "./item-database.ts";
import type { ItemIndex } from "./item-index.ts";
import { type KeyRange, type Row, RowReader, type ScanRange } from "./row-reader.ts";

export const itemsPrefix = "items_";
export const indexPrefix = "index_";
/** Rows that one step of a backfill, of an expiry or of a deletion works on, so that others get their turn. */
const stepRows = 200;

/**
 * The items of one table, and their places in its indexes.
 *
 *   items_<table id>  (hash, range) => size, value
 *   index_<index id>  (hash, range, key_hash, key_range) with no further columns
 *
 * An index entry is made from the item alone and written in the same transaction, so the two always agree.
 */
export class ItemTable implements Written {
  readonly id: string;
  readonly database: ItemDatabase;
  pending: Written["pending"];
  #indexes: readonly ItemIndex[] = [];
  #counts: { items: number; bytes: number } | undefined;
  readonly #statements = new Map<string, StatementSync>();
  readonly #readers = new Map<string, RowReader>();

  constructor(database: ItemDatabase, id: string) {
    this.database = database;
    this.id = id;
  }

  get indexes(): readonly ItemIndex[] {
    return this.#indexes;
  }

  /** From now on writes keep these indexes, and no others. */
  adopt(indexes: readonly ItemIndex[]): void {
    this.#indexes = indexes;
    const ids = new Set(indexes.map(({ id }) => id));
    for (const id of this.#readers.keys()) if (id !== this.id && !ids.has(id)) this.#readers.delete(id);
    for (const sql of this.#statements.keys())
      if (sql.includes(indexPrefix) && ![...ids].some((id) => sql.includes(id))) this.#statements.delete(sql);
  }

  /** Items and bytes now. */
  get counts(): { readonly items: number; readonly bytes: number } {
    return this.#counted();
  }

  create(): void {
    this.database.define(`
      CREATE TABLE IF NOT EXISTS ${itemsPrefix}${this.id} (
        hash BLOB NOT NULL, range BLOB NOT NULL, size INTEGER NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (hash, range)
      ) STRICT, WITHOUT ROWID;`);
  }

  createIndex(id: string): void {
    this.database.define(`
      CREATE TABLE IF NOT EXISTS ${indexPrefix}${id} (
        hash BLOB NOT NULL, range BLOB NOT NULL, key_hash BLOB NOT NULL, key_range BLOB NOT NULL,
        PRIMARY KEY (hash, range, key_hash, key_range)
      ) STRICT, WITHOUT ROWID;`);
  }

  get(key: ItemKey): Item | undefined {
    const sql = `SELECT value FROM ${itemsPrefix}${this.id} WHERE hash = ? AND range = ?`;
    const row = this.#statement(sql).get(key.hash, key.range) as readonly unknown[] | undefined;
    return row === undefined ? undefined : decodeItem(row[0] as string);
  }

  /**
   * Puts `after` in the place of `before`, which is what `get` says now; without `after` the item is deleted.
   * Answers the indexes that changed. Call it inside `ItemDatabase.write`.
   */
  put(key: ItemKey, before: Item | undefined, after: Item | undefined): readonly ItemIndex[] {
    if (before === undefined && after === undefined) return [];
    const size = after === undefined ? 0 : itemSize(after);
    this.#count((after ? 1 : 0) - (before ? 1 : 0), size - (before ? itemSize(before) : 0));
    const items = itemsPrefix + this.id;
    if (after === undefined)
      this.#statement(`DELETE FROM ${items} WHERE hash = ? AND range = ?`).run(key.hash, key.range);
    else
      this.#statement(
        `INSERT INTO ${items} VALUES (?, ?, ?, ?)
         ON CONFLICT (hash, range) DO UPDATE SET size = excluded.size, value = excluded.value`,
      ).run(key.hash, key.range, size, encodeItem(after));
    return this.#indexes.filter((index) =>
      this.#move(index, key, before && index.entryOf(before), after && index.entryOf(after)),
    );
  }

  /** Whether the item's place in the index changed, or is there at all: AWS counts both as a write. */
  #move(index: ItemIndex, key: ItemKey, from: ItemKey | undefined, to: ItemKey | undefined): boolean {
    const isSame =
      from !== undefined && to !== undefined && from.hash.equals(to.hash) && from.range.equals(to.range);
    if (from !== undefined && !isSame)
      this.#statement(
        `DELETE FROM ${indexPrefix}${index.id} WHERE hash = ? AND range = ? AND key_hash = ? AND key_range = ?`,
      ).run(from.hash, from.range, key.hash, key.range);
    if (to !== undefined && !isSame) this.#addEntry(index, key, to);
    return from !== undefined || to !== undefined;
  }

  #addEntry(index: ItemIndex, key: ItemKey, entry: ItemKey): void {
    this.#statement(`INSERT OR IGNORE INTO ${indexPrefix}${index.id} VALUES (?, ?, ?, ?)`).run(
      entry.hash,
      entry.range,
      key.hash,
      key.range,
    );
  }

  /** Rows with one hash key, in the order of the range key, of the table or of one of its indexes. */
  query(range: KeyRange, index?: ItemIndex): Iterable<Row> {
    return this.#reader(index).query(range);
  }

  /** All rows, in the order of the bytes of their keys. */
  scan(range: ScanRange, index?: ItemIndex): Iterable<Row> {
    return this.#reader(index).scan(range);
  }

  /** Adds the next items to an index; answers where to go on, or undefined at the end. */
  backfill(index: ItemIndex, after: ItemKey | undefined): ItemKey | undefined {
    let last: ItemKey | undefined;
    let rows = 0;
    for (const row of this.scan(after === undefined ? {} : { after })) {
      const entry = index.entryOf(row.item());
      if (entry !== undefined) this.#addEntry(index, row.key, entry);
      last = row.key;
      if (++rows >= stepRows) return last;
    }
    return undefined;
  }

  /** The keys of the next items of an index that come before a key of it. */
  keysBefore(index: ItemIndex, from: Buffer, until: Buffer): readonly ItemKey[] {
    const sql = `SELECT key_hash, key_range FROM ${indexPrefix}${index.id} WHERE hash >= ? AND hash < ? LIMIT ${stepRows}`;
    const rows = this.#statement(sql).all(from, until) as unknown as readonly (readonly Uint8Array[])[];
    return rows.map(([hash = new Uint8Array(), range = new Uint8Array()]) => ({
      hash: toBuffer(hash),
      range: toBuffer(range),
    }));
  }

  beforeCommit(): void {
    const { items, bytes } = this.#counted();
    this.#statement("INSERT OR REPLACE INTO counts VALUES (?, ?, ?)").run(this.id, items, bytes);
  }

  rolledBack(): void {
    this.#counts = undefined;
  }

  #count(items: number, bytes: number): void {
    const counts = this.#counted();
    counts.items += items;
    counts.bytes += bytes;
  }

  #counted(): { items: number; bytes: number } {
    if (this.#counts !== undefined) return this.#counts;
    const row = this.#statement("SELECT items, bytes FROM counts WHERE id = ?").get(this.id) as
      | readonly unknown[]
      | undefined;
    this.#counts = { items: Number(row?.[0] ?? 0), bytes: Number(row?.[1] ?? 0) };
    return this.#counts;
  }

  #reader(index: ItemIndex | undefined): RowReader {
    const id = index?.id ?? this.id;
    let reader = this.#readers.get(id);
    if (reader === undefined) {
      const items = itemsPrefix + this.id;
      reader = new RowReader(this.database, items, index === undefined ? undefined : indexPrefix + index.id);
      this.#readers.set(id, reader);
    }
    return reader;
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Deletes the rows of a table in steps and then the table, so that dropping a large one does not hold up
 * the others. The name is one that `itemsPrefix` or `indexPrefix` begins.
 */
export async function dropTable(database: ItemDatabase, name: string): Promise<void> {
  const columns = name.startsWith(itemsPrefix) ? "hash, range" : "hash, range, key_hash, key_range";
  const sql = `DELETE FROM ${name} WHERE (${columns}) IN (SELECT ${columns} FROM ${name} LIMIT ${stepRows})`;
  const marker: Written = { pending: undefined, beforeCommit: () => {}, rolledBack: () => {} };
  for (let deleted = stepRows; deleted >= stepRows; ) {
    deleted = await database.write([marker], () => Number(database.prepare(sql).run().changes));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await database.write([marker], () => {
    database.define(`DROP TABLE ${name}`);
    if (name.startsWith(itemsPrefix))
      database.prepare("DELETE FROM counts WHERE id = ?").run(name.slice(itemsPrefix.length));
  });
}
