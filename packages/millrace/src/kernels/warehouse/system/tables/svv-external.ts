import type { SchemaRecord } from "../../catalog/records.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { ExternalTableFact, SystemView } from "../system-view.ts";
import { externalSchemaKinds } from "./pg-namespace.ts";

function externalSchemas(view: SystemView): SchemaRecord[] {
  const rights = new PrivilegeView(view.session.user, view.leader);
  return view.catalog.schemas.filter(
    (schema) => schema.external !== undefined && rights.has(schema, "usage"),
  );
}

async function externalTables(view: SystemView): Promise<(readonly [ExternalTableFact, SchemaRecord])[]> {
  const lists = await Promise.all(
    externalSchemas(view).map(async (schema) =>
      (await view.external.tables(schema)).map((table) => [table, schema] as const),
    ),
  );
  return lists.flat();
}

function schemaOptions(schema: SchemaRecord): string {
  return JSON.stringify({ IAM_ROLE: schema.external?.roleArns.join(","), REGION: schema.external?.region });
}

/** What tables and partitions say of their files. */
function storageValues(place: {
  readonly location: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serialization: string;
  readonly serdeParameters: Readonly<Record<string, string>>;
  readonly compressed: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}): SystemRow {
  return {
    location: place.location,
    input_format: place.inputFormat,
    output_format: place.outputFormat,
    serialization_lib: place.serialization,
    serde_parameters: JSON.stringify(place.serdeParameters),
    compressed: place.compressed ? 1 : 0,
    parameters: JSON.stringify(place.parameters),
  };
}

const storageColumns = `location text, input_format text, output_format text, serialization_lib text,
  serde_parameters text, compressed int4, parameters text`;

export const svvExternalTables: readonly SystemTable[] = Object.freeze([
  systemTable(
    "svv_external_schemas",
    "esoid oid, eskind int2, schemaname name, esowner int4, databasename text, esoptions text",
    (view) =>
      externalSchemas(view).map((schema) => ({
        esoid: schema.oid,
        eskind: schema.external === undefined ? 0 : externalSchemaKinds[schema.external.source],
        schemaname: schema.name,
        esowner: schema.ownerId,
        databasename: schema.external?.database ?? null,
        esoptions: schemaOptions(schema),
      })),
  ),
  systemTable(
    "svv_external_databases",
    "eskind int4, esoptions text, databasename text, location text, parameters text",
    (view) => {
      const rows = externalSchemas(view).map((schema) => ({
        eskind: schema.external === undefined ? 0 : externalSchemaKinds[schema.external.source],
        esoptions: schemaOptions(schema),
        databasename: schema.external?.database ?? null,
        location: null,
        parameters: null,
      }));
      // Two schemas may show one database.
      return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
    },
  ),
  systemTable(
    "svv_external_tables",
    `redshift_database_name text, schemaname text, tablename text, tabletype text, ${storageColumns}`,
    async (view) =>
      (await externalTables(view)).map(([table, schema]) => ({
        redshift_database_name: view.session.database.name,
        schemaname: schema.name,
        tablename: table.name,
        tabletype: table.tableType,
        ...storageValues(table),
      })),
  ),
  systemTable(
    "svv_external_columns",
    `redshift_database_name text, schemaname text, tablename text, columnname text, external_type text,
     columnnum int4, part_key int4, is_nullable text`,
    async (view) =>
      (await externalTables(view)).flatMap(([table, schema]) =>
        table.columns.map((column, index) => ({
          redshift_database_name: view.session.database.name,
          schemaname: schema.name,
          tablename: table.name,
          columnname: column.name,
          external_type: column.externalType,
          columnnum: index + 1,
          part_key: column.partitionKey,
          is_nullable: "",
        })),
      ),
  ),
  systemTable(
    "svv_external_partitions",
    `schemaname text, tablename text, values text, ${storageColumns}`,
    async (view) => {
      const tables = (await externalTables(view)).filter(([table]) =>
        table.columns.some((column) => column.partitionKey > 0),
      );
      const lists = await Promise.all(
        tables.map(async ([table, schema]) =>
          (await view.external.partitions(schema, table.name)).map((partition) => ({
            schemaname: schema.name,
            tablename: table.name,
            values: JSON.stringify(partition.values),
            ...storageValues(partition),
          })),
        ),
      );
      return lists.flat();
    },
  ),
]);
