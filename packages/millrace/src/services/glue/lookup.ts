import type { Call } from "../../gateway/call.ts";
import type { CatalogScope, DatabaseEntry, TableEntry } from "../../kernels/catalog/index.ts";
import { entityNotFound } from "./errors.ts";
import type { GlueState } from "./state.ts";

/** What names a catalog in every input; without it the caller's own is meant. */
export interface InCatalog {
  readonly CatalogId?: string | undefined;
}

export interface InDatabase extends InCatalog {
  readonly DatabaseName: string;
}

/** A database, and where it is. */
export interface FoundDatabase {
  readonly scope: CatalogScope;
  readonly database: DatabaseEntry;
}

/** A table, and where it is. */
export interface FoundTable extends FoundDatabase {
  readonly table: TableEntry;
}

/** Names of databases, tables and indexes are kept in lower case, as Hive has them. */
export const folded = (name: string): string => name.toLowerCase();

export function scopeOf(input: InCatalog, call: Call): CatalogScope {
  return { catalogId: input.CatalogId ?? call.account, region: call.region };
}

/** @throws EntityNotFoundException */
export function databaseOf(state: GlueState, input: InDatabase, call: Call): FoundDatabase {
  const scope = scopeOf(input, call);
  const name = folded(input.DatabaseName);
  const database = state.catalog.databases.find(scope, name);
  if (database === undefined) throw entityNotFound(`Database ${name} not found.`);
  return { scope, database };
}

/** @throws EntityNotFoundException */
export function tableOf(state: GlueState, input: InDatabase, tableName: string, call: Call): FoundTable {
  const { scope, database } = databaseOf(state, input, call);
  const name = folded(tableName);
  const table = state.catalog.tables.find(database, name);
  if (table === undefined) throw entityNotFound(`Table ${name} not found.`);
  return { scope, database, table };
}
