import { type FileHandle, open } from "node:fs/promises";
import {
  type ParquetFooter,
  parquetMetadataLength,
  parquetTrailerBytes,
  readParquetFooter,
} from "../../../formats/parquet-footer/parquet-footer.ts";
import { type HiveType, printHiveType } from "../../../formats/schema/hive-type.ts";
import { scanError } from "./external-errors.ts";
import type { ExternalColumn } from "./external-tables.ts";
import type { LocalFile } from "./opened-files.ts";

/** As AWS's errors name an object. */
export function fileUrl({ bucket, key }: { bucket: string; key: string }, region: string): string {
  return `https://s3.${region}.amazonaws.com/${bucket}/${key}`;
}

/** @throws SqlError for a file that is no whole Parquet file */
export async function footerOf(file: LocalFile, region: string): Promise<ParquetFooter> {
  const handle = await open(file.path);
  try {
    const { size } = await handle.stat();
    const length = parquetMetadataLength(await tail(handle, size, parquetTrailerBytes), size);
    if (typeof length === "string") throw damaged(file, region, length);
    const metadata = await tail(handle, size - parquetTrailerBytes, length);
    const footer = readParquetFooter(metadata);
    if (typeof footer === "string") throw damaged(file, region, footer);
    return footer;
  } finally {
    await handle.close();
  }
}

function damaged(file: LocalFile, region: string, problem: string): Error {
  return scanError(`File '${fileUrl(file, region)}' is not a readable Parquet file: ${problem}`);
}

/** The last bytes before `end`; fewer where there are fewer. */
async function tail(handle: FileHandle, end: number, bytes: number): Promise<Buffer> {
  const start = Math.max(0, end - bytes);
  const buffer = Buffer.alloc(end - start);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}

/**
 * That the file's columns can be read as the table says. Columns are found by their names, whatever the case; a
 * column that the file does not have is NULL. @throws SqlError "Spectrum Scan Error"
 */
export function checkParquet(
  file: LocalFile,
  { columns }: ParquetFooter,
  wanted: readonly ExternalColumn[],
  region: string,
): void {
  const own = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  for (const { name, hive } of wanted) {
    const found = own.get(name);
    if (found === undefined || isReadable(found.type, hive)) continue;
    throw scanError(
      `File '${fileUrl(file, region)}' has an incompatible Parquet schema for column ` +
        `'s3://${file.bucket}/${file.key}.${name}'. Column type: ${printHiveType(hive).toUpperCase()}, ` +
        `Parquet schema:\noptional ${printHiveType(found.type)} ${found.name}`,
    );
  }
}

const integers: readonly string[] = ["tinyint", "smallint", "int", "bigint"];

/** Whether each value of the file's type is a value of the table's. */
function isReadable(file: HiveType, table: HiveType): boolean {
  const [from, to] = [nameOf(file), nameOf(table)];
  if (integers.includes(from) && integers.includes(to)) {
    // Files keep small integers in 32 bits, and do not always say that they are small.
    return integers.indexOf(from) <= Math.max(integers.indexOf(to), integers.indexOf("int"));
  }
  if (from === "float" && to === "double") return true;
  if (from === "decimal" && to === "decimal") return isNarrower(file, table);
  if (from === "array" && to === "array" && file.kind === "array" && table.kind === "array")
    return isReadable(file.element, table.element);
  if (file.kind === "map" && table.kind === "map")
    return isReadable(file.key, table.key) && isReadable(file.value, table.value);
  if (file.kind === "struct" && table.kind === "struct") {
    const fields = new Map(file.fields.map(({ name, type }) => [name.toLowerCase(), type]));
    return table.fields.every(({ name, type }) => {
      const own = fields.get(name.toLowerCase());
      return own === undefined || isReadable(own, type);
    });
  }
  // Writers that do not mark texts leave bytes.
  if (isText(to)) return isText(from) || from === "binary";
  if (to === "binary") return isText(from) || from === "binary";
  return from === to;
}

function isNarrower(file: HiveType, table: HiveType): boolean {
  if (file.kind !== "decimal" || table.kind !== "decimal") return false;
  return file.scale <= table.scale && file.precision - file.scale <= table.precision - table.scale;
}

function nameOf(type: HiveType): string {
  return type.kind === "primitive" || type.kind === "text" ? type.name : type.kind;
}

function isText(name: string): boolean {
  return name === "string" || name === "varchar" || name === "char";
}
