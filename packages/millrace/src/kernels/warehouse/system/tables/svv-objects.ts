import { bareTypeText, formatType } from "../../../../sql/redshift/type-text.ts";
import type { ColumnRecord, RelationRecord, SchemaRecord } from "../../catalog/records.ts";
import type { DatabaseRecord } from "../../leader-records.ts";
import { aclItems, aclText, ownerLetters, userName } from "../acl-text.ts";
import { encodingText } from "../encoding-numbers.ts";
import { PrivilegeView } from "../privilege-view.ts";
import type { SystemColumn } from "../system-column.ts";
import {
  defaultText,
  distributionText,
  isDistributionKey,
  sortKeyOrder,
  systemSchemas,
} from "../system-objects.ts";
import { type SystemRow, type SystemTable, systemTable } from "../system-table.ts";
import type { ExternalTableFact, SystemTableFact, SystemView } from "../system-view.ts";
import { columnMeasures } from "./information-schema.ts";

/** A schema of any database of the cluster that the user may see. */
export interface SchemaPlace {
  readonly database: DatabaseRecord;
  readonly schema: SchemaRecord;
  readonly relations: readonly RelationRecord[];
}

/** A table of any kind, with its columns: what the SVV_ALL and SVV_REDSHIFT views and SHOW are made of. */
export type TablePlace =
  | (SchemaPlace & { readonly kind: "local"; readonly relation: RelationRecord })
  | (SchemaPlace & { readonly kind: "system"; readonly table: SystemTableFact })
  | (SchemaPlace & { readonly kind: "external"; readonly table: ExternalTableFact });

/** Schemas of one database. Other databases show what is committed. */
export async function schemaPlaces(view: SystemView, database: DatabaseRecord): Promise<SchemaPlace[]> {
  const isOwn = database.oid === view.session.database.oid;
  const catalog = isOwn ? view.catalog : await view.catalogOf(database);
  const rights = new PrivilegeView(view.session.user, view.leader);
  const bySchema = new Map<number, RelationRecord[]>();
  for (const relation of catalog.relations) {
    const known = bySchema.get(relation.schemaOid);
    if (known === undefined) bySchema.set(relation.schemaOid, [relation]);
    else known.push(relation);
  }
  return [...systemSchemas.filter((schema) => schema.grants.length > 0), ...catalog.schemas]
    .filter((schema) => rights.seesSchema(schema))
    .map((schema) => ({ database, schema, relations: bySchema.get(schema.oid) ?? [] }));
}

/** Tables of a schema that the user may see. System tables are listed for the session's database only. */
export async function tablePlaces(place: SchemaPlace, view: SystemView): Promise<TablePlace[]> {
  const rights = new PrivilegeView(view.session.user, view.leader);
  const { schema } = place;
  const local = place.relations
    .filter((relation) => rights.seesRelation(relation, schema))
    .map((relation): TablePlace => ({ ...place, kind: "local", relation }));
  if (place.database.oid !== view.session.database.oid) return local;
  if (schema.external !== undefined && rights.has(schema, "usage")) {
    const external = await view.external.tables(schema);
    return external.map((table) => ({ ...place, kind: "external", table }));
  }
  const system = [...view.systemTables]
    .filter((table) => table.schema === schema.name)
    .map((table): TablePlace => ({ ...place, kind: "system", table }));
  return [...system, ...local];
}

/** All tables of all databases. */
async function allTablePlaces(view: SystemView): Promise<TablePlace[]> {
  const schemas = await allSchemaPlaces(view);
  return (await Promise.all(schemas.map((place) => tablePlaces(place, view)))).flat();
}

async function allSchemaPlaces(view: SystemView): Promise<SchemaPlace[]> {
  return (await Promise.all(view.leader.databases.map((database) => schemaPlaces(view, database)))).flat();
}

const tableColumns = `database_name varchar(128), schema_name varchar(128), table_name varchar(128),
  table_acl varchar(128), table_type varchar(128), remarks varchar(128), owner varchar(128),
  last_altered_time timestamp, last_modified_time timestamp, dist_style varchar(128), table_subtype varchar(128)`;

