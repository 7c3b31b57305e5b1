import type { SqlType, TypeName } from "../../../sql/redshift/types.ts";

export interface SystemColumn {
  readonly name: string;
  readonly type: SqlType;
}

/** Short names of the types of system columns. `char` is PostgreSQL's internal one-byte type. */
const shortTypes: Readonly<Record<string, TypeName>> = Object.freeze({
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  bool: "boolean",
  numeric: "numeric",
  bpchar: "character",
  varchar: "character varying",
  text: "text",
  name: "name",
  char: "char",
  oid: "oid",
  xid: "xid",
  regproc: "regproc",
  aclitem: "aclitem",
  int2vector: "int2vector",
  oidvector: "oidvector",
  date: "date",
  timestamp: "timestamp",
  timestamptz: "timestamptz",
  interval: "interval",
  super: "super",
});

/**
 * Reads `userid int4, label varchar(320), relacl aclitem[]`: name and type of each column, in the order of
 * AWS's page of the table. @throws Error for a type that is not in the list, which is a mistake of ours
 */
export function systemColumns(text: string): readonly SystemColumn[] {
  const columns: SystemColumn[] = [];
  for (const part of text.split(/,(?![^(]*\))/)) {
    const match = /^\s*(\w+) (\w+)(?:\((\d+)(?:,\s*(\d+))?\))?(\[\])?\s*$/.exec(part);
    if (match === null) throw new Error(`not a column: ${part}`);
    const [, name = "", short = "", size, scale, array] = match;
    const element = columnType(short, size, scale);
    columns.push({ name, type: array === undefined ? element : { name: "array", element } });
  }
  return columns;
}

function columnType(short: string, size: string | undefined, scale: string | undefined): SqlType {
  const name = shortTypes[short];
  if (name === undefined) throw new Error(`not a type of system columns: ${short}`);
  if (size === undefined) return { name };
  if (name === "numeric") return { name, precision: Number(size), scale: Number(scale ?? "0") };
  return { name, length: Number(size) };
}

/** The engine's type of what stands for a column (see values/engine-types.ts). */
export function systemEngineType(type: SqlType): string {
  switch (type.name) {
    case "smallint":
      return "SMALLINT";
    case "integer":
      return "INTEGER";
    case "bigint":
    case "oid":
    case "xid":
      return "BIGINT";
    case "real":
      return "FLOAT";
    case "double precision":
      return "DOUBLE";
    case "numeric":
      return `DECIMAL(${type.precision ?? 18},${type.scale ?? 0})`;
    case "boolean":
      return "BOOLEAN";
    case "date":
      return "DATE";
    case "timestamp":
      return "TIMESTAMP";
    case "timestamptz":
      return "TIMESTAMPTZ";
    case "interval":
      return "INTERVAL";
    case "super":
      return "JSON";
    case "array":
      return `${systemEngineType(type.element ?? { name: "text" })}[]`;
    default:
      return "VARCHAR";
  }
}
