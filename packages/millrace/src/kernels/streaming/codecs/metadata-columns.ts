import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
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

/** A column of the table's metadata, in its own type; the connector may give another. */
export function metadataColumn(spec: DecoderSpec, column: number): MetadataColumn | undefined {
  const declared = spec.table.columns[column];
  if (declared?.kind !== "metadata") return undefined;
  const { key, sourceType } = declared;
  const { type } = declared.field;
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
      builder.appendValue(convert(values[recordOf === undefined ? row : (recordOf[row] as number)] ?? null));
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
