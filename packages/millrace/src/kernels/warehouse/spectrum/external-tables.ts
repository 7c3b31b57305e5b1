import type { HiveType } from "../../../formats/schema/hive-type.ts";
import type { Relation, RelationColumn } from "../../../sql/redshift/bind/name-space.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { SystemCluster } from "../system/system-view.ts";
import type { CatalogColumn, CatalogConnection, CatalogTable, DataCatalog } from "./data-catalog-port.ts";
import { asked } from "./external-errors.ts";
import { hiveTypeOf, sqlTypeOf } from "./external-types.ts";
import { connectCatalog, type ExternalSchemaRecord } from "./schema-access.ts";

/** A column of an external table, and how a scan calls it. */
export interface ExternalColumn {
  readonly name: string;
  readonly hive: HiveType;
  readonly type: SqlType;
  /** Undefined for a column of the partition key, else its place among the table's columns, from 0. */
  readonly position: number | undefined;
}

/** A table of the data catalog as one statement sees it. */
export interface ExternalTable {
  readonly schema: ExternalSchemaRecord;
  readonly database: string;
  readonly table: CatalogTable;
  readonly columns: readonly ExternalColumn[];
  /** Those of the partition key, in its order. */
  readonly keys: readonly ExternalColumn[];
  readonly catalog: CatalogConnection;
}

/** What every row of an external table says of its file, beside its columns. */
export const pathColumn = "$path";
export const sizeColumn = "$size";

/** Rows on their way into an external table, of one statement of a session. */
export const insertTable = '"temp"."main"."external_rows"';

/** Thrown to have a table asked for from the catalog; then the statement is bound again. */
export class ExternalTableNeeded extends Error {
  override readonly name = "ExternalTableNeeded";
  readonly schema: ExternalSchemaRecord;
  readonly table: string;

  constructor(schema: ExternalSchemaRecord, table: string) {
    super(`external table ${schema.name}.${table} is not loaded`);
    this.schema = schema;
    this.table = table;
  }
}

interface ExternalHost {
  readonly dataCatalog: DataCatalog | undefined;
  readonly facts: Pick<SystemCluster, "account" | "region" | "identifier">;
}

/**
 * The external tables that one statement names. Each is asked for once, so that a statement sees one definition
 * of it; nothing is kept for the next statement, since others change the catalog at any time.
 */
export class ExternalTables {
  readonly #host: ExternalHost;
  readonly #database: string;
  readonly #loaded = new Map<string, Relation | undefined>();
  readonly #tables = new Map<Relation, ExternalTable>();

  constructor(host: ExternalHost, database: string) {
    this.#host = host;
    this.#database = database;
  }

  /**
   * @param isTarget of INSERT: rows go to a temporary table first
   * @throws ExternalTableNeeded for one that nobody has loaded
   */
  relation(schema: ExternalSchemaRecord, table: string, isTarget: boolean): Relation | undefined {
    const key = keyOf(schema, table);
    if (!this.#loaded.has(key)) throw new ExternalTableNeeded(schema, table);
    const relation = this.#loaded.get(key);
    if (relation === undefined || !isTarget) return relation;
    const columns = relation.columns.filter(({ hidden }) => hidden !== true);
    return { ...relation, columns, source: { kind: "physical", sql: insertTable } };
  }

  async load({ schema, table: name }: ExternalTableNeeded): Promise<void> {
    const loaded = await loadExternalTable(schema, name, this.#host);
    const relation = loaded === undefined ? undefined : this.#relationOf(loaded);
    this.#loaded.set(keyOf(schema, name), relation);
    if (loaded !== undefined && relation !== undefined) this.#tables.set(relation, loaded);
  }

  /** Behind a relation that this object gave. */
  table(relation: Relation): ExternalTable {
    const table = this.#tables.get(relation);
    if (table === undefined) throw new Error(`no external table is behind ${relation.name}`);
    return table;
  }

  #relationOf({ schema, table, columns }: ExternalTable): Relation {
    const shown = columns.map(({ name, type }, index) => relationColumn(name, type, index));
    const hidden = [
      { ...relationColumn(pathColumn, { name: "character varying", length: 1_100 }, -1), hidden: true },
      { ...relationColumn(sizeColumn, { name: "bigint" }, -2), hidden: true },
    ];
    return {
      // No catalog of PostgreSQL's kind knows it.
      oid: 0,
      database: this.#database,
      schema: schema.name,
      name: table.name,
      kind: "external table",
      columns: [...shown, ...hidden],
      source: { kind: "scan" },
    };
  }
}

/** Engine names are the names themselves: scans are made for each statement anew. */
function relationColumn(name: string, type: SqlType, index: number): RelationColumn {
  return { name, type, nullable: true, attributeNumber: index + 1, autoIncrement: false, engineName: name };
}

function keyOf(schema: ExternalSchemaRecord, table: string): string {
  return `${schema.oid} ${table}`;
}

/** Undefined when the catalog has none of the name. @throws SqlError 0A000 for sources that are not catalogs */
export async function loadExternalTable(
  schema: ExternalSchemaRecord,
  name: string,
  host: ExternalHost,
): Promise<ExternalTable | undefined> {
  const { source, database } = schema.external;
  if (source !== "data catalog")
    throw new SqlError("0A000", `external schemas from ${source} cannot be queried`);
  const catalog = await connectCatalog(schema.external, host);
  const table = await asked(() => catalog.table(database.toLowerCase(), name.toLowerCase()));
  if (table === undefined) return undefined;
  if (table.definition.TableType === "VIRTUAL_VIEW")
    throw new SqlError("0A000", `"${name}" is a view of the data catalog, which Redshift cannot read`);
  return externalTable(schema, table, catalog);
}

function externalTable(
  schema: ExternalSchemaRecord,
  table: CatalogTable,
  catalog: CatalogConnection,
): ExternalTable {
  const { StorageDescriptor, PartitionKeys = [] } = table.definition;
  const columns = (StorageDescriptor?.Columns ?? []).flatMap((column, index) => columnOf(column, index));
  const keys = PartitionKeys.flatMap((column) => columnOf(column, undefined));
  // Glue lets a column of the files have the name of a key, which then hides it.
  const own = columns.filter(({ name }) => !keys.some((key) => key.name === name));
  return {
    schema,
    database: schema.external.database.toLowerCase(),
    table,
    columns: [...own, ...keys],
    keys,
    catalog,
  };
}

/** Columns of types that Redshift does not know are not there, so that the others can be read. */
function columnOf(
  { Name, Type = "string" }: CatalogColumn,
  position: number | undefined,
): readonly ExternalColumn[] {
  const hive = hiveTypeOf(Type);
  const type = hive === undefined ? undefined : sqlTypeOf(hive);
  if (hive === undefined || type === undefined) return [];
  return [{ name: Name.toLowerCase(), hive, type, position }];
}
