import type { WarehouseRow } from "./warehouse-rows.ts";

export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  readonly isDistKey: boolean;
  /** Its place in the sort key; undefined when it is not in it. */
  readonly sortKey: number | undefined;
}

export interface SchemaTable {
  readonly schema: string;
  readonly name: string;
  /** `TABLE`, `VIEW`, `EXTERNAL TABLE`, ... */
  readonly type: string;
  readonly columns: readonly SchemaColumn[];
}

export const tablesSql = `select schema_name, table_name, table_type from svv_all_tables
where database_name = current_database() order by 1, 2`;

export const columnsSql = `select schema_name, table_name, column_name, data_type, character_maximum_length,
numeric_precision, numeric_scale, dist_key, sort_key from svv_all_columns
where database_name = current_database() order by 1, 2, ordinal_position`;

const systemSchemas: ReadonlySet<string> = new Set(["pg_catalog", "information_schema", "pg_internal"]);

export function isSystem(schema: string): boolean {
  return systemSchemas.has(schema);
}

/** Tables with their columns; those of users come before those of the system. */
export function schemaTables(
  tables: readonly WarehouseRow[],
  columns: readonly WarehouseRow[],
): readonly SchemaTable[] {
  const byTable = Map.groupBy(columns, (row) => `${row["schema_name"]}.${row["table_name"]}`);
  const made = tables.map((row): SchemaTable => {
    const schema = textOf(row["schema_name"]);
    const name = textOf(row["table_name"]);
    const own = byTable.get(`${schema}.${name}`) ?? [];
    return { schema, name, type: textOf(row["table_type"]), columns: own.map(columnOf) };
  });
  return made.toSorted((a, b) => Number(isSystem(a.schema)) - Number(isSystem(b.schema)));
}

function columnOf(row: WarehouseRow): SchemaColumn {
  const sortKey = Number(row["sort_key"] ?? 0);
  return {
    name: textOf(row["column_name"]),
    type: typeText(row),
    isDistKey: row["dist_key"] !== null && Number(row["dist_key"]) > 0,
    sortKey: sortKey === 0 ? undefined : sortKey,
  };
}

const shortTypes: Readonly<Record<string, string>> = {
  "character varying": "varchar",
  character: "char",
  "timestamp without time zone": "timestamp",
  "timestamp with time zone": "timestamptz",
  "time without time zone": "time",
  "time with time zone": "timetz",
};

function typeText(row: WarehouseRow): string {
  const type = textOf(row["data_type"]);
  const name = shortTypes[type] ?? type;
  const length = row["character_maximum_length"];
  if (length !== null && length !== undefined) return `${name}(${length})`;
  if (type === "numeric") return `${name}(${row["numeric_precision"]},${row["numeric_scale"]})`;
  return name;
}

/** What the editor completes: tables by schema, columns by table. */
export function completionNames(
  tables: readonly SchemaTable[],
): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> {
  const names: Record<string, Record<string, readonly string[]>> = {};
  for (const { schema, name, columns } of tables) {
    names[schema] ??= {};
    names[schema][name] = columns.map((column) => column.name);
  }
  return names;
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

/** A name as it stands in a statement: quoted where it has to be. */
export function quotedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
