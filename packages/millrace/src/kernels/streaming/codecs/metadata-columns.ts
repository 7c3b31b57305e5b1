import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import { type Column, laneOf } from "../batch.ts";
import { allocateValues } from "../columns/index.ts";
import type { SourceBlock } from "../connector-port.ts";
import { DecodeError } from "./codec.ts";

/**
 * A metadata column of the rows of a block.
 * @param recordOf the record of each row; undefined when row i is of record i
 */
export function metadataColumn(
  block: SourceBlock,
  key: string,
  type: FlinkType,
  mode: IntegerMode,
  rowCount: number,
  recordOf: Int32Array | undefined,
): Column {
  const values = block.metadata[key];
  if (values === undefined) throw new DecodeError(`the source gives no metadata '${key}'`);
  const lane = laneOf(type, mode);
  if (recordOf === undefined && lane === "f64" && values instanceof Float64Array) {
    return { values, nulls: undefined };
  }
  const out = allocateValues(lane, rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    const value = values[recordOf === undefined ? row : (recordOf[row] as number)] as number | string;
    if (lane === "object") out[row] = String(value) as never;
    else if (lane === "i64") out[row] = BigInt(value) as never;
    else out[row] = Number(value) as never;
  }
  return { values: out, nulls: undefined };
}
