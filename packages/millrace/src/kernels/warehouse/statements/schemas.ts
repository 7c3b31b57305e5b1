import type { Drop } from "../../../sql/redshift/ast/admin.ts";
import type { AlterSchema, CreateSchema, SchemaQuota } from "../../../sql/redshift/ast/schema.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord, SchemaRecord } from "../catalog/records.ts";
import { grantsOfNewOwner } from "../security/grant-list.ts";
import { unknownSchema } from "../session/name-resolution.ts";
import { tagResult } from "../session/results.ts";
import { demandNoBlock } from "../spectrum/external-target.ts";
import { isExternal } from "../spectrum/schema-access.ts";
import { cannotDrop, describe, dropRelation } from "./dependencies.ts";
import { dropExternalDatabase } from "./drop-external.ts";
import { lockDefinition, lockRelation, schemaNamed } from "./relations.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";
import { userNamed } from "./users-found.ts";

/** AWS's limit for most node types. */
const maxSchemas = 9_900;

function schemaLock(oid: number): string {
  return `schema ${oid}`;
}

export const createSchema: StatementKind<CreateSchema> = Object.freeze({
  category: "ddl",
  run: async (ast, context) => {
    const name = ast.name?.name ?? ast.authorization?.name ?? "";
    checkSchemaName(name);
    context.demand({ kind: "create schema", database: context.databaseRecord });
    const owner = ast.authorization === undefined ? context.user : userNamed(ast.authorization.name, context);
    if (owner.id !== context.user.id) context.demand({ kind: "give away", newOwner: owner });
    await context.transaction.lock(`schema name ${name}`, "exclusive");
    await context.open();
    const { permanent } = context.catalog;
    if ((permanent.schema(name) ?? context.transaction.database.catalog.schema(name)) !== undefined) {
      if (!ast.ifNotExists) throw new SqlError("42P06", `Schema "${name}" already exists`);
      context.notice("INFO", `Schema "${name}" already exists and will be skipped`);
      return tagResult("CREATE SCHEMA");
    }
    if ([...permanent.schemas()].length >= maxSchemas)
      throw new SqlError("54000", `a database can have at most ${maxSchemas} schemas`);
    context.catalog.put({
      kind: "schema",
      oid: await context.host.leader.allocateOid(),
      name,
      ownerId: owner.id,
      quotaMb: ast.quota === undefined ? undefined : quotaMb(ast.quota),
      comment: undefined,
      grants: [],
      external: undefined,
    });
    return tagResult("CREATE SCHEMA");
  },
} satisfies StatementKind<CreateSchema>);

/** @throws SqlError 42939 */
export function checkSchemaName(name: string): void {
  if (name.startsWith("pg_") || name === "information_schema" || name === "catalog_history")
    throw new SqlError("42939", `unacceptable schema name "${name}"`, {
      detail: `The prefix "pg_" is reserved for system schemas.`,
    });
}

const megabytes = { mb: 1, gb: 1_024, tb: 1_024 * 1_024 } as const;

function quotaMb(quota: SchemaQuota): number | undefined {
  return quota.kind === "unlimited" ? undefined : quota.amount * megabytes[quota.unit];
}

/** Its exclusive lock: nobody makes anything in it meanwhile. */
async function lockedSchema(name: string, context: StatementContext): Promise<SchemaRecord> {
  const found = schemaNamed(name, context);
  await context.transaction.lock(schemaLock(found.oid), "exclusive");
  await lockDefinition(found.oid, context);
  context.checkCancelled();
  await context.open();
  return schemaNamed(name, context);
}

export const alterSchema: StatementKind<AlterSchema> = Object.freeze({
  category: "ddl",
  run: async ({ name, action }, context) => {
    const schema = await lockedSchema(name.name, context);
    context.demand({ kind: "own schema", schema });
    if (action.kind === "rename") {
      const newName = action.newName.name;
      checkSchemaName(newName);
      if (context.catalog.schema(newName) !== undefined)
        throw new SqlError("42P06", `Schema "${newName}" already exists`);
      context.catalog.put({ ...schema, name: newName });
    } else if (action.kind === "owner") {
      const owner = userNamed(action.owner.name, context);
      context.demand({ kind: "give away", newOwner: owner });
      const grants = grantsOfNewOwner(schema.grants, schema.ownerId, owner.id);
      context.catalog.put({ ...schema, ownerId: owner.id, grants });
    } else context.catalog.put({ ...schema, quotaMb: quotaMb(action.quota) });
    return tagResult("ALTER SCHEMA");
  },
} satisfies StatementKind<AlterSchema>);

export async function dropSchemas(
  { names, ifExists, behavior, dropExternalDatabase: withDatabase }: Drop,
  context: StatementContext,
): Promise<void> {
  if (withDatabase) demandNoBlock(context, "DROP SCHEMA ... DROP EXTERNAL DATABASE");
  for (const { parts } of names) {
    const name = parts.at(-1)?.name ?? "";
    if (context.catalog.schema(name) === undefined && !isSystem(name)) {
      if (!ifExists) throw unknownSchema(name);
      context.notice("INFO", `Schema "${name}" does not exist and will be skipped`);
      continue;
    }
    const schema = await lockedSchema(name, context);
    context.demand({ kind: "own schema", schema, privilege: "drop" });
    await emptySchema(schema, behavior === "cascade", context);
    for (const entry of context.catalog.permanent.defaultPrivileges())
      if (entry.schemaOid === schema.oid) context.catalog.remove(entry);
    if (withDatabase && isExternal(schema)) await dropExternalDatabase(schema, context);
    context.catalog.remove(schema);
  }
}

function isSystem(name: string): boolean {
  return name === "pg_catalog" || name === "information_schema" || name === "pg_internal";
}

async function emptySchema(schema: SchemaRecord, cascade: boolean, context: StatementContext): Promise<void> {
  const { catalog } = context;
  const records: readonly RelationRecord[] = [...catalog.relationsOf(schema.oid)];
  const functions = catalog.permanent.functionsOf(schema.oid);
  if (!cascade && records.length + functions.length > 0)
    throw cannotDrop(`schema ${schema.name}`, [
      ...records.map(describe),
      ...functions.map(({ name }) => `function ${name}`),
    ]);
  const together = records.map(({ oid }) => oid);
  for (const record of records) {
    await lockRelation(record, "exclusive", context);
    if (catalog.relationByOid(record.oid) === undefined) continue;
    context.notice("NOTICE", `drop cascades to ${describe(record)}`);
    await dropRelation(record, true, context, together);
  }
  for (const made of functions) catalog.remove(made);
}
