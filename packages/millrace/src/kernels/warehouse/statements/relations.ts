import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord, SchemaRecord } from "../catalog/records.ts";
import type { LockMode } from "../locks/lock-table.ts";
import { engineTable, engineTemporaryTable } from "../session/engine-names.ts";
import { nameLock, tableLock } from "../session/lock-uses.ts";
import { findRelation, nameParts, pathSchemas, unknownSchema } from "../session/name-resolution.ts";
import { notOnExternal } from "../spectrum/external-errors.ts";
import { isExternal } from "../spectrum/schema-access.ts";
import { serializableViolation } from "../transaction/transaction-history.ts";
import type { StatementContext } from "./statement-context.ts";

const systemSchemas: readonly string[] = ["pg_catalog", "information_schema", "pg_internal"];

/** Where a new object goes. @throws SqlError 3F000, 42501, 0A000 */
export function targetSchema(
  name: QualifiedName,
  temporary: boolean,
  context: StatementContext,
): { readonly schema: SchemaRecord; readonly name: string } {
  const { database, schema, name: made } = nameParts(name);
  checkOwnDatabase(database, context);
  const { catalog, searchPath } = context;
  if (temporary || made.startsWith("#")) {
    if (schema !== undefined && catalog.schema(schema) !== catalog.temporarySchema)
      throw new SqlError("42P16", "temporary tables may not specify a schema name");
    return { schema: catalog.temporarySchema, name: made };
  }
  if (schema === undefined) {
    const [first] = pathSchemas(catalog, searchPath);
    if (first === undefined) throw new SqlError("3F000", "no schema has been selected to create in");
    return { schema: first, name: made };
  }
  return { schema: schemaNamed(schema, context), name: made };
}

/** @throws SqlError 3F000; 42501 for schemas of the system */
export function schemaNamed(name: string, { catalog }: StatementContext): SchemaRecord {
  if (systemSchemas.includes(name)) throw new SqlError("42501", `permission denied for schema ${name}`);
  const schema = catalog.schema(name);
  if (schema === undefined) throw unknownSchema(name);
  return schema;
}

/** One whose objects the user may name. @throws SqlError 3F000, 42501 */
export function usableSchema(name: string, context: StatementContext): SchemaRecord {
  const schema = schemaNamed(name, context);
  if (schema !== context.catalog.temporarySchema) context.demand({ kind: "name in schema", schema });
  return schema;
}

export function checkOwnDatabase(database: string | undefined, { databaseRecord }: StatementContext): void {
  if (database !== undefined && database !== databaseRecord.name)
    throw new SqlError("0A000", `cross-database reference to database "${database}" is not supported`);
}

/** Undefined when there is none, or a system table of the name. */
export function relationNamed(name: QualifiedName, context: StatementContext): RelationRecord | undefined {
  const { database, schema, name: called } = nameParts(name);
  checkOwnDatabase(database, context);
  if (context.host.systemTables.find(schema, called) !== undefined)
    throw new SqlError("42501", `permission denied: "${called}" is a system catalog`);
  if (schema !== undefined) usableSchema(schema, context);
  if (schema !== undefined && isExternal(context.catalog.schema(schema))) throw notOnExternal();
  return findRelation(context.catalog, context.searchPath, schema, called);
}

export function demandRelation(name: QualifiedName, context: StatementContext): RelationRecord {
  const found = relationNamed(name, context);
  if (found !== undefined) return found;
  const text = name.parts.map((part) => part.name).join(".");
  throw new SqlError("42P01", `relation "${text}" does not exist`, { position: name.span.start });
}

/** Names that are looked up again because the catalog changed while their locks were waited for. */
const maxLookUps = 10;

/**
 * A relation by name, locked, in a transaction that is open in the engine.
 * @throws SqlError 40001 when another transaction has changed it since this one began
 */
export async function lockedRelation(
  name: QualifiedName,
  mode: LockMode,
  context: StatementContext,
): Promise<RelationRecord> {
  for (let attempt = 0; attempt < maxLookUps; attempt++) {
    const found = demandRelation(name, context);
    await lockRelation(found, mode, context);
    await context.open();
    const again = demandRelation(name, context);
    if (again.oid === found.oid) return unchanged(again, context);
  }
  throw new SqlError(
    "40001",
    `relation "${name.parts.at(-1)?.name}" changed while the statement waited for it`,
  );
}

export async function lockRelation(
  { oid }: RelationRecord,
  mode: LockMode,
  context: StatementContext,
): Promise<void> {
  await context.transaction.lock(tableLock(oid), mode);
  if (mode === "exclusive") await lockDefinition(oid, context);
  context.checkCancelled();
}

/** Whoever changes the record of an object does so alone. GRANT takes this one only, so that it waits for no reader. */
export async function lockDefinition(oid: number, context: StatementContext): Promise<void> {
  await context.transaction.lock(`definition ${oid}`, "exclusive");
  context.checkCancelled();
}

/** What others committed since this transaction's snapshot cannot be changed from it. */
function unchanged(
  record: RelationRecord,
  { catalog, transaction, processId }: StatementContext,
): RelationRecord {
  if (catalog.isTemporary(record) || catalog.changes.has(record.oid)) return record;
  if (transaction.database.catalog.relationByOid(record.oid) === record) return record;
  throw serializableViolation(record.oid, [transaction.id], processId);
}

/**
 * Reserves a name in a schema for what is about to be made, in a transaction that is open in the engine. Tells
 * whether there is something of the name already.
 */
export async function reserveName(
  schema: SchemaRecord,
  name: string,
  context: StatementContext,
): Promise<RelationRecord | undefined> {
  const { transaction } = context;
  if (schema.oid !== context.catalog.temporarySchema.oid) {
    await transaction.lock(`schema ${schema.oid}`, "share");
    await transaction.lock(nameLock(schema.oid, name), "exclusive");
  }
  context.checkCancelled();
  await context.open();
  if (context.catalog.schemaByOid(schema.oid) === undefined) throw unknownSchema(schema.name);
  const committed = transaction.database.catalog.relation(schema.oid, name);
  // What this transaction has dropped or renamed is no more to it.
  const others =
    committed !== undefined && context.catalog.changes.has(committed.oid) ? undefined : committed;
  return context.catalog.relation(schema.oid, name) ?? others;
}

/** The engine's name of a table of the session's database. */
export function engineName(record: RelationRecord, { catalog, transaction }: StatementContext): string {
  return catalog.isTemporary(record)
    ? engineTemporaryTable(record.oid)
    : engineTable(transaction.database.engineName, record.oid);
}

/** @throws SqlError 42809 unless the relation is a table */
export function demandTable(record: RelationRecord): RelationRecord {
  if (record.type !== "table") throw new SqlError("42809", `"${record.name}" is not a table`);
  return record;
}

/** Objects of a transaction that read only are refused before anything happens. */
export function isView({ type }: RelationRecord): boolean {
  return type === "view" || type === "late-binding view";
}
