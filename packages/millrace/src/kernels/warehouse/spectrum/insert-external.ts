import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import { engineType } from "../../../sql/redshift/type-text.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { quoteName } from "../engine/quote.ts";
import type { StatementContext } from "../statements/statement-context.ts";
import { connectObjects } from "./connect-objects.ts";
import { asked } from "./external-errors.ts";
import { type ExternalTable, insertTable, loadExternalTable } from "./external-tables.ts";
import { demandNoBlock } from "./external-target.ts";
import { removeWritten, type WrittenRows, writeExternal } from "./external-writer.ts";
import { OpenedFiles } from "./opened-files.ts";
import { isExternal } from "./schema-access.ts";

/**
 * INSERT into an external table: the rows go to a temporary table, from there into new files, and partitions that
 * are new are made known to the catalog.
 * @param insert runs the statement's own SQL, whose target is the temporary table
 * @returns rows
 */
export async function insertExternal(
  bound: BoundStatement,
  context: StatementContext,
  insert: () => Promise<unknown>,
): Promise<number> {
  demandNoBlock(context, "INSERT into an external table");
  const external = await target(bound, context);
  context.demand({ kind: "own schema", schema: external.schema });
  const { connection, host, signal, logged } = context;
  const columns = external.columns.map(({ name, type }) => `${quoteName(name)} ${engineType(type)}`);
  await connection.run(`CREATE TEMP TABLE ${insertTable} (${columns.join(", ")})`);
  const opened = new OpenedFiles(host.temporaryDirectory, signal);
  try {
    await insert();
    context.checkCancelled();
    const objects = opened.connected(await connectObjects(external.schema, host, signal));
    const { definition } = external.table;
    const written = await writeExternal(
      {
        sql: `SELECT * FROM ${insertTable}`,
        keys: external.keys.map(({ name }) => name),
        texts: external.columns
          .filter(({ position, type }) => position !== undefined && type.name.startsWith("character"))
          .map(({ name }) => name),
      },
      definition.StorageDescriptor ?? {},
      definition.Parameters ?? {},
      { engine: connection, objects, opened, signal, nowMs: host.clock.now(), queryId: logged.queryId },
    );
    try {
      await asked(() => registerPartitions(external, written));
    } catch (error) {
      await removeWritten(written.keys, objects);
      throw error;
    }
    await connection.run(`DROP TABLE ${insertTable}`);
    return written.rows;
  } finally {
    await opened.close();
  }
}

/** As the catalog has it now. @throws SqlError 40001 when it has other columns than the statement was bound to */
async function target(
  { target: relation }: BoundStatement,
  { catalog, host }: StatementContext,
): Promise<ExternalTable> {
  const schema = relation === undefined ? undefined : catalog.schema(relation.schema);
  const found =
    relation === undefined || !isExternal(schema)
      ? undefined
      : await loadExternalTable(schema, relation.name, host);
  const isSame =
    found?.columns.length === relation?.columns.length &&
    found?.columns.every(({ name, type }, index) => {
      const column = relation?.columns[index];
      return column?.name === name && JSON.stringify(column.type) === JSON.stringify(type);
    });
  if (found === undefined || isSame !== true)
    throw new SqlError("40001", `external table "${relation?.name}" was changed meanwhile`);
  const nested = found.columns.find(({ type }) => type.name === "super");
  if (nested !== undefined)
    throw new SqlError("0A000", `cannot insert into column "${nested.name}" of type ${nested.hive.kind}`);
  return found;
}

async function registerPartitions(
  { catalog, database, table }: ExternalTable,
  { partitions }: WrittenRows,
): Promise<void> {
  if (partitions.length === 0) return;
  const storage = table.definition.StorageDescriptor ?? {};
  await catalog.createPartitions(
    database,
    table.name,
    partitions.map(({ values, location }) => ({
      values,
      definition: { StorageDescriptor: { ...storage, Location: location } },
    })),
  );
}
