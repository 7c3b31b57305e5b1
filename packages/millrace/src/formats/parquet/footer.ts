import type { ColumnChunk } from "./column-chunk.ts";
import type { RowGroup } from "./row-group.ts";
import type { Column, LogicalType, ParquetSchema, PhysicalType, SchemaElement } from "./schema.ts";
import type { Statistics } from "./statistics.ts";
import { ThriftWriter } from "./thrift-writer.ts";

/** At the beginning and at the end of a file. */
export const magic: Buffer = Buffer.from("PAR1");

/** A row group whose place in the file is known. */
export interface PlacedRowGroup {
  readonly offset: number;
  readonly rowGroup: Omit<RowGroup, "bytes">;
}

export interface FileAbout {
  readonly createdBy: string;
  readonly keyValues?: Readonly<Record<string, string>>;
}

const physicalTypes: readonly PhysicalType[] = Object.freeze([
  "BOOLEAN",
  "INT32",
  "INT64",
  "INT96",
  "FLOAT",
  "DOUBLE",
  "BYTE_ARRAY",
  "FIXED_LEN_BYTE_ARRAY",
]);
const repetitions = Object.freeze({ REQUIRED: 0, OPTIONAL: 1, REPEATED: 2 });
const codecs = Object.freeze({ UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2 });
/** parquet.thrift: ConvertedType, for readers that do not know LogicalType. */
const converted = Object.freeze({ utf8: 0, map: 1, list: 3, decimal: 5, date: 6, json: 19 });
const convertedTimestamp = Object.freeze({ millis: 9, micros: 10, nanos: undefined });

/** What ends a file: footer := { FileMetaData; its length, u32; magic }. */
export function encodeFooter(
  schema: ParquetSchema,
  rowGroups: readonly PlacedRowGroup[],
  about: FileAbout,
): Buffer {
  const thrift = new ThriftWriter();
  thrift.i32(1, 1);
  const roots = schema.shapes.length;
  const root: SchemaElement = { name: "schema", repetition: "REQUIRED", children: roots };
  thrift.structs(2, [root, ...schema.elements], (element) => putElement(thrift, element, element === root));
  thrift.i64(
    3,
    rowGroups.reduce((sum, placed) => sum + placed.rowGroup.rowCount, 0),
  );
  thrift.structs(4, rowGroups, (placed) => putRowGroup(thrift, placed, schema, rowGroups.indexOf(placed)));
  const keyValues = Object.entries(about.keyValues ?? {});
  if (keyValues.length > 0) {
    thrift.structs(5, keyValues, ([key, value]) => {
      thrift.text(1, key);
      thrift.text(2, value);
    });
  }
  thrift.text(6, about.createdBy);
  // Bounds are in the order that the type defines.
  thrift.structs(7, schema.columns, () => thrift.struct(1, () => {}));
  const metadata = thrift.end();
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return Buffer.concat([metadata, length, magic]);
}

function putElement(thrift: ThriftWriter, element: SchemaElement, isRoot: boolean): void {
  const { leaf } = element;
  if (leaf !== undefined) thrift.i32(1, physicalTypes.indexOf(leaf.type));
  if (leaf?.typeLength !== undefined) thrift.i32(2, leaf.typeLength);
  if (!isRoot) thrift.i32(3, repetitions[element.repetition]);
  thrift.text(4, element.name);
  if (element.children !== undefined) thrift.i32(5, element.children);
  if (element.annotation !== undefined) {
    thrift.i32(6, element.annotation === "LIST" ? converted.list : converted.map);
  }
  if (leaf?.logical !== undefined) putConvertedType(thrift, leaf.logical);
  if (element.fieldId !== undefined) thrift.i32(9, element.fieldId);
  if (element.annotation !== undefined) {
    const id = element.annotation === "LIST" ? 3 : 2;
    thrift.struct(10, () => thrift.struct(id, () => {}));
  }
  if (leaf?.logical !== undefined) {
    const { logical } = leaf;
    thrift.struct(10, () => putLogicalType(thrift, logical));
  }
}