/** A row of SVV_ALL_TABLES and of SHOW TABLES. */
export function tableRow(place: TablePlace, view: SystemView): SystemRow {
  const names = { database_name: place.database.name, schema_name: place.schema.name };
  switch (place.kind) {
    case "system":
      return {
        ...names,
        table_name: place.table.name,
        table_type: place.table.kind === "v" ? "SYSTEM VIEW" : "SYSTEM TABLE",
        owner: "rdsdb",
      };
    case "external":
      return {
        ...names,
        table_name: place.table.name,
        table_type: "EXTERNAL TABLE",
        owner: userName(place.schema.ownerId, view.leader),
      };
    case "local": {
      const { relation } = place;
      const isTable = relation.type === "table";
      return {
        ...names,
        table_name: relation.name,
        table_acl: aclText(aclItems(relation.grants, relation.ownerId, ownerLetters.relation, view.leader)),
        table_type: isTable ? "TABLE" : "VIEW",
        remarks: relation.comment ?? null,
        owner: userName(relation.ownerId, view.leader),
        last_altered_time: relation.createdAtMs,
        last_modified_time: null,
        dist_style: isTable || relation.type === "materialized view" ? distributionText(relation) : null,
        table_subtype: subtypes[relation.type],
      };
    }
  }
}

const subtypes = Object.freeze({
  table: "REGULAR TABLE",
  view: "REGULAR VIEW",
  "late-binding view": "LATE BINDING VIEW",
  "materialized view": "MATERIALIZED VIEW",
});

export const columnColumns = `database_name varchar(128), schema_name varchar(128), table_name varchar(128),
  column_name varchar(128), ordinal_position int4, column_default varchar(4000), is_nullable varchar(3),
  data_type varchar(128), character_maximum_length int4, numeric_precision int4, numeric_scale int4,
  remarks varchar(256), sort_key_type varchar(128), sort_key int4, dist_key int4, encoding varchar(128),
  collation varchar(128)`;

/** Rows of SVV_ALL_COLUMNS and of SHOW COLUMNS. */
export async function columnRows(place: TablePlace, view: SystemView): Promise<SystemRow[]> {
  const names = { database_name: place.database.name, schema_name: place.schema.name };
  const row = (
    table: string,
    { name, type }: Pick<SystemColumn, "name" | "type">,
    index: number,
  ): SystemRow => {
    const measures = columnMeasures(type);
    return {
      ...names,
      table_name: table,
      column_name: name,
      ordinal_position: index + 1,
      is_nullable: "YES",
      data_type: bareTypeText(type),
      character_maximum_length: measures.maximumLength,
      numeric_precision: measures.precision,
      numeric_scale: measures.scale,
    };
  };
  if (place.kind !== "local") {
    const columns =
      place.kind === "system" ? place.table.columns.filter((column) => !column.hidden) : place.table.columns;
    return columns.map((column, index) => row(place.table.name, column, index));
  }
  const { relation } = place;
  if (relation.type === "late-binding view") {
    const columns = await view.lateBindingColumns(relation);
    return (columns ?? []).map((column, index) => row(relation.name, column, index));
  }
  return relation.columns.map((column, index) => ({
    ...row(relation.name, column, index),
    ...ownColumnValues(relation, column),
  }));
}

function ownColumnValues(relation: RelationRecord, column: ColumnRecord): SystemRow {
  const sortKey = sortKeyOrder(relation, column);
  return {
    column_default: defaultText(relation, column),
    is_nullable: column.nullable ? "YES" : "NO",
    remarks: column.comment ?? null,
    sort_key_type: sortKey === 0 ? null : (relation.sort?.style.toUpperCase() ?? null),
    sort_key: sortKey === 0 ? null : Math.abs(sortKey),
    dist_key: isDistributionKey(relation, column) ? 1 : null,
    encoding: encodingText(column.encoding),
    collation: column.collation ?? null,
  };
}

export const schemaColumns = `database_name varchar(128), schema_name varchar(128), schema_owner int4,
  schema_type varchar(128), schema_acl varchar(128), source_database varchar(128), schema_option varchar(256)`;

/** A row of SVV_ALL_SCHEMAS and of SHOW SCHEMAS. */
export function schemaRow({ database, schema }: SchemaPlace, view: SystemView): SystemRow {
  const { external } = schema;
  return {
    database_name: database.name,
    schema_name: schema.name,
    schema_owner: schema.ownerId,
    schema_type: external === undefined ? "local" : "external",
    schema_acl: aclText(aclItems(schema.grants, schema.ownerId, ownerLetters.schema, view.leader)),
    source_database: external?.database ?? null,
    schema_option: external === undefined ? null : JSON.stringify({ IAM_ROLE: external.roleArns.join(",") }),
  };
}

export const databaseColumns = `database_name varchar(128), database_owner int4, database_type varchar(32),
  database_acl varchar(128), database_options varchar(128), database_isolation_level varchar(128)`;

/** A row of SVV_REDSHIFT_DATABASES and of SHOW DATABASES. */
export function databaseRow(database: DatabaseRecord, view: SystemView): SystemRow {
  return {
    database_name: database.name,
    database_owner: database.ownerId,
    database_type: "local",
    database_acl: aclText(aclItems(database.grants, database.ownerId, ownerLetters.database, view.leader)),
    database_options: null,
    database_isolation_level: database.isolation === "snapshot" ? "Snapshot Isolation" : "Serializable",
  };
}

