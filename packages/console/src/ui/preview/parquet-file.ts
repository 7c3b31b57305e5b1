import type { AsyncBuffer, FileMetaData, SchemaElement } from "hyparquet";
import type { RangedFile } from "./ranged-file.ts";
import type { TableData } from "./table-data.ts";

/** A column as it lies in the file, over all row groups. */
export interface ParquetColumn {
  /** `a.b.c` for what is nested. */
  readonly path: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly codecs: readonly string[];
  readonly encodings: readonly string[];
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  /** Undefined where a row group does not tell. */
  readonly nulls: number | undefined;
  readonly min: unknown;
  readonly max: unknown;
}

export interface ParquetRowGroup {
  readonly index: number;
  readonly rows: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  /** Where its first page begins. */
  readonly offset: number;
}

export interface ParquetFacts {
  readonly metadata: FileMetaData;
  readonly rows: number;
  readonly createdBy: string;
  readonly columns: readonly ParquetColumn[];
  readonly rowGroups: readonly ParquetRowGroup[];
  readonly keyValues: readonly (readonly [string, string])[];
}

/** The footer of a file, read by ranges. @throws what the file's reading throws, and Error on a broken footer */
export async function readFacts(file: RangedFile): Promise<ParquetFacts> {
  const { parquetMetadataAsync } = await import("hyparquet");
  return factsOf(await parquetMetadataAsync(asyncBuffer(file)));
}

function factsOf(metadata: FileMetaData): ParquetFacts {
  return {
    metadata,
    rows: Number(metadata.num_rows),
    createdBy: metadata.created_by ?? "",
    columns: columnsOf(metadata),
    rowGroups: metadata.row_groups.map((group, index) => ({
      index,
      rows: Number(group.num_rows),
      compressedBytes: sum(
        group.columns.map(({ meta_data }) => Number(meta_data?.total_compressed_size ?? 0)),
      ),
      uncompressedBytes: sum(
        group.columns.map(({ meta_data }) => Number(meta_data?.total_uncompressed_size ?? 0)),
      ),
      offset: Number(
        group.columns[0]?.meta_data?.dictionary_page_offset ??
          group.columns[0]?.meta_data?.data_page_offset ??
          0,
      ),
    })),
    keyValues: (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ""] as const),
  };
}

function columnsOf({ row_groups, schema }: FileMetaData): readonly ParquetColumn[] {
  const leaves = schema.filter(({ num_children }) => num_children === undefined || num_children === 0);
  return leaves.map((element, i) => {
    const chunks = row_groups.flatMap(({ columns }) => columns[i]?.meta_data ?? []);
    const statistics = chunks.map((chunk) => chunk.statistics);
    const nulls = statistics.map((one) => one?.null_count);
    return {
      path: chunks[0]?.path_in_schema.join(".") ?? element.name,
      type: typeOf(element),
      isOptional: element.repetition_type !== "REQUIRED",
      codecs: [...new Set(chunks.map(({ codec }) => codec))],
      encodings: [...new Set(chunks.flatMap(({ encodings }) => encodings))],
      compressedBytes: sum(chunks.map((chunk) => Number(chunk.total_compressed_size))),
      uncompressedBytes: sum(chunks.map((chunk) => Number(chunk.total_uncompressed_size))),
      nulls: nulls.every((count) => count !== undefined) ? sum(nulls.map(Number)) : undefined,
      min: extreme(
        statistics.map((one) => one?.min_value ?? one?.min),
        (a, b) => a < b,
      ),
      max: extreme(
        statistics.map((one) => one?.max_value ?? one?.max),
        (a, b) => a > b,
      ),
    };
  });
}

type Comparable = string | number | bigint | Date;

/** Undefined when a row group does not tell, because then nobody knows. */
function extreme(values: readonly unknown[], isBefore: (a: Comparable, b: Comparable) => boolean): unknown {
  let found: unknown;
  for (const value of values) {
    if (value === undefined) return undefined;
    if (found === undefined || (isComparable(value) && isComparable(found) && isBefore(value, found)))
      found = value;
  }
  return found;
}

function isComparable(value: unknown): value is Comparable {
  return value instanceof Date || ["string", "number", "bigint"].includes(typeof value);
}

/** `DECIMAL(10,2)`, `TIMESTAMP(MICROS)`, `STRING`, or the physical type. */
export function typeOf(element: SchemaElement): string {
  const { logical_type: logical, converted_type: converted, type } = element;
  if (logical?.type === "DECIMAL") return `DECIMAL(${logical.precision},${logical.scale})`;
  if (logical?.type === "TIMESTAMP" || logical?.type === "TIME")
    return `${logical.type}(${logical.unit}${logical.isAdjustedToUTC ? ", UTC" : ""})`;
  if (logical?.type === "INTEGER") return `${logical.isSigned ? "INT" : "UINT"}${logical.bitWidth}`;
  if (logical !== undefined) return logical.type;
  if (converted === "DECIMAL") return `DECIMAL(${element.precision ?? "?"},${element.scale ?? 0})`;
  if (converted === "UTF8") return "STRING";
  if (converted !== undefined) return converted;
  return type === "FIXED_LEN_BYTE_ARRAY" ? `${type}(${element.type_length ?? "?"})` : (type ?? "GROUP");
}

/** How much has to be read for rows of the group that `row` is in, where pages have no index. */
export function bytesForRow(facts: ParquetFacts, row: number): number {
  let first = 0;
  for (const group of facts.rowGroups) {
    if (row < first + group.rows) return group.compressedBytes;
    first += group.rows;
  }
  return 0;
}

/** @throws what the file's reading throws, and Error on broken pages */
export async function readRows(
  file: RangedFile,
  { metadata }: ParquetFacts,
  rowStart: number,
  rowEnd: number,
): Promise<TableData> {
  const [{ parquetReadObjects }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const records = await parquetReadObjects({
    file: asyncBuffer(file),
    metadata,
    rowStart,
    rowEnd,
    compressors,
    useOffsetIndex: true,
  });
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((name) => record[name] as unknown)) };
}

function asyncBuffer(file: RangedFile): AsyncBuffer {
  return {
    byteLength: file.size,
    slice: async (start, end) => (await file.read(start, end ?? file.size)).buffer,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
