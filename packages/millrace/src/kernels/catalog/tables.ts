import type { StatementSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { DatabaseEntry } from "./databases.ts";
import type { TableDefinition } from "./definition.ts";
import { readDocument, writeDocument } from "./document.ts";
import { CatalogError } from "./errors.ts";
import { type CatalogScope, type NamePage, type Page, pageOf } from "./scope.ts";
import type { FoundInCatalog, TableEntry } from "./table-entry.ts";
import { searchTables, type TableSearch } from "./table-search.ts";

export interface TableUpdate {
  readonly definition: TableDefinition;
  /** True keeps no copy of the version before. */
  readonly skipArchive?: boolean | undefined;
  /** The version that the change was made from. */
  readonly expectedVersion?: number | undefined;
}

type Row = {
  id: number;
  database_id: number;
  name: string;
  version: number;
  document: string;
  created_ms: number;
  updated_ms: number;
  created_by: string;
};

const columns = "id, database_id, name, version, document, created_ms, updated_ms, created_by";

/** What else is to be done when tables change. */
export interface TableEvents {
  /** A deleted table has left something behind. */
  wake(): void;
  /** Inside the transaction of an update, before the new version is written. */
  updating(before: TableEntry, after: TableDefinition): void;
}

/** The tables of all databases, in their current versions. */
export class Tables {
  readonly #file: SqlFile;
  readonly #clock: Clock;
  readonly #events: TableEvents;
  readonly #find: StatementSync;
  readonly #byId: StatementSync;
  readonly #list: StatementSync;
  readonly #inCatalog: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #archive: StatementSync;
  readonly #delete: StatementSync;
  readonly #trash: StatementSync;

  constructor(file: SqlFile, clock: Clock, events: TableEvents) {
    this.#file = file;
    this.#clock = clock;
    this.#events = events;
    this.#find = file.prepare(`SELECT ${columns} FROM tables WHERE database_id = ? AND name = ?`);
    this.#byId = file.prepare(`SELECT ${columns} FROM tables WHERE id = ?`);
    this.#list = file.prepare(
      `SELECT ${columns} FROM tables WHERE database_id = ? AND name > ? ORDER BY name`,
    );
    const ofTable = columns.split(", ").map((column) => `t.${column}`);
    this.#inCatalog = file.prepare(
      `SELECT ${ofTable.join(", ")}, d.name AS database_name FROM tables t JOIN databases d ON d.id = t.database_id
       WHERE d.catalog = ? AND d.region = ? AND t.id > ? ORDER BY t.id LIMIT ?`,
    );
    this.#insert = file.prepare(
      `INSERT INTO tables (database_id, name, version, document, created_ms, updated_ms, created_by)
       VALUES (?, ?, 0, ?, ?, ?, ?)`,
    );
    this.#update = file.prepare("UPDATE tables SET version = ?, document = ?, updated_ms = ? WHERE id = ?");
    this.#archive = file.prepare("INSERT INTO table_versions VALUES (?, ?, ?, ?)");
    this.#delete = file.prepare("DELETE FROM tables WHERE id = ?");
    this.#trash = file.prepare("INSERT INTO trash VALUES ('table', ?)");
  }

  find(database: DatabaseEntry, name: string): TableEntry | undefined {
    const row = this.#find.get(database.id, name) as Row | undefined;
    return row && entryOf(row);
  }

  /** @throws CatalogError when there is none of this name */
  get(database: DatabaseEntry, name: string): TableEntry {
    const found = this.find(database, name);
    if (found === undefined) throw new CatalogError("not-found", "table", `Table ${name} not found.`);
    return found;
  }

  /** The table as it is now. @throws CatalogError when it has been deleted */
  current(table: TableEntry): TableEntry {
    const row = this.#byId.get(table.id) as Row | undefined;
    if (row === undefined) throw new CatalogError("not-found", "table", `Table ${table.name} not found.`);
    return entryOf(row);
  }

  /** @param matches leaves out tables by their names. */
  list(
    database: DatabaseEntry,
    page: NamePage,
    matches: (name: string) => boolean = () => true,
  ): Page<TableEntry, string> {
    const { after = "", limit } = page;
    const found: TableEntry[] = [];
    for (const row of this.#list.iterate(database.id, after) as Iterable<Row>) {
      if (!matches(row.name)) continue;
      found.push(entryOf(row));
      if (found.length > limit) break;
    }
    return pageOf(found, limit, (last) => last.name);
  }

  /** Tables of all databases of a catalog, in the order in which they were made. */
  inCatalog(
    scope: CatalogScope,
    page: { readonly after: number; readonly limit: number },
  ): readonly FoundInCatalog[] {
    const rows = this.#inCatalog.all(scope.catalogId, scope.region, page.after, page.limit) as (Row & {
      database_name: string;
    })[];
    return rows.map((row) => ({ databaseName: row.database_name, table: entryOf(row) }));
  }

  /** The tables of all databases of a catalog that match, in the order asked for. */
  search(scope: CatalogScope, search: TableSearch): Promise<Page<FoundInCatalog, number>> {
    return searchTables(this, scope, search);
  }

  /** Resolves when the table is durable. @throws CatalogError when there is one of this name */
  create(
    database: DatabaseEntry,
    name: string,
    definition: TableDefinition,
    createdBy: string,
  ): Promise<TableEntry> {
    return this.#file.write(() => this.add(database, name, definition, createdBy));
  }

  /** Inside a write: what `create` does. */
  add(database: DatabaseEntry, name: string, definition: TableDefinition, createdBy: string): TableEntry {
    this.#requireDatabase(database);
    if (this.find(database, name) !== undefined)
      throw new CatalogError("exists", "table", "Table already exists.");
    const nowMs = this.#clock.now();
    const document = writeDocument(definition);
    const { lastInsertRowid } = this.#insert.run(database.id, name, document, nowMs, nowMs, createdBy);
    const id = Number(lastInsertRowid);
    return {
      id,
      databaseId: database.id,
      name,
      version: 0,
      definition,
      createdMs: nowMs,
      updatedMs: nowMs,
      createdBy,
    };
  }

  /** Writes a new version. @throws CatalogError when the table is gone or has another version than expected */
  update(table: TableEntry, update: TableUpdate): Promise<TableEntry> {
    return this.#file.write(() => {
      const before = this.#byId.get(table.id) as Row | undefined;
      if (before === undefined)
        throw new CatalogError("not-found", "table", `Table ${table.name} not found.`);
      if (update.expectedVersion !== undefined && update.expectedVersion !== before.version)
        throw new CatalogError("version-mismatch", "table", "The table has been changed in the meantime.");
      this.#events.updating(entryOf(before), update.definition);
      if (update.skipArchive !== true)
        this.#archive.run(before.id, before.version, before.document, before.updated_ms);
      const nowMs = this.#clock.now();
      const version = before.version + 1;
      this.#update.run(version, writeDocument(update.definition), nowMs, before.id);
      return { ...entryOf(before), version, definition: update.definition, updatedMs: nowMs };
    });
  }

  /** Deletes the table: it is gone at once, its partitions and versions by and by. */
  async delete(database: DatabaseEntry, name: string): Promise<TableEntry> {
    const deleted = await this.#file.write(() => this.#remove(this.get(database, name)));
    this.#events.wake();
    return deleted;
  }

  /** Deletes those that are there, in one transaction; answers the names of those that are not. */
  async deleteAll(database: DatabaseEntry, names: readonly string[]): Promise<readonly string[]> {
    const absent = await this.#file.write(() => {
      const missing: string[] = [];
      for (const name of names) {
        const table = this.find(database, name);
        if (table === undefined) missing.push(name);
        else this.#remove(table);
      }
      return missing;
    });
    this.#events.wake();
    return absent;
  }

  #remove(table: TableEntry): TableEntry {
    this.#trash.run(table.id);
    this.#delete.run(table.id);
    return table;
  }

  /** The database may have been deleted since the caller saw it. */
  #requireDatabase(database: DatabaseEntry): void {
    const found = this.#file.prepare("SELECT 1 FROM databases WHERE id = ?").get(database.id);
    if (found === undefined)
      throw new CatalogError("not-found", "database", `Database ${database.name} not found.`);
  }
}

function entryOf(row: Row): TableEntry {
  return {
    id: row.id,
    databaseId: row.database_id,
    name: row.name,
    version: row.version,
    definition: readDocument<TableDefinition>(row.document),
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
    createdBy: row.created_by,
  };
}
