import type { DuckDBValue } from "@duckdb/node-api";
import type { SqlError } from "../../../../sql/sql-error.ts";
import { quoteString } from "../../engine/quote.ts";
import type { OpenedObject } from "../../objects-port.ts";
import { loadError, reading } from "../copy-errors.ts";
import { type SourceFile, uriText } from "../source/source-files.ts";
import type { LoadParts } from "./exact-load.ts";
import { insertSql } from "./load-target.ts";
import { type ParquetValue, parquetValue, scanType } from "./parquet-columns.ts";
import { SideQueries } from "./side-query.ts";
import { StagingFolder } from "./staging-folder.ts";

/** Files that are open at a time. */
const maxFiles = 100_000;
/** What AWS shows for errors of its scans. */
const scanCode = 15_007;
const versionCode = 15_001;

interface ParquetFile {
  readonly file: SourceFile;
  readonly path: string;
  /** The engine's names of the types of its columns. */
  readonly types: readonly string[];
  readonly rows: number;
}

/** COPY ... PARQUET: columns go by their place, and the first error ends it. @returns rows */
export async function parquetLoad(parts: LoadParts): Promise<number> {
  const { context, objects, files } = parts;
  const { queryId } = context.logged;
  if (files.length > maxFiles)
    throw loadError(`COPY of more than ${maxFiles} Parquet files`, scanCode, "", queryId);
  await using folder = new StagingFolder(context.host.temporaryDirectory, `copy-${queryId}`);
  await using queries = await SideQueries.open(context);
  const opened: OpenedObject[] = [];
  try {
    const found: ParquetFile[] = [];
    for (const file of files) {
      const path = await reading(`S3 key being read : ${uriText(file)}`, queryId, async () => {
        const object = await objects.open(file.bucket, file.key);
        opened.push(object);
        return object.path ?? (await folder.write(object.stream(), context.signal));
      });
      context.checkCancelled();
      found.push(await described(parts, file, path, queries));
    }
    return await loadFiles(parts, found, queries);
  } finally {
    for (const object of opened) await object.close();
  }
}

async function described(
  { context, log }: LoadParts,
  file: SourceFile,
  path: string,
  queries: SideQueries,
): Promise<ParquetFile> {
  const counts = log.begin(file);
  let rows: DuckDBValue[][];
  let total: DuckDBValue | undefined;
  try {
    rows = await queries.rows(`DESCRIBE SELECT * FROM ${readSql([path])}`);
    total = (await queries.rows(`SELECT num_rows FROM parquet_file_metadata(${quoteString(path)})`))[0]?.[0];
  } catch (error) {
    context.checkCancelled();
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw scanError(
      versionCode,
      `File '${uriText(file)}' has an invalid version number or is damaged: ${hidden(reason, path)}`,
      context.logged.queryId,
    );
  }
  counts.lines = Number(total);
  counts.rows = Number(total);
  return { file, path, types: rows.map(([, type]) => String(type)), rows: Number(total) };
}

async function loadFiles(
  parts: LoadParts,
  files: readonly ParquetFile[],
  queries: SideQueries,
): Promise<number> {
  const { context, target, options } = parts;
  const sources: string[] = [];
  for (const group of sameTypes(files)) {
    const [first] = group;
    if (first === undefined) continue;
    const values = valuesOf(parts, first);
    await checkValues(parts, group, values, queries);
    const list = values.map((value, index) => `${value?.value ?? "NULL"} AS v${index}`).join(", ");
    sources.push(`SELECT ${list} FROM ${fileSql(group)}`);
  }
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  context.checkCancelled();
  if (options.noLoad) return rows;
  return context.connection.change(insertSql(target, sources.join(" UNION ALL ")));
}

