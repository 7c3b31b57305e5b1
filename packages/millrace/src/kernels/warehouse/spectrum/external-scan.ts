import type { ScanRequest } from "../../../sql/redshift/bind/name-space.ts";
import { engineType } from "../../../sql/redshift/type-text.ts";
import type { StatementObjects } from "../objects-port.ts";
import { avroScan } from "./avro-scan.ts";
import type { CatalogPartition, CatalogStorage } from "./data-catalog-port.ts";
import { type ExternalColumn, type ExternalTable, pathColumn, sizeColumn } from "./external-tables.ts";
import { filesAt } from "./file-list.ts";
import { lineScan } from "./line-scan.ts";
import { mapInParallel, type OpenedFiles } from "./opened-files.ts";
import { type FormatScan, type PreparedScan, parquetScan, type ScanCount } from "./parquet-scan.ts";
import { qualifiedPartitions } from "./partition-pruning.ts";
import { emptySql, type FileColumns, type ScanFile } from "./scan-parts.ts";
import { type FileFormat, formatNames, formatOf } from "./storage-format.ts";

/** Files that one scan may have. */
const maxFiles = 1_000_000;

export interface ScanParts {
  /** For partitions' conditions. */
  readonly engine: { rows(sql: string): Promise<unknown[][]> };
  readonly objects: StatementObjects;
  readonly opened: OpenedFiles;
  /** Of S3, for what errors say. */
  readonly region: string;
  readonly signal: AbortSignal;
}

/** What a scan has found, for the system tables. */
export interface ScanFacts extends ScanCount {
  readonly sql: string;
  readonly format: string;
  readonly files: number;
  readonly totalPartitions: number;
  readonly qualifiedPartitions: number;
}

/** A run of files that are read in the same way. */
interface FileGroup {
  readonly format: FileFormat;
  readonly files: ScanFile[];
}

/** Engine SQL that stands in FROM for an external table, over the files that the statement may need. */
export async function externalScan(
  external: ExternalTable,
  scan: Pick<ScanRequest, "columns" | "predicates">,
  parts: ScanParts,
): Promise<ScanFacts> {
  const wanted = external.columns.filter(({ name }) => scan.columns.includes(name));
  const { partitions, total } = await partitionsOf(external, scan, parts);
  const groups = await fileGroups(external, partitions, parts);
  const columns = wanted.filter(({ position }) => position !== undefined);
  const fileColumns: FileColumns = {
    keys: external.keys.flatMap((column, place) => (wanted.includes(column) ? [{ column, place }] : [])),
    path: scan.columns.includes(pathColumn),
    size: scan.columns.includes(sizeColumn),
  };
  const names = new Set(columns.map(({ name }) => name));
  const conditions = scan.predicates.filter(
    (predicate) => predicate.columns.length > 0 && predicate.columns.every((name) => names.has(name)),
  );
  const prepared: PreparedScan[] = [];
  for (const { format, files } of groups) {
    const { region, signal } = parts;
    const formatScan = { files, columns, fileColumns, conditions, region, signal };
    prepared.push(await scanOf(formatScan, format, parts));
  }
  return {
    sql: unionSql(prepared, [...columns, ...fileColumns.keys.map(({ column }) => column)], fileColumns),
    format: formatNames[groups[0]?.format.kind ?? "text"],
    files: groups.reduce((sum, group) => sum + group.files.length, 0),
    rows: prepared.reduce((sum, { count }) => sum + count.rows, 0),
    bytes: prepared.reduce((sum, { count }) => sum + count.bytes, 0),
    totalPartitions: total,
    qualifiedPartitions: partitions.length,
  };
}

function scanOf(scan: FormatScan, format: FileFormat, { opened }: ScanParts): Promise<PreparedScan> {
  switch (format.kind) {
    case "parquet":
      return parquetScan(scan);
    case "avro":
      return avroScan(scan, opened);
    default:
      return lineScan(scan, format, opened);
  }
}

function unionSql(
  prepared: readonly PreparedScan[],
  columns: readonly ExternalColumn[],
  { path, size }: FileColumns,
): string {
  const selects = prepared.flatMap((one) => one.selects);
  if (selects.length > 0) return `(${selects.join(" UNION ALL BY NAME ")})`;
  return emptySql([
    ...columns.map(({ name, type }) => ({ name, engineType: engineType(type) })),
    ...(path ? [{ name: pathColumn, engineType: "VARCHAR" }] : []),
    ...(size ? [{ name: sizeColumn, engineType: "BIGINT" }] : []),
  ]);
}

/** A table without a partition key is one partition without values. */
async function partitionsOf(
  external: ExternalTable,
  scan: Pick<ScanRequest, "predicates">,
  { engine }: ScanParts,
): Promise<{ readonly partitions: readonly CatalogPartition[]; readonly total: number }> {
  if (external.keys.length > 0) {
    const { qualified, total } = await qualifiedPartitions(external, scan, engine);
    return { partitions: qualified, total };
  }
  const { StorageDescriptor } = external.table.definition;
  return { partitions: [{ values: [], definition: { StorageDescriptor } }], total: 0 };
}

async function fileGroups(
  { table }: ExternalTable,
  partitions: readonly CatalogPartition[],
  { objects, opened, signal }: ScanParts,
): Promise<readonly FileGroup[]> {
  const groups = new Map<string, FileGroup>();
  const own = table.definition.StorageDescriptor ?? {};
  let count = 0;
  const listed = await mapInParallel(partitions, signal, async ({ values, definition }) => {
    const storage = definition.StorageDescriptor ?? own;
    const files: ScanFile[] = [];
    if (storage.Location === undefined || storage.Location === "") return { storage, files };
    for await (const file of filesAt(storage.Location, objects)) {
      signal.throwIfAborted();
      count += 1;
      if (count > maxFiles) throw new Error(`the table has more than ${maxFiles} files`);
      files.push({ ...file, path: "", keyValues: values });
    }
    return { storage, files };
  });
  for (const { storage, files } of listed) {
    if (files.length === 0) continue;
    const format = formatOf(readAs(storage, own), table.definition.Parameters ?? {});
    const key = JSON.stringify(format, (_, value: unknown) => (value instanceof Map ? [...value] : value));
    const group = groups.get(key) ?? { format, files: [] };
    groups.set(key, group);
    group.files.push(
      ...(await mapInParallel(files, signal, async (file) => ({
        ...file,
        ...(await opened.local(file, objects)),
      }))),
    );
  }
  return [...groups.values()];
}

/** What a partition does not say of its files, its table does. */
function readAs(storage: CatalogStorage, table: CatalogStorage): CatalogStorage {
  const library = storage.SerdeInfo?.SerializationLibrary;
  return library === undefined || library === ""
    ? { ...storage, InputFormat: storage.InputFormat ?? table.InputFormat, SerdeInfo: table.SerdeInfo }
    : storage;
}
