import type { SqlType } from "../../../sql/redshift/types.ts";
import { SqlError } from "../../../sql/sql-error.ts";
import type { ColumnRecord, Distribution, RelationRecord, SortKey } from "../catalog/records.ts";

/** A relation with what every one has; the rest is put over it. */
export function newRelation(
  parts: Pick<RelationRecord, "oid" | "schemaOid" | "name" | "type" | "ownerId" | "columns" | "createdAtMs"> &
    Partial<RelationRecord>,
): RelationRecord {
  return {
    kind: "relation",
    constraints: [],
    distribution: autoDistribution,
    sort: undefined,
    backup: true,
    definition: undefined,
    searchPath: [],
    dependsOn: [],
    materialized: undefined,
    comment: undefined,
    grants: [],
    statistics: {
      changeCounter: 0,
      analyzedRows: undefined,
      analyzedAtMs: undefined,
      unsortedRows: 0,
      vacuumedAtMs: undefined,
    },
    ...parts,
  };
}

/** Redshift begins with a copy on each node, while a table is small. */
export const autoDistribution: Distribution = Object.freeze({ style: "all", auto: true, column: undefined });

/** AWS's limit of columns of a table. */
const maxColumns = 1_600;
/** PostgreSQL's columns that every row has. */
const systemColumns: readonly string[] = ["ctid", "xmin", "cmin", "xmax", "cmax", "tableoid", "oid"];

/** @throws SqlError 42701, 54011, 42601 */
export function checkColumnNames(names: readonly string[]): void {
  if (names.length === 0) throw new SqlError("42601", "a table needs at least one column");
  if (names.length > maxColumns) throw new SqlError("54011", `tables can have at most ${maxColumns} columns`);
  const seen = new Set<string>();
  for (const name of names) {
    if (systemColumns.includes(name))
      throw new SqlError("42701", `column name "${name}" conflicts with a system column name`);
    if (seen.has(name)) throw new SqlError("42701", `column "${name}" specified more than once`);
    seen.add(name);
  }
}

const maxVarcharBytes = 65_535;

/** The type of a column that is made of a value of this type: what had no length gets one. */
export function storedType(type: SqlType): SqlType {
  switch (type.name) {
    case "unknown":
    case "text":
    case "name":
    case "regclass":
    case "regproc":
    case "regtype":
      return { name: "character varying", length: type.length ?? (type.name === "name" ? 128 : 256) };
    case "character varying":
      return type.length === undefined ? { ...type, length: maxVarcharBytes } : type;
    case "character":
    case "char":
      return { name: "character", length: type.length ?? 1 };
    case "varbyte":
      return type.length === undefined ? { ...type, length: 64_000 } : type;
    case "numeric":
      return type.precision === undefined ? { ...type, precision: 18, scale: 0 } : type;
    case "oid":
    case "xid":
      return { name: "bigint" };
    case "interval":
      return { name: "interval day to second" };
    default:
      return type;
  }
}

const unsupportedTypes: ReadonlySet<string> = new Set([
  "hllsketch",
  "geometry",
  "geography",
  "void",
  "record",
  "aclitem",
  "int2vector",
  "oidvector",
  "array",
]);

/** @throws SqlError 0A000 for types that no column may have here */
export function checkColumnType(name: string, type: SqlType): void {
  if (unsupportedTypes.has(type.name))
    throw new SqlError("0A000", `Column "${name}" has unsupported type "${type.name}".`);
}

/** What Redshift chooses: sort keys and types that do not compress well stay raw. */
export function defaultEncoding(type: SqlType, isSortKey: boolean): string {
  if (isSortKey) return "raw";
  switch (type.name) {
    case "smallint":
    case "integer":
    case "bigint":
    case "numeric":
    case "date":
    case "time":
    case "timetz":
    case "timestamp":
    case "timestamptz":
      return "az64";
    case "character":
    case "character varying":
    case "varbyte":
      return "lzo";
    case "super":
      return "zstd";
    default:
      return "raw";
  }
}

/** A column of a name and type, and nothing else. */
export function plainColumn(attributeNumber: number, name: string, type: SqlType): ColumnRecord {
  return {
    attributeNumber,
    name,
    type,
    nullable: true,
    defaultText: undefined,
    identity: undefined,
    encoding: defaultEncoding(type, false),
    collation: undefined,
    comment: undefined,
  };
}

/** @throws SqlError 42703 */
export function columnNamed(columns: readonly ColumnRecord[], name: string): ColumnRecord {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) throw new SqlError("42703", `column "${name}" does not exist`);
  return found;
}

/** Columns that rows are ordered by when they are loaded or vacuumed. */
export function sortColumns(sort: SortKey | undefined): readonly string[] {
  return (sort?.columns ?? []).map((attributeNumber) => `c${attributeNumber}`);
}
