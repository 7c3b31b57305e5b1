import type { Drop } from "../../../sql/redshift/ast/admin.ts";
import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { RelationRecord } from "../catalog/records.ts";
import { tagResult } from "../session/results.ts";
import { externalSchemaNamed } from "../spectrum/external-target.ts";
import type { StatementResult } from "../sql-session.ts";
import { dropDatabase } from "./databases.ts";
import { dropRelation } from "./dependencies.ts";
import { dropExternalTable } from "./drop-external.ts";
import { dropGroups, dropUsers } from "./drop-users.ts";
import { dropFunctions } from "./functions.ts";
import { lockedRelation, relationNamed } from "./relations.ts";
import { dropRoles } from "./roles.ts";
import { dropSchemas } from "./schemas.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

export const drop: StatementKind<Drop> = Object.freeze({
  category: "ddl",
  place: ({ objectType }) => (objectType === "database" ? "alone" : "transaction"),
  run: async (ast, context) => {
    const { objectType } = ast;
    await dropAll(ast, context);
    return dropped(objectType);
  },
} satisfies StatementKind<Drop>);

function dropped(objectType: Drop["objectType"]): StatementResult {
  return tagResult(`DROP ${objectType.toUpperCase()}`);
}

function dropAll(ast: Drop, context: StatementContext): Promise<void> {
  switch (ast.objectType) {
    case "table":
    case "view":
    case "materialized view":
      return dropRelations(ast, ast.objectType, context);
    case "schema":
      return dropSchemas(ast, context);
    case "database":
      return dropDatabase(ast, context);
    case "function":
      return dropFunctions(ast, context);
    case "user":
      return dropUsers(ast, context);
    case "group":
      return dropGroups(ast, context);
    case "role":
      return dropRoles(ast, context);
    case "procedure":
      throw new SqlError("0A000", `DROP ${ast.objectType.toUpperCase()} is not supported`);
  }
}

async function dropRelations(
  { names, ifExists, behavior }: Drop,
  type: "table" | "view" | "materialized view",
  context: StatementContext,
): Promise<void> {
  const records: RelationRecord[] = [];
  for (const name of names) {
    const external = externalSchemaNamed(name, context);
    if (external !== undefined && type === "table") {
      await dropExternalTable(external, name, ifExists, context);
      continue;
    }
    const record = await found(name, type, ifExists, context);
    if (record !== undefined) records.push(record);
  }
  const together = records.map(({ oid }) => oid);
  for (const record of records) {
    context.demand({ kind: "own relation", relation: record, privilege: "drop" });
    // One of the list may have gone with another already.
    if (context.catalog.relationByOid(record.oid) !== undefined)
      await dropRelation(record, behavior === "cascade", context, together);
  }
}

async function found(
  name: QualifiedName,
  type: "table" | "view" | "materialized view",
  ifExists: boolean,
  context: StatementContext,
): Promise<RelationRecord | undefined> {
  const called = name.parts.at(-1)?.name ?? "";
  if (lookUp(name, ifExists, context) === undefined) {
    const what = type === "materialized view" ? "Materialized view" : type === "view" ? "View" : "Table";
    if (!ifExists)
      throw new SqlError("42P01", `${what} "${called}" does not exist`, { position: name.span.start });
    context.notice("INFO", `${what} "${called}" does not exist and will be skipped`);
    return undefined;
  }
  const record = await lockedRelation(name, "exclusive", context);
  const own = record.type === "late-binding view" ? "view" : record.type;
  if (own !== type)
    throw new SqlError("42809", `"${called}" is not a ${type}`, {
      hint: `Use DROP ${own.toUpperCase()} to remove it.`,
    });
  return record;
}

/** With IF EXISTS, a schema that does not exist is one more way of not existing. */
function lookUp(
  name: QualifiedName,
  ifExists: boolean,
  context: StatementContext,
): RelationRecord | undefined {
  try {
    return relationNamed(name, context);
  } catch (error) {
    if (ifExists && error instanceof SqlError && error.sqlState === "3F000") return undefined;
    throw error;
  }
}
