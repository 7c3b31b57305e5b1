import type { StatementSync } from "node:sqlite";
import type { SqlFile } from "../../core/sql-file.ts";
import type { TableDefinition } from "./definition.ts";
import { readDocument } from "./document.ts";
import { CatalogError } from "./errors.ts";
import { type Page, pageOf } from "./scope.ts";
import type { TableEntry } from "./table-entry.ts";

export interface VersionPage {
  /** The last version of the page before. */
  readonly after?: number | undefined;
  readonly limit: number;
}

type Row = { version: number; document: string; updated_ms: number };

/** The versions of tables: the current one, and those that updates have kept. */
export class TableVersions {
  readonly #file: SqlFile;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #delete: StatementSync;

  constructor(file: SqlFile) {
    this.#file = file;
    const columns = "version, document, updated_ms";
    this.#find = file.prepare(`SELECT ${columns} FROM table_versions WHERE table_id = ? AND version = ?`);
    this.#list = file.prepare(
      `SELECT ${columns} FROM table_versions WHERE table_id = ? AND version < ? ORDER BY version DESC LIMIT ?`,
    );
    this.#delete = file.prepare("DELETE FROM table_versions WHERE table_id = ? AND version = ?");
  }

  /** The table as it was in a version. @param version A number as text, or `LATEST`. @throws CatalogError */
  get(table: TableEntry, version: string = "LATEST"): TableEntry {
    if (version === "LATEST") return table;
    const number = versionNumber(version);
    if (number === table.version) return table;
    const row = this.#find.get(table.id, number) as Row | undefined;
    if (row === undefined) throw new CatalogError("not-found", "version", "Version not found.");
    return atVersion(table, row);
  }

  /** The newest first. */
  list(table: TableEntry, { after, limit }: VersionPage): Page<TableEntry, number> {
    const isFirst = after === undefined || after > table.version;
    const rows = this.#list.all(table.id, isFirst ? table.version : after, limit + 1) as Row[];
    const older = rows.map((row) => atVersion(table, row));
    return pageOf(isFirst ? [table, ...older] : older, limit, (last) => last.version);
  }

  /** Deletes older versions, in one transaction; answers what could not be, by version. */
  deleteAll(table: TableEntry, versions: readonly string[]): Promise<ReadonlyMap<string, CatalogError>> {
    return this.#file.write(() => {
      const failed = new Map<string, CatalogError>();
      for (const version of versions) {
        try {
          this.#remove(table, versionNumber(version));
        } catch (error) {
          if (!(error instanceof CatalogError)) throw error;
          failed.set(version, error);
        }
      }
      return failed;
    });
  }

  #remove(table: TableEntry, version: number): void {
    const row = this.#file.prepare("SELECT version FROM tables WHERE id = ?").get(table.id);
    if (row === undefined) throw new CatalogError("not-found", "table", `Table ${table.name} not found.`);
    if (row["version"] === version)
      throw new CatalogError("invalid", "version", "Cannot delete the current version of a table.");
    if (this.#delete.run(table.id, version).changes === 0)
      throw new CatalogError("not-found", "version", "Version not found.");
  }
}

/** @throws CatalogError when it is no version at all */
export function versionNumber(text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new CatalogError("invalid", "version", `Invalid version: ${text}`);
  return Number(text);
}

function atVersion(table: TableEntry, row: Row): TableEntry {
  const definition = readDocument<TableDefinition>(row.document);
  return { ...table, version: row.version, definition, updatedMs: row.updated_ms };
}
