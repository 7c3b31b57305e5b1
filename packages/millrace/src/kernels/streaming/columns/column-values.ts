import type { Value } from "../../../sql/flink/bound-expression.ts";
import type { IntegerMode } from "../../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../../sql/flink/types.ts";
import type { Batch, Column, ColumnValues, Lane } from "../batch.ts";
import { laneOf } from "../batch.ts";

/** Columns while they are written. */
export type WritableValues = Uint8Array | Int32Array | Float64Array | BigInt64Array | unknown[];

/** Zeroed; of `object` lanes an array without elements of its own. */
export function allocateValues(lane: Lane, capacity: number): WritableValues {
  switch (lane) {
    case "u8":
      return new Uint8Array(capacity);
    case "i32":
      return new Int32Array(capacity);
    case "f64":
      return new Float64Array(capacity);
    case "i64":
      return new BigInt64Array(capacity);
    case "object":
      return new Array(capacity);
  }
}

/** The lane in which a column's values lie. */
export function laneOfValues(values: ColumnValues): Lane {
  if (values instanceof Float64Array) return "f64";
  if (values instanceof Int32Array) return "i32";
  if (values instanceof BigInt64Array) return "i64";
  if (values instanceof Uint8Array) return "u8";
  return "object";
}

export function lanesOf(types: readonly FlinkType[], mode: IntegerMode): readonly Lane[] {
  return types.map((type) => laneOf(type, mode));
}

function emptyColumn(lane: Lane): Column {
  return { values: allocateValues(lane, 0), nulls: undefined };
}

/** No rows. */
export function emptyBatch(lanes: readonly Lane[]): Batch {
  return { rowCount: 0, columns: lanes.map(emptyColumn), kinds: undefined };
}

export function isNull(column: Column, row: number): boolean {
  return column.nulls !== undefined && column.nulls[row] === 1;
}

/** One value as `Value` in bound-expression.ts says: booleans of `u8` lanes become `true` and `false`. */
export function readValue(column: Column, row: number): Value {
  if (isNull(column, row)) return null;
  const value = column.values[row];
  return column.values instanceof Uint8Array ? value === 1 : ((value ?? null) as Value);
}

export function readRow(batch: Batch, row: number): Value[] {
  return batch.columns.map((column) => readValue(column, row));
}
