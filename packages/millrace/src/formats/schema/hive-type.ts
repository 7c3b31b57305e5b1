/** A type of Hive, which is also how the Glue Data Catalog writes the types of columns. */
export type HiveType = PrimitiveType | DecimalType | TextType | ArrayType | MapType | StructType | UnionType;

/** Types of one word. */
export type PrimitiveName =
  | "boolean"
  | "tinyint"
  | "smallint"
  | "int"
  | "bigint"
  | "float"
  | "double"
  | "string"
  | "binary"
  | "date"
  | "timestamp"
  | "interval_year_month"
  | "interval_day_time"
  | "void";

export interface PrimitiveType {
  readonly kind: "primitive";
  readonly name: PrimitiveName;
}

export interface DecimalType {
  readonly kind: "decimal";
  readonly precision: number;
  readonly scale: number;
}

/** `char(n)` or `varchar(n)`. */
export interface TextType {
  readonly kind: "text";
  readonly name: "char" | "varchar";
  readonly length: number;
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: HiveType;
}

export interface MapType {
  readonly kind: "map";
  readonly key: HiveType;
  readonly value: HiveType;
}

export interface StructField {
  readonly name: string;
  readonly type: HiveType;
}

export interface StructType {
  readonly kind: "struct";
  readonly fields: readonly StructField[];
}

export interface UnionType {
  readonly kind: "union";
  readonly options: readonly HiveType[];
}

/** Precision and scale of `decimal` without parentheses. */
export const defaultDecimal: DecimalType = Object.freeze({ kind: "decimal", precision: 10, scale: 0 });

/** Most digits that a decimal of Hive holds. */
export const maxDecimalPrecision = 38;

export function primitive(name: PrimitiveName): PrimitiveType {
  return { kind: "primitive", name };
}

export function arrayOf(element: HiveType): ArrayType {
  return { kind: "array", element };
}

/** The type as the catalog writes it: `struct<a:int,b:array<string>>`, without spaces. */
export function printHiveType(type: HiveType): string {
  switch (type.kind) {
    case "primitive":
      return type.name;
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "text":
      return `${type.name}(${type.length})`;
    case "array":
      return `array<${printHiveType(type.element)}>`;
    case "map":
      return `map<${printHiveType(type.key)},${printHiveType(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((field) => `${field.name}:${printHiveType(field.type)}`).join(",")}>`;
    case "union":
      return `uniontype<${type.options.map(printHiveType).join(",")}>`;
  }
}

/** Type text has no way to quote these, so a field's name must not hold them. */
const unprintable = /[,:<>()`\p{Cc}]/gu;

/** The name a field can have in type text; a reader by name finds nothing under a name that was changed. */
export function printableFieldName(name: string): string {
  const printable = name.replace(unprintable, "_");
  return printable === "" ? "_" : printable;
}
