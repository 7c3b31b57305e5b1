import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";
import { columnRows, schemaPlaces, type TablePlace, tablePlaces } from "./svv-objects.ts";

/** SVV_TABLES and SVV_COLUMNS: the session's database with its external tables, in the words of information_schema. */
async function ownPlaces(view: SystemView): Promise<TablePlace[]> {
  const schemas = await schemaPlaces(view, view.session.database);
  return (await Promise.all(schemas.map((place) => tablePlaces(place, view)))).flat();
}

function tableName(place: TablePlace): string {
  return place.kind === "local" ? place.relation.name : place.table.name;
}

function tableType(place: TablePlace): string {
  if (place.kind === "external") return "EXTERNAL TABLE";
  const isTable = place.kind === "system" ? place.table.kind === "r" : place.relation.type === "table";
  return isTable ? "BASE TABLE" : "VIEW";
}

export const svvLocalTables: readonly SystemTable[] = Object.freeze([
  systemTable(
    "svv_tables",
    `table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), table_type varchar(128),
     remarks varchar(128)`,
    async (view) =>
      (await ownPlaces(view)).map((place) => ({
        table_catalog: place.database.name,
        table_schema: place.schema.name,
        table_name: tableName(place),
        table_type: tableType(place),
        remarks: place.kind === "local" ? (place.relation.comment ?? null) : null,
      })),
  ),
  systemTable(
    "svv_columns",
    `table_catalog varchar(128), table_schema varchar(128), table_name varchar(128), column_name varchar(128),
     ordinal_position int4, column_default varchar(4000), is_nullable varchar(3), data_type varchar(128),
     character_maximum_length int4, numeric_precision int4, numeric_precision_radix int4, numeric_scale int4,
     datetime_precision int4, interval_type varchar(128), interval_precision varchar(128),
     character_set_catalog varchar(128), character_set_schema varchar(128), character_set_name varchar(128),
     collation_catalog varchar(128), collation_schema varchar(128), collation_name varchar(128),
     domain_name varchar(128), remarks varchar(256)`,
    async (view) =>
      (await Promise.all((await ownPlaces(view)).map((place) => columnRows(place, view)))).flat().map(
        (row): SystemRow => ({
          table_catalog: row["database_name"] ?? null,
          table_schema: row["schema_name"] ?? null,
          table_name: row["table_name"] ?? null,
          column_name: row["column_name"] ?? null,
          ordinal_position: row["ordinal_position"] ?? null,
          column_default: row["column_default"] ?? null,
          is_nullable: row["is_nullable"] ?? null,
          data_type: row["data_type"] ?? null,
          character_maximum_length: row["character_maximum_length"] ?? null,
          numeric_precision: row["numeric_precision"] ?? null,
          numeric_precision_radix:
            row["numeric_precision"] == null ? null : row["data_type"] === "numeric" ? 10 : 2,
          numeric_scale: row["numeric_scale"] ?? null,
          remarks: row["remarks"] ?? null,
        }),
      ),
  ),
]);
