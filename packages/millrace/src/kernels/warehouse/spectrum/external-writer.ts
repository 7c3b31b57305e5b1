import { createReadStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { SqlError } from "../../../sql/sql-error.ts";
import { quoteName, quoteString } from "../engine/quote.ts";
import type { StatementObjects } from "../objects-port.ts";
import type { CatalogStorage } from "./data-catalog-port.ts";
import { asked } from "./external-errors.ts";
import { placeOf } from "./file-list.ts";
import { mapInParallel, type OpenedFiles } from "./opened-files.ts";
import { formatOf, type TextFormat } from "./storage-format.ts";

export interface ExternalRows {
  /** Engine SQL of the rows, their columns named as in the table. */
  readonly sql: string;
  /** Those of the partition key, in its order; they stand in the files' names. */
  readonly keys: readonly string[];
  /** Columns of texts, but for those of the key. */
  readonly texts: readonly string[];
}

export interface WriteParts {
  readonly engine: { change(sql: string): Promise<number> };
  readonly objects: StatementObjects;
  readonly opened: OpenedFiles;
  readonly signal: AbortSignal;
  readonly nowMs: number;
  readonly queryId: number;
}

export interface WrittenRows {
  readonly rows: number;
  readonly keys: readonly { readonly bucket: string; readonly key: string }[];
  /** A partition for each folder that was written to. */
  readonly partitions: readonly { readonly values: readonly string[]; readonly location: string }[];
}

type Properties = Readonly<Record<string, string>>;

/**
 * Writes rows as new files below a table's location: one file, or one for each partition. A failure takes back what
 * was written. @throws SqlError
 */
export async function writeExternal(
  source: ExternalRows,
  storage: CatalogStorage,
  properties: Properties,
  parts: WriteParts,
): Promise<WrittenRows> {
  const place = placeOf(storage.Location ?? "");
  const prefix = place.key === "" || place.key.endsWith("/") ? place.key : `${place.key}/`;
  const { keys } = source;
  const { options, extension, sql } = writingOf(source, storage, properties);
  const folder = await parts.opened.newPath();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const partitioned =
    keys.length === 0
      ? ""
      : `, PARTITION_BY (${keys.map(quoteName).join(", ")}), FILENAME_PATTERN 'part_{i}'`;
  const target = keys.length === 0 ? join(folder, "part_0") : folder;
  const rows = await parts.engine.change(
    `COPY (${sql}) TO ${quoteString(target)} (${options}${partitioned})`,
  );
  if (rows === 0) return { rows, keys: [], partitions: [] };
  const files = await filesBelow(folder);
  const put: { bucket: string; key: string }[] = [];
  const stem = fileStem(parts);
  try {
    await mapInParallel(files, parts.signal, async (file) => {
      const folders = relative(folder, file).split("/").slice(0, -1);
      const part = String(files.indexOf(file)).padStart(2, "0");
      const key = `${prefix}${folders.map((name) => `${name}/`).join("")}${stem}_0000_part_${part}${extension}`;
      const body = createReadStream(file, { signal: parts.signal });
      await asked(() =>
        parts.objects.put(place.bucket, key, body, {
          contentType: "binary/octet-stream",
          kmsKeyId: undefined,
        }),
      );
      put.push({ bucket: place.bucket, key });
    });
  } catch (error) {
    await removeWritten(put, parts.objects);
    throw error;
  }
  const folders = new Set(files.map((file) => relative(folder, file).split("/").slice(0, -1).join("/")));
  return {
    rows,
    keys: put,
    partitions: [...folders].flatMap((name) =>
      name === ""
        ? []
        : [{ values: partitionValues(name), location: `s3://${place.bucket}/${prefix}${name}/` }],
    ),
  };
}

/** Takes back files of a statement that failed. What cannot be removed stays. */
export async function removeWritten(written: WrittenRows["keys"], objects: StatementObjects): Promise<void> {
  await Promise.allSettled(written.map(({ bucket, key }) => objects.remove(bucket, key)));
}

/** `day=2024-01-01/hour=1` */
function partitionValues(folders: string): readonly string[] {
  return folders.split("/").map((name) => decodeURIComponent(name.slice(name.indexOf("=") + 1)));
}

/** Redshift names files by the moment and the statement: `20200303_004509_810669_1007`. */
function fileStem({ nowMs, queryId }: WriteParts): string {
  const digits = new Date(nowMs).toISOString().replaceAll(/\D/g, "");
  return `${digits.slice(0, 8)}_${digits.slice(8, 14)}_${digits.slice(14, 17)}000_${queryId}`;
}

/** @throws SqlError 0A000 for formats that Redshift does not write */
function writingOf(
  source: ExternalRows,
  storage: CatalogStorage,
  properties: Properties,
): { readonly options: string; readonly extension: string; readonly sql: string } {
  const format = formatOf(storage, {});
  const compression = (properties["compression_type"] ?? "").toLowerCase();
  switch (format.kind) {
    case "parquet": {
      const codec = codecOf(compression, ["none", "snappy", "gzip", "zstd"], "snappy");
      return {
        sql: source.sql,
        options: `FORMAT parquet, COMPRESSION ${codec === "none" ? "uncompressed" : codec}`,
        extension: ".parquet",
      };
    }
    case "text": {
      const codec = codecOf(compression, ["none", "gzip"], "none");
      const { delimiter, nullText } = format;
      const sql = textSql(source, format);
      return {
        sql,
        options: `FORMAT csv, HEADER false, DELIMITER ${quoteString(delimiter)}, QUOTE '', ESCAPE '',
          NULLSTR ${quoteString(nullText)}, COMPRESSION ${codec}`,
        extension: codec === "gzip" ? ".txt.gz" : ".txt",
      };
    }
    default:
      throw new SqlError("0A000", "only external tables in PARQUET and TEXTFILE format can be written to");
  }
}

/**
 * Texts as lines of fields hold them: with escapes where the table has a mark for them. Without one, what would be
 * read as something else is an error (22023), and not other rows.
 */
function textSql({ sql, texts }: ExternalRows, { delimiter, escape: mark, nullText }: TextFormat): string {
  if (texts.length === 0) return sql;
  const replaced = texts.map((name) => {
    const column = quoteName(name);
    const specials = [delimiter, "\n", "\r"].map(quoteString);
    const held = specials.map((special) => `contains(${column}, ${special})`).join(" OR ");
    const message = quoteString(
      `millrace:22023:Column "${name}" has a value that a text file without escapes cannot hold`,
    );
    if (mark === undefined)
      return `CASE WHEN ${held} OR ${column} = ${quoteString(nullText)} THEN error(${message}) ELSE ${column} END AS ${column}`;
    const broken = specials
      .slice(1)
      .map((special) => `contains(${column}, ${special})`)
      .join(" OR ");
    const escaped = [mark, delimiter].reduce(
      (text, special) => `replace(${text}, ${quoteString(special)}, ${quoteString(mark + special)})`,
      column,
    );
    return `CASE WHEN ${broken} THEN error(${message}) ELSE ${escaped} END AS ${column}`;
  });
  return `SELECT * REPLACE (${replaced.join(", ")}) FROM (${sql})`;
}

/** @throws SqlError 22023 */
function codecOf(name: string, known: readonly string[], standard: string): string {
  if (name === "") return standard;
  if (!known.includes(name))
    throw new SqlError("22023", `compression_type "${name}" is not supported for this format`);
  return name;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const files: string[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files.push(path);
  }
  return files;
}
