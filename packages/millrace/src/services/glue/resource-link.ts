import type { Database, Table } from "@aws-sdk/client-glue";
import { ServiceError } from "../../core/errors.ts";
import type { Call } from "../../gateway/call.ts";
import type {
  CatalogScope,
  DatabaseDefinition,
  TableDefinition,
  TargetDatabase,
  TargetTable,
} from "../../kernels/catalog/index.ts";
import { databaseOutput } from "./database-output.ts";
import { invalidInput } from "./errors.ts";
import {
  type FoundDatabase,
  type FoundTable,
  folded,
  followDatabase,
  followTable,
  targetScope,
} from "./lookup.ts";
import type { GlueState } from "./state.ts";
import { tableOutput } from "./table-output.ts";

/** Members of a target that are answered under the name of a link to it. */
const databaseMembers = ["Description", "LocationUri", "Parameters"] as const;
const tableMembers = [
  "Description",
  "Owner",
  "LastAccessTime",
  "LastAnalyzedTime",
  "Retention",
  "StorageDescriptor",
  "PartitionKeys",
  "ViewOriginalText",
  "ViewExpandedText",
  "TableType",
  "Parameters",
] as const;

/**
 * A database as Glue answers it. A link has the properties of its target, as far as the caller may see it; if
 * that is forbidden or gone, the link is answered as it is. See
 * https://docs.aws.amazon.com/lake-formation/latest/dg/resource-links-glue-apis.html.
 */
export function databaseAnswer(state: GlueState, found: FoundDatabase, call: Call): Database {
  const own = databaseOutput(found.scope, found.database);
  const target = reached(() => followDatabase(state, found, [], call));
  if (target?.linked !== true) return own;
  return { ...own, ...picked(databaseOutput(target.scope, target.database), databaseMembers) };
}

/** A table as Glue answers it; as for databases. A link that is found through a link is not followed. */
export function tableAnswer(state: GlueState, found: FoundTable, call: Call): Table {
  const own = tableOutput(found.scope, found.database.name, found.table);
  if (found.linked || found.table.definition.TargetTable === undefined) return own;
  const target = reached(() => followTable(state, found, call));
  if (target === undefined) return own;
  return { ...own, ...picked(tableOutput(target.scope, target.database.name, target.table), tableMembers) };
}

/** Undefined when the way ends with an error that a client might see. */
function reached<T>(follow: () => T): T | undefined {
  try {
    return follow();
  } catch (error) {
    if (error instanceof ServiceError) return undefined;
    throw error;
  }
}

function picked<T extends object, K extends keyof T>(from: T, names: readonly K[]): Partial<T> {
  const entries = names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]);
  return Object.fromEntries(entries) as Partial<T>;
}

/** Refuses a link to a link, and to itself; the target need not be there. @throws InvalidInputException */
export function checkDatabaseLink(
  state: GlueState,
  made: { readonly scope: CatalogScope; readonly name: string; readonly definition: DatabaseDefinition },
  call: Call,
): void {
  const target = made.definition.TargetDatabase;
  if (target === undefined) return;
  const { scope, name } = databaseTarget(target, made.scope, call);
  if (isSame(scope, made.scope) && name === folded(made.name))
    throw invalidInput("A resource link cannot lead to itself.");
  if (state.catalog.databases.find(scope, name)?.definition.TargetDatabase !== undefined)
    throw invalidInput("A resource link cannot lead to another resource link.");
}

/** As `checkDatabaseLink`; links to tables are not made through links to databases, either. */
export function checkTableLink(
  state: GlueState,
  made: FoundDatabase & { readonly name: string; readonly definition: TableDefinition },
  call: Call,
): void {
  const target = made.definition.TargetTable;
  if (target === undefined) return;
  if (made.linked)
    throw invalidInput("A resource link to a table cannot be created in a database that is a resource link.");
  if (target.Name === undefined) throw invalidInput("TargetTable requires a Name.");
  const { scope, name } = databaseTarget(target, made.scope, call);
  const database = state.catalog.databases.find(scope, name);
  const table = folded(target.Name);
  if (database?.id === made.database.id && table === folded(made.name))
    throw invalidInput("A resource link cannot lead to itself.");
  const isLink =
    database?.definition.TargetDatabase !== undefined ||
    (database !== undefined &&
      state.catalog.tables.find(database, table)?.definition.TargetTable !== undefined);
  if (isLink) throw invalidInput("A resource link cannot lead to another resource link.");
}

function databaseTarget(
  target: TargetDatabase | TargetTable,
  from: CatalogScope,
  call: Call,
): { readonly scope: CatalogScope; readonly name: string } {
  if (target.DatabaseName === undefined)
    throw invalidInput("The target of a resource link requires a DatabaseName.");
  return { scope: targetScope(target, from, call), name: folded(target.DatabaseName) };
}

function isSame(one: CatalogScope, other: CatalogScope): boolean {
  return one.catalogId === other.catalogId && one.region === other.region;
}
