import type { ParquetFooter } from "../../../formats/parquet-footer/parquet-footer.ts";
import type { HiveType } from "../../../formats/schema/hive-type.ts";
import type { ScanRequest } from "../../../sql/redshift/bind/name-space.ts";
import { engineType } from "../../../sql/redshift/type-text.ts";
import { quoteName, quoteString } from "../engine/quote.ts";
import type { ExternalColumn } from "./external-tables.ts";
import { fileTypeOf, isNested } from "./external-types.ts";
import { mapInParallel } from "./opened-files.ts";
import { checkParquet, footerOf } from "./parquet-files.ts";
import { type FileColumns, fileColumnsSql, pathListSql, type ScanFile } from "./scan-parts.ts";

/** What a scan reads, for the system tables. */
export interface ScanCount {
  readonly rows: number;
  readonly bytes: number;
}

export interface PreparedScan {
  /** Queries that together give the rows. */
  readonly selects: readonly string[];
  readonly count: ScanCount;
}

export interface FormatScan {
  readonly files: readonly ScanFile[];
  /** Of the files, as wanted. */
  readonly columns: readonly ExternalColumn[];
  readonly fileColumns: FileColumns;
  /** Over columns of the files. */
  readonly conditions: ScanRequest["predicates"];
  readonly region: string;
  readonly signal: AbortSignal;
}

/** Files that one reader takes together. */
interface FileGroup {
  readonly files: ScanFile[];
  readonly moments: ReadonlySet<string>;
  /** All have the same columns, and those that are wanted have the table's types: the reader needs no schema. */
  readonly native: boolean;
}

/** Of a file; the columns of wider ones are not compared. */
const maxNativeColumns = 2_000;

/** A column that no file has: a reader must be given one at least. */
const noColumn = "$none";

/**
 * Parquet is read in place. The engine finds columns by their names, whatever the case, gives NULL where a file
 * has none, and passes over row groups by the conditions.
 */
export async function parquetScan(scan: FormatScan): Promise<PreparedScan> {
  const { files, columns, region, signal } = scan;
  const footers = await mapInParallel(files, signal, (file) => footerOf(file, region));
  const groups = new Map<string, FileGroup>();
  let [rows, bytes] = [0, 0];
  for (const [index, footer] of footers.entries()) {
    const file = files[index];
    if (file === undefined) continue;
    checkParquet(file, footer, columns, region);
    rows += footer.records;
    bytes += bytesOf(footer, columns);
    // The engine has two types of timestamps; a reader's list takes each column as one of them.
    const moments = columns.filter(({ name }) => hasMoments(footer, name)).map(({ name }) => name);
    const native = isNative(footer, columns);
    const key = JSON.stringify(native ? [moments, footer.columns] : [moments]);
    const group = groups.get(key) ?? { files: [], moments: new Set(moments), native };
    groups.set(key, group);
    group.files.push(file);
  }
  return {
    selects: [...groups.values()].map((group) => selectOf(scan, group)),
    count: { rows, bytes },
  };
}

/** With a schema of its own the engine's reader knows no statistics, and joins are planned without them. */
function isNative(footer: ParquetFooter, wanted: readonly ExternalColumn[]): boolean {
  if (wanted.length === 0 || footer.columns.length > maxNativeColumns) return false;
  const own = new Map(footer.columns.map((column) => [column.name.toLowerCase(), column.type]));
  if (own.size !== footer.columns.length) return false;
  return wanted.every(({ name, hive }) => {
    const type = own.get(name);
    return type !== undefined && !isNested(hive) && !isNested(type) && fileTypeOf(type) === fileTypeOf(hive);
  });
}

function hasMoments({ columns, utcColumns }: ParquetFooter, name: string): boolean {
  const own = columns.find((column) => column.name.toLowerCase() === name);
  return own?.type.kind === "primitive" && utcColumns.includes(own.name);
}

function bytesOf({ columnBytes }: ParquetFooter, columns: readonly ExternalColumn[]): number {
  let bytes = 0;
  for (const [name, own] of columnBytes)
    if (columns.some((column) => column.name === name.toLowerCase())) bytes += own;
  return bytes;
}

function selectOf(
  { columns, fileColumns, conditions }: FormatScan,
  { files, moments, native }: FileGroup,
): string {
  const schema = (columns.length === 0 ? [[noColumn, "BOOLEAN"]] : columns.map(schemaColumn)).map(
    ([name = "", type = ""]) => {
      const read = moments.has(name) ? "TIMESTAMPTZ" : type;
      return `${quoteString(name)}: {name: ${quoteString(name)}, type: ${quoteString(read)}, default_value: NULL}`;
    },
  );
  const facts = fileColumnsSql(files, fileColumns, "r.file_index");
  const own = columns.map((column) => {
    const value = valueSql(column, moments);
    // What the file calls an integer may be an unsigned one; where it is none, the engine drops the cast.
    const typed =
      native && !moments.has(column.name) ? `CAST(${value} AS ${engineType(column.type)})` : value;
    return `${typed} AS ${quoteName(column.name)}`;
  });
  const select = [...own, ...facts.select];
  // Conditions on columns that are not as the file has them are left to the statement.
  const made = new Set(columns.filter((column) => isMade(column, moments)).map(({ name }) => name));
  const where = conditions.filter((condition) => !condition.columns.some((name) => made.has(name)));
  return `SELECT ${select.length === 0 ? '1 AS "?"' : select.join(", ")} FROM read_parquet(${pathListSql(files)}${native ? "" : `, schema = MAP {${schema.join(", ")}}`}) AS r${facts.join}${where.length === 0 ? "" : ` WHERE ${where.map(({ sql }) => `(${sql})`).join(" AND ")}`}`;
}

function schemaColumn({ name, hive }: ExternalColumn): readonly [string, string] {
  return [name, fileTypeOf(hive)];
}

function isMade({ name, hive, type }: ExternalColumn, moments: ReadonlySet<string>): boolean {
  return isNested(hive) || type.name === "character" || moments.has(name);
}

function valueSql({ name, hive, type }: ExternalColumn, moments: ReadonlySet<string>): string {
  const column = `r.${quoteName(name)}`;
  if (isNested(hive)) return `CAST(to_json(${withoutNulls(column, hive)}) AS ${engineType(type)})`;
  if (moments.has(name)) return `timezone('UTC', ${column})`;
  return type.name === "character" ? `rtrim(${column}, ' ')` : column;
}

/**
 * A field without a value is left out of its document: navigation then finds NULL, as in a struct, and not the null
 * of JSON, which is a value.
 */
function withoutNulls(value: string, type: HiveType): string {
  if (type.kind === "struct") return `json_merge_patch('{}', to_json(${value}))`;
  if (type.kind !== "array" || !holdsStruct(type.element)) return value;
  return `list_transform(${value}, x -> ${withoutNulls("x", type.element)})`;
}

function holdsStruct(type: HiveType): boolean {
  return type.kind === "struct" || (type.kind === "array" && holdsStruct(type.element));
}
