import type { QualifiedName } from "../../../sql/redshift/ast/name.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { asked } from "../spectrum/external-errors.ts";
import { demandNoBlock } from "../spectrum/external-target.ts";
import { connectCatalog, type ExternalSchemaRecord } from "../spectrum/schema-access.ts";
import type { StatementContext } from "./statement-context.ts";

/** DROP TABLE of an external table takes it out of the data catalog; its files stay. */
export async function dropExternalTable(
  schema: ExternalSchemaRecord,
  name: QualifiedName,
  ifExists: boolean,
  context: StatementContext,
): Promise<void> {
  demandNoBlock(context, "DROP EXTERNAL TABLE");
  context.demand({ kind: "own schema", schema });
  const called = name.parts.at(-1)?.name.toLowerCase() ?? "";
  const catalog = await connectCatalog(schema.external, context.host);
  const database = schema.external.database.toLowerCase();
  await asked(async () => {
    if (catalog.table(database, called) !== undefined) return catalog.dropTable(database, called);
    if (!ifExists)
      throw new SqlError("42P01", `Table "${called}" does not exist`, { position: name.span.start });
    context.notice("INFO", `Table "${called}" does not exist and will be skipped`);
  });
}

/** DROP SCHEMA ... DROP EXTERNAL DATABASE: the database of the catalog goes with all that is in it. */
export async function dropExternalDatabase(
  schema: ExternalSchemaRecord,
  context: StatementContext,
): Promise<void> {
  const catalog = await connectCatalog(schema.external, context.host);
  await asked(() => catalog.dropDatabase(schema.external.database.toLowerCase()));
}
