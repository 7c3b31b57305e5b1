import { formatType } from "../../../../sql/redshift/type-text.ts";
import type { SqlType } from "../../../../sql/redshift/types.ts";
import type { ColumnRecord } from "../../catalog/records.ts";

/** How a column of a Parquet file becomes a column of the table. */
export interface ParquetValue {
  readonly value: string;
  /** Bytes that no value may be longer than: engine SQL of a value's length. */
  readonly length: { readonly sql: string; readonly limit: number } | undefined;
}

const integers: Readonly<Record<string, readonly string[]>> = Object.freeze({
  smallint: ["TINYINT", "SMALLINT", "UTINYINT"],
  integer: ["TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT"],
  bigint: ["BIGINT", "UINTEGER"],
});

const timestamps: readonly string[] = ["TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S"];
const zoned = "TIMESTAMP WITH TIME ZONE";

/**
 * What of a file's column `sql` goes into the table's. Types are not converted into each other: as in Redshift an
 * INT64 does not go into an INTEGER. Undefined where they do not fit.
 * @param type the engine's name of the file's type
 */
export function parquetValue(
  { type: target }: ColumnRecord,
  type: string,
  sql: string,
  serializeToJson: boolean,
): ParquetValue | undefined {
  const plain = (value: string): ParquetValue => ({ value, length: undefined });
  switch (target.name) {
    case "smallint":
    case "integer":
    case "bigint":
      return integers[target.name]?.includes(type) === true ? plain(sql) : undefined;
    case "numeric":
      return fitsDecimal(type, target) ? plain(sql) : undefined;
    case "real":
      return type === "FLOAT" ? plain(sql) : undefined;
    case "double precision":
      return type === "DOUBLE" ? plain(sql) : undefined;
    case "boolean":
      return type === "BOOLEAN" ? plain(sql) : undefined;
    case "date":
      return type === "DATE" ? plain(sql) : undefined;
    case "time":
      return type === "TIME" ? plain(sql) : undefined;
    case "timestamp":
      if (type === zoned) return plain(`timezone('UTC', ${sql})`);
      return timestamps.includes(type) ? plain(`CAST(${sql} AS TIMESTAMP)`) : undefined;
    case "timestamptz":
      if (type === zoned) return plain(sql);
      return timestamps.includes(type) ? plain(`timezone('UTC', CAST(${sql} AS TIMESTAMP))`) : undefined;
    case "character":
    case "character varying":
      return textValue(target, type, sql);
    case "varbyte":
      return bytesValue(target, type, sql);
    case "super":
      return serializeToJson ? plain(`to_json(${sql})`) : undefined;
    default:
      return undefined;
  }
}

function fitsDecimal(type: string, target: SqlType): boolean {
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (match === null) return false;
  const [precision, scale] = [Number(match[1]), Number(match[2])];
  const { precision: most = 18, scale: places = 0 } = target;
  return scale <= places && precision - scale <= most - places;
}

function textValue(target: SqlType, type: string, sql: string): ParquetValue | undefined {
  const isText = type === "VARCHAR" || type === "JSON" || type === "UUID" || type.startsWith("ENUM");
  if (!isText && type !== "BLOB") return undefined;
  // Writers of old leave out that their bytes are UTF-8.
  const text = type === "BLOB" ? `decode(${sql})` : type === "VARCHAR" ? sql : `CAST(${sql} AS VARCHAR)`;
  const value = target.name === "character" ? `rtrim(${text}, ' ')` : text;
  const { length } = target;
  return { value, length: length === undefined ? undefined : { sql: `strlen(${value})`, limit: length } };
}

function bytesValue(target: SqlType, type: string, sql: string): ParquetValue | undefined {
  if (type !== "BLOB" && type !== "VARCHAR") return undefined;
  const value = type === "BLOB" ? sql : `encode(${sql})`;
  const { length } = target;
  return {
    value,
    length: length === undefined ? undefined : { sql: `octet_length(${value})`, limit: length },
  };
}

/** As errors of scans name the types of columns: `INT`, `VARCHAR(10)`. */
export function scanType(type: SqlType): string {
  const names: Readonly<Partial<Record<SqlType["name"], string>>> = {
    integer: "INT",
    "character varying": `VARCHAR(${type.length ?? 0})`,
    character: `CHAR(${type.length ?? 1})`,
    numeric: `DECIMAL(${type.precision ?? 18}, ${type.scale ?? 0})`,
    "double precision": "DOUBLE",
  };
  return names[type.name] ?? formatType({ name: type.name }).toUpperCase();
}