function isRedshift(place: TablePlace): boolean {
  return place.kind !== "external";
}

async function tableRows(view: SystemView, keep: (place: TablePlace) => boolean): Promise<SystemRow[]> {
  return (await allTablePlaces(view)).filter(keep).map((place) => tableRow(place, view));
}

export const svvObjectTables: readonly SystemTable[] = Object.freeze([
  systemTable("svv_all_schemas", schemaColumns, async (view) =>
    (await allSchemaPlaces(view)).map((place) => schemaRow(place, view)),
  ),
  systemTable("svv_all_tables", tableColumns, (view) => tableRows(view, () => true)),
  systemTable("svv_all_columns", columnColumns, async (view) =>
    (await Promise.all((await allTablePlaces(view)).map((place) => columnRows(place, view)))).flat(),
  ),
  systemTable("svv_redshift_databases", databaseColumns, (view) =>
    view.leader.databases.map((database) => databaseRow(database, view)),
  ),
  systemTable(
    "svv_redshift_schemas",
    `database_name varchar(128), schema_name varchar(128), schema_owner int4, schema_type varchar(16),
     schema_acl varchar(128), schema_option varchar(128)`,
    async (view) =>
      (await allSchemaPlaces(view))
        .filter(({ schema }) => schema.external === undefined)
        .map((place) => {
          const { source_database: _, ...row } = schemaRow(place, view);
          return row;
        }),
  ),
  systemTable(
    "svv_redshift_tables",
    `database_name varchar(128), schema_name varchar(128), table_name varchar(128), table_type varchar(128),
     table_acl varchar(128), remarks varchar(128), table_owner varchar(128)`,
    async (view) =>
      (await tableRows(view, isRedshift)).map((row) => ({
        database_name: row["database_name"] ?? null,
        schema_name: row["schema_name"] ?? null,
        table_name: row["table_name"] ?? null,
        table_type: row["table_type"] ?? null,
        table_acl: row["table_acl"] ?? null,
        remarks: row["remarks"] ?? null,
        table_owner: row["owner"] ?? null,
      })),
  ),
  systemTable(
    "svv_redshift_columns",
    `database_name varchar(128), schema_name varchar(128), table_name varchar(128), column_name varchar(128),
     ordinal_position int4, data_type varchar(128), column_default varchar(4000), is_nullable varchar(3),
     encoding varchar(128), distkey bool, sortkey int4, column_acl varchar(128), remarks varchar(256)`,
    async (view) => {
      const places = (await allTablePlaces(view)).filter(isRedshift);
      const rows = await Promise.all(places.map((place) => redshiftColumnRows(place, view)));
      return rows.flat();
    },
  ),
  systemTable(
    "svv_redshift_functions",
    `database_name varchar(128), schema_name varchar(128), function_name varchar(128), function_type varchar(128),
     argument_type varchar(512), result_type varchar(128)`,
    (view) => {
      const rights = new PrivilegeView(view.session.user, view.leader);
      const schemas = new Map(view.catalog.schemas.map((schema) => [schema.oid, schema]));
      return view.catalog.functions
        .filter((entry) => rights.seesFunction(entry, schemas.get(entry.schemaOid)))
        .map((entry) => ({
          database_name: view.session.database.name,
          schema_name: schemas.get(entry.schemaOid)?.name ?? null,
          function_name: entry.name,
          function_type: "REGULAR FUNCTION",
          argument_type: entry.parameterTypes.map(bareTypeText).join(", "),
          result_type: bareTypeText(entry.returnType),
        }));
    },
  ),
]);

async function redshiftColumnRows(place: TablePlace, view: SystemView): Promise<SystemRow[]> {
  const rows = await columnRows(place, view);
  const local = place.kind === "local" ? place.relation : undefined;
  return rows.map((row) => {
    const column = local?.columns.find((candidate) => candidate.name === row["column_name"]);
    return {
      database_name: row["database_name"] ?? null,
      schema_name: row["schema_name"] ?? null,
      table_name: row["table_name"] ?? null,
      column_name: row["column_name"] ?? null,
      ordinal_position: row["ordinal_position"] ?? null,
      // With its length, unlike SVV_ALL_COLUMNS.
      data_type: column === undefined ? (row["data_type"] ?? null) : formatType(column.type),
      column_default: row["column_default"] ?? null,
      is_nullable: row["is_nullable"] ?? null,
      encoding: row["encoding"] ?? null,
      distkey: local !== undefined && column !== undefined && isDistributionKey(local, column),
      sortkey: local === undefined || column === undefined ? 0 : sortKeyOrder(local, column),
      remarks: row["remarks"] ?? null,
    };
  });
}
