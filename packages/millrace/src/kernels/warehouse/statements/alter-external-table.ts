import { printHiveType } from "../../../formats/schema/hive-type.ts";
import type { AlterTable, AlterTableAction } from "../../../sql/redshift/ast/alter-table.ts";
import type { PartitionValue } from "../../../sql/redshift/ast/external.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import { tagResult } from "../session/results.ts";
import type { CatalogPartition, CatalogTableDefinition } from "../spectrum/data-catalog-port.ts";
import { asked, notOnExternal } from "../spectrum/external-errors.ts";
import type { ExternalTable } from "../spectrum/external-tables.ts";
import { demandExternalTable, demandNoBlock } from "../spectrum/external-target.ts";
import { hiveTextOf, hiveTypeOf } from "../spectrum/external-types.ts";
import { placeOf } from "../spectrum/file-list.ts";
import type { ExternalSchemaRecord } from "../spectrum/schema-access.ts";
import { parametersOf, withFormat } from "../spectrum/table-definition.ts";
import type { StatementResult } from "../sql-session.ts";
import type { StatementContext } from "./statement-context.ts";

/** ALTER TABLE of an external table changes the data catalog, at once. */
export async function alterExternalTable(
  schema: ExternalSchemaRecord,
  { table, actions }: AlterTable,
  context: StatementContext,
): Promise<StatementResult> {
  demandNoBlock(context, "ALTER EXTERNAL TABLE");
  context.demand({ kind: "own schema", schema });
  const external = await demandExternalTable(schema, table, context);
  const [action] = actions;
  if (action?.kind === "add-partition") await addPartitions(external, actions);
  else if (action !== undefined) await asked(() => alterOne(external, action));
  return tagResult("ALTER TABLE");
}

async function alterOne(external: ExternalTable, action: AlterTableAction): Promise<void> {
  const { catalog, database, table } = external;
  switch (action.kind) {
    case "drop-partition":
      return catalog.dropPartition(database, table.name, valuesOf(external, action.values));
    case "set-location":
      placeOf(action.location);
      if (action.partition !== undefined) return movePartition(external, action.partition, action.location);
      return update(external, (definition) => ({
        StorageDescriptor: { ...definition.StorageDescriptor, Location: action.location },
      }));
    case "set-file-format":
      return update(external, ({ StorageDescriptor = {} }) => ({
        StorageDescriptor: withFormat(StorageDescriptor, action.format),
      }));
    case "set-table-properties":
      return update(external, ({ Parameters = {} }) => ({
        Parameters: { ...Parameters, ...parametersOf(action.properties) },
      }));
    case "add-column":
    case "drop-column":
    case "rename-column":
      return update(external, (definition) => changedColumns(external, definition, action));
    default:
      throw notOnExternal();
  }
}

async function update(
  { catalog, database, table }: ExternalTable,
  change: (definition: CatalogTableDefinition) => Partial<CatalogTableDefinition>,
): Promise<void> {
  const { definition } = table;
  await catalog.updateTable(database, {
    name: table.name,
    definition: { ...definition, ...change(definition) },
  });
}

