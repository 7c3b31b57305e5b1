import type { CreateExternalTable } from "../../../sql/redshift/ast/external.ts";
import type { Query } from "../../../sql/redshift/ast/query.ts";
import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { quoteName } from "../engine/quote.ts";
import { tagResult } from "../session/results.ts";
import { connectObjects } from "../spectrum/connect-objects.ts";
import { type CatalogColumn, type CatalogTable, DataCatalogError } from "../spectrum/data-catalog-port.ts";
import { asked } from "../spectrum/external-errors.ts";
import { externalSchemaNamed } from "../spectrum/external-target.ts";
import { hiveTextOf } from "../spectrum/external-types.ts";
import { removeWritten, writeExternal } from "../spectrum/external-writer.ts";
import { filesAt, placeOf } from "../spectrum/file-list.ts";
import { OpenedFiles } from "../spectrum/opened-files.ts";
import { connectCatalog, type ExternalSchemaRecord } from "../spectrum/schema-access.ts";
import { catalogColumn, parametersOf, storageOf } from "../spectrum/table-definition.ts";
import type { StatementResult } from "../sql-session.ts";
import { checkColumnNames } from "./new-relation.ts";
import type { StatementContext, StatementKind } from "./statement-context.ts";

const tag = "CREATE EXTERNAL TABLE";

/** CREATE EXTERNAL TABLE, with columns or AS a query. The table is the data catalog's; nothing of it is kept here. */
export const createExternalTable: StatementKind<CreateExternalTable> = Object.freeze({
  category: "ddl",
  place: () => "alone",
  run: async (ast, context) => {
    const schema = externalSchemaNamed(ast.name, context);
    const name = ast.name.parts.at(-1)?.name.toLowerCase() ?? "";
    if (schema === undefined)
      throw new SqlError("0A000", "external tables can be created in external schemas only", {
        position: ast.name.span.start,
      });
    context.demand({ kind: "own schema", schema });
    if (ast.location === undefined) throw new SqlError("42601", "LOCATION is required for external tables");
    placeOf(ast.location);
    if (ast.query !== undefined) return createAs(schema, name, ast, ast.query, ast.location, context);
    const columns = ast.columns.map(catalogColumn);
    const keys = ast.partitionedBy.map(catalogColumn);
    await create(schema, tableOf(name, ast, ast.location, columns, keys, context), context);
    return tagResult(tag);
  },
} satisfies StatementKind<CreateExternalTable>);

function tableOf(
  name: string,
  { rowFormat, storedAs, properties }: CreateExternalTable,
  location: string,
  columns: readonly CatalogColumn[],
  keys: readonly CatalogColumn[],
  { host, user }: StatementContext,
): CatalogTable {
  checkColumnNames([...columns, ...keys].map((column) => column.Name));
  return {
    name,
    definition: {
      Owner: user.name,
      TableType: "EXTERNAL_TABLE",
      StorageDescriptor: storageOf(rowFormat, storedAs, location, columns),
      PartitionKeys: keys,
      Parameters: {
        EXTERNAL: "TRUE",
        ...parametersOf(properties),
        transient_lastDdlTime: String(Math.floor(host.clock.now() / 1_000)),
      },
    },
  };
}

async function create(
  schema: ExternalSchemaRecord,
  table: CatalogTable,
  { host }: StatementContext,
): Promise<void> {
  const catalog = await connectCatalog(schema.external, host);
  const database = schema.external.database.toLowerCase();
  await asked(async () => {
    try {
      await catalog.createTable(database, table);
    } catch (error) {
      const exists = error instanceof DataCatalogError && error.code === "AlreadyExistsException";
      throw exists ? alreadyExists(table.name) : error;
    }
  });
}

function alreadyExists(name: string): SqlError {
  return new SqlError("42P07", `Relation "${name}" already exists`);
}

/** The rows are written first: a table whose files fail is not there. */
async function createAs(
  schema: ExternalSchemaRecord,
  name: string,
  ast: CreateExternalTable,
  query: Query,
  location: string,
  context: StatementContext,
): Promise<StatementResult> {
  const { host, signal, logged } = context;
  const bound = await context.bind(query, context.statement.text);
  await context.lock(bound);
  const { columns, keys, select } = columnsOf(bound, ast);
  const table = tableOf(name, ast, folderOf(location), columns, keys, context);
  const catalog = await connectCatalog(schema.external, host);
  const database = schema.external.database.toLowerCase();
  if ((await asked(() => catalog.table(database, name))) !== undefined) throw alreadyExists(name);
  const opened = new OpenedFiles(host.temporaryDirectory, signal);
  try {
    const objects = opened.connected(await connectObjects(schema, host, signal));
    for await (const _file of filesAt(folderOf(location), objects)) throw notEmpty(location);
    await context.open();
    const sql = `SELECT ${select} FROM (${await context.engineSql(bound)}) AS q(${names(bound)})`;
    const storage = table.definition.StorageDescriptor ?? {};
    const parts = { engine: context.connection, objects, opened, signal, nowMs: host.clock.now() };
    const written = await writeExternal(
      {
        sql,
        keys: keys.map((key) => key.Name),
        texts: columns.filter(({ Type }) => /^(?:var)?char/.test(Type ?? "")).map((column) => column.Name),
      },
      storage,
      table.definition.Parameters ?? {},
      { ...parts, queryId: logged.queryId },
    );
    try {
      await asked(async () => {
        await catalog.createTable(database, table);
        await catalog.createPartitions(
          database,
          name,
          written.partitions.map(({ values, location: Location }) => ({
            values,
            definition: { StorageDescriptor: { ...storage, Location } },
          })),
        );
      });
    } catch (error) {
      await removeWritten(written.keys, objects);
      throw error;
    }
    return tagResult("SELECT", written.rows);
  } finally {
    await opened.close();
  }
}

/** A location is a folder, whatever it ends in. */
function folderOf(location: string): string {
  return location.endsWith("/") ? location : `${location}/`;
}

function notEmpty(location: string): SqlError {
  return new SqlError("XX000", `The location ${location} of the external table is not empty`, {
    hint: "CREATE EXTERNAL TABLE AS writes to an empty location only.",
  });
}

function names({ columns }: BoundStatement): string {
  return columns.map(({ name }) => quoteName(name.toLowerCase())).join(", ");
}

/** @throws SqlError 42703 for a partition column that the query does not have, 0A000 for types of no file */
function columnsOf(
  bound: BoundStatement,
  { partitionedBy }: CreateExternalTable,
): {
  readonly columns: readonly CatalogColumn[];
  readonly keys: readonly CatalogColumn[];
  readonly select: string;
} {
  const all = bound.columns.map(({ name, type }): CatalogColumn => {
    const text = hiveTextOf(type);
    if (text === undefined)
      throw new SqlError("0A000", `Column "${name}" has unsupported type "${type.name}".`);
    return { Name: name.toLowerCase(), Type: text };
  });
  const keys = partitionedBy.map(({ name: { name, span } }) => {
    const found = all.find((column) => column.Name === name.toLowerCase());
    if (found === undefined)
      throw new SqlError("42703", `Partition column "${name}" does not exist in the query`, {
        position: span.start,
      });
    return found;
  });
  const columns = all.filter((column) => !keys.includes(column));
  if (columns.length === 0)
    throw new SqlError("42601", "an external table needs a column beside those of its partitions");
  const select = [...columns, ...keys].map((column) => quoteName(column.Name)).join(", ");
  return { columns, keys, select };
}
