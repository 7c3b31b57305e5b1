import { quoteName, quoteString } from "../engine/quote.ts";
import { type ExternalColumn, pathColumn, sizeColumn } from "./external-tables.ts";
import type { LocalFile } from "./opened-files.ts";
import { keyValueSql, nullPartition, unnested } from "./partition-pruning.ts";

/** A file that is about to be scanned, with the values of its partition. */
export interface ScanFile extends LocalFile {
  readonly keyValues: readonly string[];
}

/** What a scan gives that does not stand in its files. */
export interface FileColumns {
  /** Columns of the partition key that are wanted, with their places in the key. */
  readonly keys: readonly { readonly column: ExternalColumn; readonly place: number }[];
  readonly path: boolean;
  readonly size: boolean;
}

/**
 * Columns of the partition key, and of the file itself, as engine SQL: literals where all files have the same
 * values, else of a table `m` that is joined by the number of the file.
 * @param fileIndex the number of a row's file in the reader's list
 */
export function fileColumnsSql(
  files: readonly ScanFile[],
  { keys, path, size }: FileColumns,
  fileIndex: string,
): { readonly select: readonly string[]; readonly join: string } {
  const columns: {
    readonly name: string;
    readonly texts: readonly string[];
    readonly sql: (text: string) => string;
  }[] = keys.map(({ column, place }) => ({
    name: column.name,
    texts: files.map(({ keyValues }) => keyValues[place] ?? nullPartition),
    sql: (text) => keyValueSql(column, text),
  }));
  if (path)
    columns.push({
      name: pathColumn,
      texts: files.map(({ bucket, key }) => `s3://${bucket}/${key}`),
      sql: (text) => text,
    });
  if (size)
    columns.push({
      name: sizeColumn,
      texts: files.map(({ bytes }) => String(bytes)),
      sql: (text) => `CAST(${text} AS BIGINT)`,
    });
  const select: string[] = [];
  const joined: string[] = [];
  for (const { name, texts, sql } of columns) {
    const only = new Set(texts).size === 1 ? texts[0] : undefined;
    if (only === undefined) {
      const alias = `"$k${joined.length}"`;
      joined.push(`${unnested(texts)} AS ${alias}`);
      select.push(`${sql(`m.${alias}`)} AS ${quoteName(name)}`);
    } else select.push(`${sql(`CAST(${quoteString(only)} AS VARCHAR)`)} AS ${quoteName(name)}`);
  }
  if (joined.length === 0) return { select, join: "" };
  const numbers = `unnest(CAST(range(${files.length}) AS UBIGINT[])) AS "$i"`;
  return { select, join: ` JOIN (SELECT ${[numbers, ...joined].join(", ")}) AS m ON m."$i" = ${fileIndex}` };
}

export function pathListSql(files: readonly LocalFile[]): string {
  return `[${files.map(({ path }) => quoteString(path)).join(", ")}]`;
}

/** No rows, with the wanted columns. */
export function emptySql(columns: readonly { readonly name: string; readonly engineType: string }[]): string {
  const nulls = columns.map(({ name, engineType }) => `CAST(NULL AS ${engineType}) AS ${quoteName(name)}`);
  return `(SELECT ${nulls.length === 0 ? '1 AS "?"' : nulls.join(", ")} WHERE false)`;
}
