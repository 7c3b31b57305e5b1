import type { HiveType, StructField } from "../../../formats/schema/hive-type.ts";
import { parseHiveType } from "../../../formats/schema/hive-type-parser.ts";
import { engineType } from "../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../sql/redshift/types.ts";
import { quoteName } from "../engine/quote.ts";

/** Bytes of a text without a length of its own. */
const maxTextBytes = 65_535;

const superType: SqlType = Object.freeze({ name: "super" });

/** What a column of the catalog is in SQL. Structs, arrays and maps are SUPER. Undefined for what Redshift cannot read. */
export function sqlTypeOf(type: HiveType): SqlType | undefined {
  switch (type.kind) {
    case "decimal":
      return { name: "numeric", precision: type.precision, scale: type.scale };
    case "text":
      return { name: type.name === "char" ? "character" : "character varying", length: type.length };
    case "array":
    case "map":
    case "struct":
      return superType;
    case "union":
      return undefined;
    case "primitive":
      return primitiveTypes[type.name];
  }
}

const primitiveTypes: Readonly<Record<string, SqlType | undefined>> = Object.freeze({
  boolean: { name: "boolean" },
  tinyint: { name: "smallint" },
  smallint: { name: "smallint" },
  int: { name: "integer" },
  bigint: { name: "bigint" },
  float: { name: "real" },
  double: { name: "double precision" },
  string: { name: "character varying", length: maxTextBytes },
  binary: { name: "varbyte", length: 64_000 },
  date: { name: "date" },
  timestamp: { name: "timestamp" },
});

/** The engine's type that holds values of a type, with structs, lists and maps as such. */
export function fileTypeOf(type: HiveType): string {
  switch (type.kind) {
    case "array":
      return `${fileTypeOf(type.element)}[]`;
    case "map":
      return `MAP(${fileTypeOf(type.key)}, ${fileTypeOf(type.value)})`;
    case "struct":
      return `STRUCT(${type.fields.map(structField).join(", ")})`;
    default: {
      const sql = sqlTypeOf(type);
      return sql === undefined ? "VARCHAR" : engineType(sql);
    }
  }
}

function structField({ name, type }: StructField): string {
  return `${quoteName(name.toLowerCase())} ${fileTypeOf(type)}`;
}

export function isNested(type: HiveType): boolean {
  return type.kind === "array" || type.kind === "map" || type.kind === "struct" || type.kind === "union";
}

/** Names of types that Redshift's statements may give beside Hive's own. */
const redshiftNames: readonly (readonly [RegExp, string])[] = [
  [/^(?:int4|integer)$/, "int"],
  [/^int2$/, "smallint"],
  [/^int8$/, "bigint"],
  [/^(?:real|float4)$/, "float"],
  [/^(?:double precision|float8)$/, "double"],
  [/^bool$/, "boolean"],
  [/^(?:varbyte|varbinary|binary varying)(?:\(\d+\))?$/, "binary"],
  [/^(?:timestamp without time zone)$/, "timestamp"],
];

/** A type as a statement or the catalog writes it; undefined when it is none. */
export function hiveTypeOf(text: string): HiveType | undefined {
  const written = text.trim().toLowerCase();
  const known = parseHiveType(written);
  if (known !== undefined) return known;
  const sized = /^(character varying|nvarchar|character|nchar|bpchar)(\(\d+\))?$/.exec(written);
  if (sized !== null) {
    const name = /var/.test(sized[1] ?? "") ? "varchar" : "char";
    return parseHiveType(`${name}${sized[2] ?? (name === "char" ? "(1)" : `(${maxTextBytes})`)}`);
  }
  if (written === "varchar" || written === "text") return parseHiveType(`varchar(${maxTextBytes})`);
  if (written === "char") return parseHiveType("char(1)");
  const other = redshiftNames.find(([pattern]) => pattern.test(written));
  return other === undefined ? undefined : parseHiveType(other[1]);
}

/** The type of the catalog for a column that a query gives; undefined for types that no file of ours holds. */
export function hiveTextOf(type: SqlType): string | undefined {
  switch (type.name) {
    case "numeric":
      return `decimal(${type.precision ?? 18},${type.scale ?? 0})`;
    case "character":
      return `char(${type.length ?? 1})`;
    case "character varying":
    case "text":
    case "unknown":
    case "name":
      return `varchar(${type.length ?? maxTextBytes})`;
    default:
      return queryTypes[type.name];
  }
}

const queryTypes: Readonly<Record<string, string | undefined>> = Object.freeze({
  smallint: "smallint",
  integer: "int",
  bigint: "bigint",
  oid: "bigint",
  real: "float",
  "double precision": "double",
  boolean: "boolean",
  date: "date",
  timestamp: "timestamp",
  varbyte: "binary",
});
