import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { nameParts } from "../session/name-resolution.ts";
import type { StatementContext } from "../statements/statement-context.ts";
import { type ExternalTable, loadExternalTable } from "./external-tables.ts";
import { type ExternalSchemaRecord, isExternal } from "./schema-access.ts";

/** The external schema that a statement's name means; undefined for a name of anything local. */
export function externalSchemaNamed(
  name: QualifiedName,
  { catalog, databaseRecord }: StatementContext,
): ExternalSchemaRecord | undefined {
  const { database, schema } = nameParts(name);
  if (schema === undefined || (database !== undefined && database !== databaseRecord.name)) return undefined;
  const record = catalog.schema(schema);
  return isExternal(record) ? record : undefined;
}

/** The external table of a name. @throws SqlError 42P01 */
export async function demandExternalTable(
  schema: ExternalSchemaRecord,
  name: QualifiedName,
  { host }: StatementContext,
): Promise<ExternalTable> {
  const called = name.parts.at(-1)?.name ?? "";
  const found = await loadExternalTable(schema, called, host);
  if (found !== undefined) return found;
  throw new SqlError("42P01", `relation "${schema.name}.${called}" does not exist`, {
    position: name.span.start,
  });
}

/** What is changed in the catalog is not taken back with a block. @throws SqlError 25001 */
export function demandNoBlock({ block }: StatementContext, what: string): void {
  if (block.state !== "idle") throw new SqlError("25001", `${what} cannot run inside a transaction block`);
}
