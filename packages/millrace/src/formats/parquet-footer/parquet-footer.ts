import type { StructField } from "../schema/hive-type.ts";
import { parquetColumns } from "./parquet-types.ts";
import { readSchemaElement, type SchemaElement } from "./schema-element.ts";
import { ThriftError, ThriftReader } from "./thrift-reader.ts";

/** Bytes after the metadata: its length, and the magic "PAR1". */
export const parquetTrailerBytes = 8;

/** Longer metadata is refused. Files with thousands of columns and row groups stay below. */
const maxMetadataBytes = 64 * 1024 * 1024;

/** Elements of a schema, which bounds what a hostile file can make of it. */
const maxElements = 100_000;

/** What a crawl wants to know of a Parquet file. */
export interface ParquetFooter {
  readonly columns: readonly StructField[];
  readonly records: number;
  readonly rowGroups: number;
  /** Bytes of all row groups before compression. */
  readonly uncompressedBytes: number;
  /** Bytes of each top-level column as they are stored, in all row groups together. */
  readonly columnBytes: ReadonlyMap<string, number>;
  /** Names of columns, and of fields in columns, whose timestamps name moments, not readings of some clock. */
  readonly utcColumns: readonly string[];
  readonly createdBy: string | undefined;
}

/** How long the metadata before the trailer is, or why there is none. `trailer` is the file's last 8 bytes. */
export function parquetMetadataLength(trailer: Buffer, fileBytes: number): number | string {
  if (trailer.length !== parquetTrailerBytes) return "the file is too short to be Parquet";
  const magic = trailer.toString("latin1", 4);
  if (magic === "PARE") return "the footer is encrypted";
  if (magic !== "PAR1") return "the file does not end with PAR1: it was cut off, or never finished";
  const length = trailer.readUInt32LE(0);
  if (length > fileBytes - parquetTrailerBytes - 4) return "the metadata is said to be longer than the file";
  return length > maxMetadataBytes ? `the metadata is longer than ${maxMetadataBytes} bytes` : length;
}

/**
 * Reads the metadata, without trailer. Answers why it cannot be read instead of throwing.
 *
 * FileMetaData := 1: version, 2: schema, 3: num_rows, 4: row_groups, 5: key_value_metadata, 6: created_by
 * RowGroup     := 1: columns, 2: total_byte_size, 3: num_rows, ...
 * ColumnChunk  := ..., 3: meta_data
 * ColumnMetaData := ..., 3: path_in_schema, ..., 7: total_compressed_size, ...
 */
export function readParquetFooter(metadata: Buffer): ParquetFooter | string {
  const reader = new ThriftReader(metadata);
  const elements: SchemaElement[] = [];
  let [records, rowGroups, uncompressedBytes] = [0, 0, 0];
  const columnBytes = new Map<string, number>();
  let createdBy: string | undefined;
  try {
    reader.struct((id) => {
      if (id === 2) readSchema(reader, elements);
      else if (id === 3) records = reader.integer();
      else if (id === 4) {
        reader.structs((index, field) => {
          rowGroups = index + 1;
          if (field === 1) readColumnChunks(reader, columnBytes);
          if (field === 1) return true;
          if (field !== 2) return false;
          uncompressedBytes += reader.integer();
          return true;
        });
      } else if (id === 6) createdBy = reader.text();
      else return false;
      return true;
    });
  } catch (error) {
    if (error instanceof ThriftError) return error.message;
    throw error;
  }
  const columns = parquetColumns(elements);
  if (typeof columns === "string") return columns;
  if (records < 0 || uncompressedBytes < 0) return "the metadata counts fewer than no records";
  const utcColumns = elements.filter((element) => element.adjustedToUtc === true).map(({ name }) => name);
  return { columns, records, rowGroups, uncompressedBytes, columnBytes, utcColumns, createdBy };
}

function readColumnChunks(reader: ThriftReader, columnBytes: Map<string, number>): void {
  reader.structs((_index, field) => {
    if (field !== 3) return false;
    let [name, bytes] = ["", 0];
    reader.struct((id) => {
      if (id === 3) name = reader.texts()[0] ?? "";
      else if (id === 7) bytes = reader.integer();
      else return false;
      return true;
    });
    columnBytes.set(name, (columnBytes.get(name) ?? 0) + bytes);
    return true;
  });
}

function readSchema(reader: ThriftReader, elements: SchemaElement[]): void {
  let current: SchemaElement | undefined;
  reader.structs((index, id) => {
    if (elements.length === index) {
      if (index === maxElements) throw new ThriftError(`the schema has more than ${maxElements} elements`);
      elements.push({ name: "", children: 0, repeated: false });
    }
    current = elements[index];
    return current !== undefined && readSchemaElement(reader, current, id);
  });
}