function putConvertedType(thrift: ThriftWriter, logical: LogicalType): void {
  const type = convertedType(logical);
  if (type !== undefined) thrift.i32(6, type);
  if (logical.kind === "decimal") {
    thrift.i32(7, logical.scale);
    thrift.i32(8, logical.precision);
  }
}

function convertedType(logical: LogicalType): number | undefined {
  switch (logical.kind) {
    case "string":
      return converted.utf8;
    case "json":
      return converted.json;
    case "date":
      return converted.date;
    case "decimal":
      return converted.decimal;
    case "timestamp":
      // The old annotation always meant UTC.
      return logical.isUtc ? convertedTimestamp[logical.unit] : undefined;
    case "integer":
      return (logical.isSigned ? 15 : 11) + Math.log2(logical.bits / 8);
  }
}

/** Ids of LogicalType's members in parquet.thrift. */
const logicalIds = Object.freeze({ string: 1, decimal: 5, date: 6, timestamp: 8, integer: 10, json: 12 });
const timeUnitIds = Object.freeze({ millis: 1, micros: 2, nanos: 3 });

function putLogicalType(thrift: ThriftWriter, logical: LogicalType): void {
  thrift.struct(logicalIds[logical.kind], () => {
    if (logical.kind === "decimal") {
      thrift.i32(1, logical.scale);
      thrift.i32(2, logical.precision);
    } else if (logical.kind === "timestamp") {
      thrift.bool(1, logical.isUtc);
      thrift.struct(2, () => thrift.struct(timeUnitIds[logical.unit], () => {}));
    } else if (logical.kind === "integer") {
      thrift.i8(1, logical.bits);
      thrift.bool(2, logical.isSigned);
    }
  });
}

function putRowGroup(
  thrift: ThriftWriter,
  placed: PlacedRowGroup,
  schema: ParquetSchema,
  ordinal: number,
): void {
  const { rowGroup, offset } = placed;
  const sum = (of: (chunk: ColumnChunk) => number): number =>
    rowGroup.chunks.reduce((all, one) => all + of(one), 0);
  thrift.structs(
    1,
    rowGroup.chunks.map((chunk, index) => ({ chunk, column: schema.columns[index] })),
    (one) => {
      thrift.i64(2, offset + one.chunk.offset);
      thrift.struct(3, () => putChunk(thrift, one.chunk, one.column, offset));
    },
  );
  thrift.i64(
    2,
    sum((chunk) => chunk.uncompressedBytes),
  );
  thrift.i64(3, rowGroup.rowCount);
  thrift.i64(5, offset);
  thrift.i64(
    6,
    sum((chunk) => chunk.compressedBytes),
  );
  // The field is of 16 bits, and optional.
  if (ordinal < 0x8000) thrift.i16(7, ordinal);
}

function putChunk(
  thrift: ThriftWriter,
  chunk: ColumnChunk,
  column: Column | undefined,
  offset: number,
): void {
  if (column === undefined) return;
  thrift.i32(1, physicalTypes.indexOf(column.leaf.type));
  thrift.i32s(2, chunk.encodings);
  thrift.texts(3, column.path);
  thrift.i32(4, codecs[chunk.codec]);
  thrift.i64(5, chunk.valueCount);
  thrift.i64(6, chunk.uncompressedBytes);
  thrift.i64(7, chunk.compressedBytes);
  thrift.i64(9, offset + chunk.dataOffset);
  if (chunk.hasDictionary) thrift.i64(11, offset + chunk.offset);
  thrift.struct(12, () => putStatistics(thrift, chunk.statistics));
}

function putStatistics(thrift: ThriftWriter, statistics: Statistics): void {
  thrift.i64(3, statistics.nullCount);
  if (statistics.max !== undefined) thrift.binary(5, statistics.max);
  if (statistics.min !== undefined) thrift.binary(6, statistics.min);
  if (statistics.isMaxExact !== undefined) thrift.bool(7, statistics.isMaxExact);
  if (statistics.isMinExact !== undefined) thrift.bool(8, statistics.isMinExact);
}
