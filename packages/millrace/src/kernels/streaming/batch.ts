import type { IntegerMode } from "../../sql/flink/functions/scalar-function.ts";
import type { FlinkType } from "../../sql/flink/types.ts";

/**
 * Rows as columns. A column is a typed array, or for values that are no numbers an array; a batch and its
 * columns are never changed once they were passed on, so that operators may share them.
 */
export interface Batch {
  readonly rowCount: number;
  readonly columns: readonly Column[];
  /** A RowKind for each row; undefined: all are inserts. */
  readonly kinds: Uint8Array | undefined;
}

export interface Column {
  readonly values: ColumnValues;
  /** 1 where the value is NULL (what `values` holds there means nothing); undefined: none is. Of `rowCount` or more. */
  readonly nulls: Uint8Array | undefined;
}

/** At least `rowCount` long. */
export type ColumnValues = Uint8Array | Int32Array | Float64Array | BigInt64Array | readonly unknown[];

export const RowKind = {
  insert: 0,
  updateBefore: 1,
  updateAfter: 2,
  delete: 3,
} as const;
export type RowKind = (typeof RowKind)[keyof typeof RowKind];

/** `u8` BOOLEAN, `i32` whole numbers up to INT, DATE, months; `f64` numbers, times; `i64` BIGINT when exact. */
export type Lane = "u8" | "i32" | "f64" | "i64" | "object";

/** Where values of a type lie; in `object` lanes they are as `Value` in bound-expression.ts says, never null. */
export function laneOf(type: FlinkType, mode: IntegerMode): Lane {
  switch (type.kind) {
    case "boolean":
      return "u8";
    case "tinyint":
    case "smallint":
    case "int":
    case "date":
    case "interval_months":
      return "i32";
    case "bigint":
      return mode === "exact" ? "i64" : "f64";
    case "float":
    case "double":
    case "time":
    case "timestamp":
    case "timestamp_ltz":
    case "interval_millis":
      return "f64";
    default:
      return "object";
  }
}
