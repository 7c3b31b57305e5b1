/** The types of Flink SQL, each with its nullability. Docs: "Data Types" of Apache Flink 2.x. */
export type FlinkType =
  | SimpleType
  | LengthType
  | DecimalType
  | TimeType
  | IntervalType
  | ArrayType
  | MapType
  | RowType;

export interface SimpleType {
  readonly kind:
    | "boolean"
    | "tinyint"
    | "smallint"
    | "int"
    | "bigint"
    | "float"
    | "double"
    | "date"
    /** Of the literal NULL only. */
    | "null";
  readonly nullable: boolean;
}

/** STRING is VARCHAR(2147483647), BYTES is VARBINARY(2147483647). */
export interface LengthType {
  readonly kind: "char" | "varchar" | "binary" | "varbinary";
  /** Characters or bytes. */
  readonly length: number;
  readonly nullable: boolean;
}

export interface DecimalType {
  readonly kind: "decimal";
  /** 1 to 38. */
  readonly precision: number;
  readonly scale: number;
  readonly nullable: boolean;
}

export interface TimeType {
  /** TIME, TIMESTAMP, TIMESTAMP_LTZ. Precisions above 6 are refused by the binder: values are microseconds. */
  readonly kind: "time" | "timestamp" | "timestamp_ltz";
  readonly precision: number;
  readonly nullable: boolean;
}

export interface IntervalType {
  /** `months`: INTERVAL YEAR TO MONTH and its parts; `millis`: INTERVAL DAY TO SECOND and its parts. */
  readonly kind: "interval_months" | "interval_millis";
  readonly nullable: boolean;
}

export interface ArrayType {
  readonly kind: "array" | "multiset";
  readonly element: FlinkType;
  readonly nullable: boolean;
}

export interface MapType {
  readonly kind: "map";
  readonly key: FlinkType;
  readonly value: FlinkType;
  readonly nullable: boolean;
}

export interface RowType {
  readonly kind: "row";
  readonly fields: readonly RowField[];
  readonly nullable: boolean;
}

export interface RowField {
  readonly name: string;
  readonly type: FlinkType;
}

/** Length of STRING and BYTES. */
export const maxLength = 2_147_483_647;

/**
 * A column of a relation. A time attribute is what windows and interval joins may use: event time with a
 * watermark, or processing time.
 */
export interface Field {
  readonly name: string;
  readonly type: FlinkType;
  readonly time?: "rowtime" | "proctime" | undefined;
}
