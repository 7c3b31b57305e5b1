import type { Span } from "../../position.ts";
import type { Identifier, QualifiedName } from "./name.ts";

interface TypeNode {
  readonly span: Span;
  /** False for NOT NULL only. */
  readonly nullable: boolean;
}

/** A type as it is written; synonyms come under one name: INTEGER as `int`, NUMERIC as `decimal`. */
export type DataType =
  | SimpleDataType
  | IntervalDataType
  | CollectionDataType
  | MapDataType
  | RowDataType
  | RawDataType
  | NamedDataType;

export type SimpleTypeName =
  | "boolean"
  | "tinyint"
  | "smallint"
  | "int"
  | "bigint"
  | "float"
  | "double"
  | "decimal"
  | "char"
  | "varchar"
  | "string"
  | "binary"
  | "varbinary"
  | "bytes"
  | "date"
  | "time"
  | "timestamp"
  /** TIMESTAMP_LTZ, TIMESTAMP WITH LOCAL TIME ZONE */
  | "timestamp_ltz"
  /** TIMESTAMP WITH TIME ZONE */
  | "timestamp_tz"
  | "null"
  | "variant";

export interface SimpleDataType extends TypeNode {
  readonly kind: "simple-type";
  readonly name: SimpleTypeName;
  /** The first number in brackets: a length or a precision. */
  readonly precision: number | undefined;
  readonly scale: number | undefined;
}

/** `INTERVAL DAY(3) TO SECOND(3)` */
export interface IntervalDataType extends TypeNode {
  readonly kind: "interval-type";
  readonly unit: IntervalUnit;
}

export type TimeUnit =
  | "millennium"
  | "century"
  | "decade"
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "millisecond"
  | "microsecond"
  | "nanosecond"
  | "epoch"
  | "doy"
  | "dow"
  | "isodow"
  | "isoyear";

export interface IntervalUnit {
  readonly from: TimeUnit;
  /** Of `DAY(2)`, or of the digits before the fraction of `SECOND(2, 3)`. */
  readonly precision: number | undefined;
  readonly to: TimeUnit | undefined;
  /** Of the seconds' fraction. */
  readonly fraction: number | undefined;
  readonly span: Span;
}

/** `ARRAY<T>`, `T ARRAY`, `MULTISET<T>`, `T MULTISET` */
export interface CollectionDataType extends TypeNode {
  readonly kind: "collection-type";
  readonly collection: "array" | "multiset";
  readonly element: DataType;
}

export interface MapDataType extends TypeNode {
  readonly kind: "map-type";
  readonly key: DataType;
  readonly value: DataType;
}

/** `ROW<a INT, b STRING 'comment'>`, `ROW(a INT)`, and STRUCTURED<'class', a INT> with a class. */
export interface RowDataType extends TypeNode {
  readonly kind: "row-type";
  readonly className: string | undefined;
  readonly fields: readonly FieldDefinition[];
}

export interface FieldDefinition {
  readonly name: Identifier;
  readonly type: DataType;
  readonly comment: string | undefined;
}

/** `RAW('class', 'snapshot')` */
export interface RawDataType extends TypeNode {
  readonly kind: "raw-type";
  readonly className: string;
  readonly serializer: string;
}

/** A type of a user; nothing that Flink has by itself. */
export interface NamedDataType extends TypeNode {
  readonly kind: "named-type";
  readonly name: QualifiedName;
}
