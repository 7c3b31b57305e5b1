import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { TableDefinition } from "../../../sql/flink/relation.ts";
import { type FlinkType, maxLength } from "../../../sql/flink/types.ts";
import { type Column, laneOf } from "../batch.ts";
import { ColumnBuilder } from "../columns/index.ts";
import type { SourceBlock } from "../connector-port.ts";
import { castFunction, inMode } from "../expressions/index.ts";
import { DecodeError, type DecoderSpec } from "./codec.ts";

/** Makes a metadata column of the rows of a block; `recordOf` is undefined when row i is of record i. */
export type MetadataColumn = (
  block: SourceBlock,
  rowCount: number,
  recordOf: Int32Array | undefined,
) => Column;

/** Where the values of a column come from when they are not in records. */
interface BesideRecords {
  readonly key: string;
  readonly sourceType: FlinkType | undefined;
  /** The text that stands for NULL. */
  readonly nullText: string | undefined;
}

/**
 * Columns that are not in records: metadata, and of tables of files the partition keys, which stand in the names of
 * folders. For those a source gives texts as metadata `partition.<name of the column>`.
 */
export function besideRecords(table: TableDefinition, column: number): BesideRecords | undefined {
  const declared = table.columns[column];
  if (declared?.kind === "metadata") {
    return { key: declared.key, sourceType: declared.sourceType, nullText: undefined };
  }
  const isInPath = table.options["connector"] === "filesystem" && table.partitionKeys.includes(column);
  if (declared === undefined || !isInPath) return undefined;
  return {
    key: `partition.${declared.field.name}`,
    sourceType: { kind: "varchar", length: maxLength, nullable: true },
    nullText: table.options["partition.default-name"] ?? "__DEFAULT_PARTITION__",
  };
}

/** A column beside the records, in its own type; the source may give another. Undefined for one in the records. */
export function metadataColumn(spec: DecoderSpec, column: number): MetadataColumn | undefined {
  const beside = besideRecords(spec.table, column);
  const type = spec.table.columns[column]?.field.type;
  if (beside === undefined || type === undefined) return undefined;
  const { key, sourceType, nullText } = beside;
  const lane = laneOf(type, spec.mode);
  const convert = conversion(sourceType ?? type, type, spec);
  const isCast = sourceType !== undefined;
  return (block, rowCount, recordOf) => {
    const values = block.metadata[key];
    if (values === undefined) throw new DecodeError(`${spec.name}: the source gives no metadata '${key}'`);
    if (!isCast && recordOf === undefined && lane === "f64" && values instanceof Float64Array) {
      return { values, nulls: undefined };
    }
    const builder = new ColumnBuilder(lane, rowCount);
    for (let row = 0; row < rowCount; row += 1) {
      const value = values[recordOf === undefined ? row : (recordOf[row] as number)] ?? null;
      builder.appendValue(value === nullText ? null : convert(value));
    }
    return builder.finish();
  };
}

/** What a source gives, numbers and texts, as a value of the column. */
function conversion(from: FlinkType, to: FlinkType, spec: DecoderSpec): (value: Value) => Value {
  const isText = from.kind === "char" || from.kind === "varchar";
  const isWhole = from.kind === "bigint";
  const read = (value: Value): Value => {
    if (value === null || isText) return value;
    return isWhole ? inMode(BigInt(value as number | string), from, spec.mode) : Number(value);
  };
  const cast = castFunction(from, to, spec.mode);
  const timeZone = spec.timeZone ?? "UTC";
  return (value) => {
    const held = read(value);
    return held === null ? null : cast(held, timeZone);
  };
}
