import type { StatementSync } from "node:sqlite";
import type { Clock } from "../../core/clock.ts";
import type { SqlFile } from "../../core/sql-file.ts";
import type { DatabaseDefinition } from "./definition.ts";
import { readDocument, writeDocument } from "./document.ts";
import { CatalogError } from "./errors.ts";
import { type CatalogScope, type NamePage, type Page, pageOf } from "./scope.ts";

export interface DatabaseEntry {
  /** Never used again for another database. */
  readonly id: number;
  readonly name: string;
  readonly definition: DatabaseDefinition;
  readonly createdMs: number;
}

type Row = { id: number; name: string; document: string; created_ms: number };

/** The databases of all catalogs. Whoever asks gives names in the spelling that they are kept in. */
export class Databases {
  readonly #file: SqlFile;
  readonly #clock: Clock;
  readonly #wake: () => void;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;

  /** @param wake is called when a deleted database leaves something behind. */
  constructor(file: SqlFile, clock: Clock, wake: () => void) {
    this.#wake = wake;
    this.#file = file;
    this.#clock = clock;
    const columns = "id, name, document, created_ms";
    this.#find = file.prepare(
      `SELECT ${columns} FROM databases WHERE catalog = ? AND region = ? AND name = ?`,
    );
    this.#list = file.prepare(
      `SELECT ${columns} FROM databases WHERE catalog = ? AND region = ? AND name > ? ORDER BY name LIMIT ?`,
    );
    this.#insert = file.prepare(
      "INSERT INTO databases (catalog, region, name, document, created_ms) VALUES (?, ?, ?, ?, ?)",
    );
    this.#update = file.prepare("UPDATE databases SET document = ? WHERE id = ?");
  }

  find(scope: CatalogScope, name: string): DatabaseEntry | undefined {
    const row = this.#find.get(scope.catalogId, scope.region, name) as Row | undefined;
    return row && entryOf(row);
  }

  /** @throws CatalogError when there is none of this name */
  get(scope: CatalogScope, name: string): DatabaseEntry {
    const found = this.find(scope, name);
    if (found === undefined) throw new CatalogError("not-found", "database", `Database ${name} not found.`);
    return found;
  }

  list(scope: CatalogScope, page: NamePage): Page<DatabaseEntry, string> {
    const { after = "", limit } = page;
    const rows = this.#list.all(scope.catalogId, scope.region, after, limit + 1) as Row[];
    return pageOf(rows.map(entryOf), limit, (last) => last.name);
  }

  /** Resolves when the database is durable. @throws CatalogError when there is one of this name */
  create(scope: CatalogScope, name: string, definition: DatabaseDefinition): Promise<DatabaseEntry> {
    return this.#file.write(() => {
      if (this.find(scope, name) !== undefined)
        throw new CatalogError("exists", "database", "Database already exists.");
      const createdMs = this.#clock.now();
      const document = writeDocument(definition);
      const { lastInsertRowid } = this.#insert.run(scope.catalogId, scope.region, name, document, createdMs);
      return { id: Number(lastInsertRowid), name, definition, createdMs };
    });
  }

  update(scope: CatalogScope, name: string, definition: DatabaseDefinition): Promise<DatabaseEntry> {
    return this.#file.write(() => {
      const entry = this.get(scope, name);
      this.#update.run(writeDocument(definition), entry.id);
      return { ...entry, definition };
    });
  }

  /** Deletes the database with all that is in it; its tables are gone at once, their partitions by and by. */
  async delete(scope: CatalogScope, name: string): Promise<DatabaseEntry> {
    const deleted = await this.#file.write(() => {
      const entry = this.get(scope, name);
      const run = (sql: string) => this.#file.prepare(sql).run(entry.id);
      run("INSERT INTO trash SELECT 'table', id FROM tables WHERE database_id = ?");
      run("DELETE FROM tables WHERE database_id = ?");
      run("INSERT INTO trash VALUES ('database', ?)");
      run("DELETE FROM databases WHERE id = ?");
      return entry;
    });
    this.#wake();
    return deleted;
  }
}

function entryOf(row: Row): DatabaseEntry {
  return {
    id: row.id,
    name: row.name,
    definition: readDocument<DatabaseDefinition>(row.document),
    createdMs: row.created_ms,
  };
}