/** @throws SqlError 42701, 42703, 0A000 */
function changedColumns(
  external: ExternalTable,
  { StorageDescriptor = {} }: CatalogTableDefinition,
  action: Extract<AlterTableAction, { kind: "add-column" | "drop-column" | "rename-column" }>,
): Partial<CatalogTableDefinition> {
  const { Columns = [] } = StorageDescriptor;
  const isKnown = (name: string) =>
    [...Columns, ...(external.table.definition.PartitionKeys ?? [])].some(
      (column) => column.Name.toLowerCase() === name,
    );
  const found = (name: string) => {
    const column = Columns.find((own) => own.Name.toLowerCase() === name);
    if (column === undefined) throw new SqlError("42703", `column "${name}" does not exist`);
    return column;
  };
  const demandNew = (name: string) => {
    if (isKnown(name)) throw new SqlError("42701", `column "${name}" already exists`);
  };
  if (action.kind === "add-column") {
    const { name, type } = action.column;
    demandNew(name.name);
    const text = hiveTextOf(type);
    const hive = text === undefined ? undefined : hiveTypeOf(text);
    if (hive === undefined)
      throw new SqlError("0A000", `Unsupported data type "${type.name}" for external tables`);
    const added = { Name: name.name, Type: printHiveType(hive) };
    return { StorageDescriptor: { ...StorageDescriptor, Columns: [...Columns, added] } };
  }
  const column = found(action.column.name);
  if (action.kind === "drop-column") {
    if (Columns.length === 1) throw new SqlError("0A000", "cannot drop the only column of an external table");
    return { StorageDescriptor: { ...StorageDescriptor, Columns: Columns.filter((own) => own !== column) } };
  }
  const Name = action.newName.name;
  demandNew(Name);
  const renamed = Columns.map((own) => (own === column ? { ...own, Name } : own));
  return { StorageDescriptor: { ...StorageDescriptor, Columns: renamed } };
}

/** All of a statement's partitions in one go; those that are there already fail it, unless IF NOT EXISTS is said. */
async function addPartitions(external: ExternalTable, actions: readonly AlterTableAction[]): Promise<void> {
  const { catalog, database, table } = external;
  const storage = table.definition.StorageDescriptor ?? {};
  const partitions: CatalogPartition[] = [];
  let ifNotExists = false;
  for (const action of actions) {
    if (action.kind !== "add-partition") throw notOnExternal();
    placeOf(action.location);
    ifNotExists ||= action.ifNotExists;
    partitions.push({
      values: valuesOf(external, action.values),
      definition: { StorageDescriptor: { ...storage, Location: action.location } },
    });
  }
  await asked(async () => {
    if (!ifNotExists) await demandNew(external, partitions);
    await catalog.createPartitions(database, table.name, partitions);
  });
}

async function demandNew(external: ExternalTable, partitions: readonly CatalogPartition[]): Promise<void> {
  const wanted = new Set(partitions.map(({ values }) => JSON.stringify(values)));
  const { catalog, database, table } = external;
  for await (const { values } of catalog.partitions(database, table.name, ""))
    if (wanted.has(JSON.stringify(values)))
      throw new SqlError("42710", `Partition already exists: (${values.join(", ")})`);
}

async function movePartition(
  external: ExternalTable,
  partition: readonly PartitionValue[],
  location: string,
): Promise<void> {
  const values = valuesOf(external, partition);
  const { catalog, database, table } = external;
  for await (const found of catalog.partitions(database, table.name, "")) {
    if (JSON.stringify(found.values) !== JSON.stringify(values)) continue;
    const { definition } = found;
    const StorageDescriptor = { ...definition.StorageDescriptor, Location: location };
    await catalog.updatePartition(database, table.name, {
      values,
      definition: { ...definition, StorageDescriptor },
    });
    return;
  }
  throw new SqlError("42704", `Partition does not exist: (${values.join(", ")})`);
}

/** In the order of the table's key. @throws SqlError 42601, 42703 */
function valuesOf({ keys, table }: ExternalTable, given: readonly PartitionValue[]): readonly string[] {
  if (keys.length === 0) throw new SqlError("42809", `"${table.name}" is not a partitioned external table`);
  for (const { column } of given)
    if (!keys.some(({ name }) => name === column.name.toLowerCase()))
      throw new SqlError("42703", `column "${column.name}" is not a partition column`, {
        position: column.span.start,
      });
  return keys.map(({ name }) => {
    const value = given.find(({ column }) => column.name.toLowerCase() === name);
    if (value === undefined || given.length !== keys.length)
      throw new SqlError("42601", "the partition must name each column of the partition key once");
    return value.value;
  });
}