/** Neighbours with the same columns are read together. */
function sameTypes(files: readonly ParquetFile[]): readonly (readonly ParquetFile[])[] {
  const groups: ParquetFile[][] = [];
  let last = "";
  for (const file of files) {
    const types = file.types.join("\n");
    if (groups.length === 0 || types !== last) groups.push([]);
    groups.at(-1)?.push(file);
    last = types;
  }
  return groups;
}

/** One for each column of the target; undefined where the file has none and FILLRECORD makes it NULL. @throws SqlError */
function valuesOf(
  { context, target, options }: LoadParts,
  { file, types }: ParquetFile,
): readonly (ParquetValue | undefined)[] {
  const { columns } = target;
  const { queryId } = context.logged;
  if (types.length > columns.length || (types.length < columns.length && !options.fillRecord))
    throw scanError(
      scanCode,
      `Unmatched number of columns between table and file. Table columns: ${columns.length}, Data columns: ${types.length}, File name: ${uriText(file)}`,
      queryId,
    );
  return columns.map((column, index) => {
    const type = types[index];
    if (type === undefined) return undefined;
    const value = parquetValue(column, type, `f${index}`, options.serializeToJson);
    if (value !== undefined) return value;
    const hint = column.type.name === "super" ? " (COPY into SUPER requires SERIALIZETOJSON)" : "";
    throw scanError(
      scanCode,
      `File '${uriText(file)}' has an incompatible Parquet schema for column '${column.name}'. Column type: ${scanType(column.type)}, Parquet schema: ${type}${hint}`,
      queryId,
    );
  });
}

/** Texts that are too long, and NULLs where none may be. @throws SqlError */
async function checkValues(
  { context, target }: LoadParts,
  files: readonly ParquetFile[],
  values: readonly (ParquetValue | undefined)[],
  queries: SideQueries,
): Promise<void> {
  const { queryId } = context.logged;
  const checks = values.flatMap((value, index) => {
    const column = target.columns[index];
    const length = value?.length === undefined ? "NULL" : `max(${value.length.sql})`;
    const nulls = column?.nullable === false ? `count(*) - count(${value?.value ?? "NULL"})` : "0";
    return [length, nulls];
  });
  const name =
    files.length === 1 ? uriText(files[0]?.file ?? { bucket: "", key: "" }) : `${files.length} files`;
  let row: DuckDBValue[];
  try {
    [row = []] = await queries.rows(`SELECT ${checks.join(", ")} FROM ${fileSql(files)}`);
  } catch (error) {
    context.checkCancelled();
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    const told = files.reduce((text, { path }) => hidden(text, path), reason);
    throw scanError(versionCode, `File name: ${name}: ${told}`, queryId);
  }
  for (const [index, value] of values.entries()) {
    const column = target.columns[index]?.name ?? "";
    const longest = Number(row[index * 2] ?? 0);
    const limit = value?.length?.limit ?? Number.POSITIVE_INFINITY;
    if (longest > limit)
      throw scanError(
        scanCode,
        `The length of the data column ${column} is longer than the length defined in the table. Table: ${limit}, Data: ${longest}, File name: ${name}`,
        queryId,
      );
    if (Number(row[index * 2 + 1] ?? 0) > 0)
      throw scanError(scanCode, `Missing data for not-null field ${column}, File name: ${name}`, queryId);
  }
}

/** The columns are called f0, f1, ..., whatever their names in the files. */
function fileSql(files: readonly ParquetFile[]): string {
  const names = (files[0]?.types ?? []).map((_, index) => `f${index}`).join(", ");
  return `${readSql(files.map(({ path }) => path))} AS p(${names})`;
}

function readSql(paths: readonly string[]): string {
  return `read_parquet([${paths.map(quoteString).join(", ")}], hive_partitioning = false, union_by_name = false, binary_as_string = false)`;
}

/** Where files lie on this machine is nobody's business. */
function hidden(text: string, path: string): string {
  return text.replaceAll(path, "...");
}

function scanError(code: number, context: string, queryId: number): SqlError {
  return loadError("Spectrum Scan Error", code, context, queryId);
}
