import type { Call } from "../../gateway/call.ts";
import type { CatalogScope, DatabaseEntry, TableEntry, TargetDatabase } from "../../kernels/catalog/index.ts";
import { actionOf } from "./access-actions.ts";
import { catalogNameOf } from "./catalogs/catalogs.ts";
import { entityNotFound, invalidInput } from "./errors.ts";
import { arnsIn } from "./scope-arns.ts";
import type { GlueState } from "./state.ts";

/** All that is needed to find something: others than Glue's operations look things up as well. */
export type WithCatalog = Pick<GlueState, "catalog">;

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
  /** Whether a resource link led here. */
  readonly linked: boolean;
}

/** A table, and where it is. */
export interface FoundTable extends FoundDatabase {
  readonly table: TableEntry;
}

/** Names of databases, tables and indexes are kept in lower case, as Hive has them. */
export const folded = (name: string): string => name.toLowerCase();

export function scopeOf(input: InCatalog, call: Call): CatalogScope {
  const { account, region, name } = catalogNameOf(input.CatalogId, call);
  return { catalogId: name === "" ? account : `${account}:${name}`, region };
}

/** The database of that name, be it a resource link. @throws EntityNotFoundException */
export function ownDatabaseOf(state: WithCatalog, input: InDatabase, call: Call): FoundDatabase {
  return { ...databaseAt(state, scopeOf(input, call), input.DatabaseName), linked: false };
}

/**
 * The database, or the one that it links to. @throws EntityNotFoundException, or the refusal of the target
 *
 * @param tables those in it that the call is about.
 */
export function databaseOf(
  state: WithCatalog,
  input: InDatabase,
  call: Call,
  tables: readonly string[] = [],
): FoundDatabase {
  return followDatabase(state, ownDatabaseOf(state, input, call), tables, call);
}

/** The table of that name in a database or in the one that it links to, be the table itself a link. */
export function tableInDatabaseOf(
  state: WithCatalog,
  input: InDatabase,
  tableName: string,
  call: Call,
): FoundTable {
  const found = databaseOf(state, input, call, [tableName]);
  return { ...found, table: tableAt(state, found.database, tableName) };
}

/** The table, or the one that it links to. @throws EntityNotFoundException, or the refusal of the target */
export function tableOf(state: WithCatalog, input: InDatabase, tableName: string, call: Call): FoundTable {
  return followTable(state, tableInDatabaseOf(state, input, tableName, call), call);
}

/** Where a database ends up: at itself unless it is a link. The caller must be allowed to act on the target. */
export function followDatabase(
  state: WithCatalog,
  found: FoundDatabase,
  tables: readonly string[],
  call: Call,
): FoundDatabase {
  const target = found.database.definition.TargetDatabase;
  if (target === undefined) return found;
  const scope = targetScope(target, found.scope, call);
  const name = target.DatabaseName ?? "";
  requireTarget(scope, name, tables, call);
  const { database } = databaseAt(state, scope, name);
  if (database.definition.TargetDatabase !== undefined) throw linkToLink(`database ${found.database.name}`);
  return { scope, database, linked: true };
}

/** Where a table ends up: at itself unless it is a link. The caller must be allowed to act on the target. */
export function followTable(state: WithCatalog, found: FoundTable, call: Call): FoundTable {
  const target = found.table.definition.TargetTable;
  if (target === undefined) return found;
  if (found.linked) throw linkToLink(`table ${found.table.name}`);
  const scope = targetScope(target, found.scope, call);
  const { DatabaseName = "", Name = "" } = target;
  requireTarget(scope, DatabaseName, [Name], call);
  const { database } = databaseAt(state, scope, DatabaseName);
  if (database.definition.TargetDatabase !== undefined) throw linkToLink(`table ${found.table.name}`);
  const table = tableAt(state, database, Name);
  if (table.definition.TargetTable !== undefined) throw linkToLink(`table ${found.table.name}`);
  return { scope, database, table, linked: true };
}

/** The catalog that a link leads to: without more said, the one that the link is in. */
export function targetScope(target: TargetDatabase, from: CatalogScope, call: Call): CatalogScope {
  const { catalogId } = target.CatalogId === undefined ? from : scopeOf(target, call);
  return { catalogId, region: target.Region ?? from.region };
}

function databaseAt(
  state: WithCatalog,
  scope: CatalogScope,
  databaseName: string,
): Omit<FoundDatabase, "linked"> {
  const name = folded(databaseName);
  const database = state.catalog.databases.find(scope, name);
  if (database === undefined) throw entityNotFound(`Database ${name} not found.`);
  return { scope, database };
}

function tableAt(state: WithCatalog, database: DatabaseEntry, tableName: string): TableEntry {
  const name = folded(tableName);
  const table = state.catalog.tables.find(database, name);
  if (table === undefined) throw entityNotFound(`Table ${name} not found.`);
  return table;
}

/** What the operation does to the link it also does to the target: both must be allowed. */
function requireTarget(scope: CatalogScope, database: string, tables: readonly string[], call: Call): void {
  if (call.require === undefined) return;
  const resources = arnsIn(scope, folded(database), tables.map(folded));
  call.require({ action: actionOf(call.operation), resources });
}

const linkToLink = (what: string): Error =>
  invalidInput(`The resource link ${what} leads to another resource link.`);
