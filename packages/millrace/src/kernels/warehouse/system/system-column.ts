import type { SqlType, TypeName } from "../../../sql/redshift/types.ts";

export interface SystemColumn {
  readonly name: string;
  readonly type: SqlType;
  /** Not among the columns of `*`: the oid of PostgreSQL's catalog tables. */
  readonly hidden: boolean;
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
 * Reads `~oid oid, userid int4, label varchar(320), relacl aclitem[]`: name and type of each column, in the
 * order of AWS's page of the table; `~` marks hidden ones. @throws Error for a type that is not in the list, which is a mistake of ours
 */
export function systemColumns(text: string): readonly SystemColumn[] {
  const columns: SystemColumn[] = [];
  for (const part of text.split(/,(?![^(]*\))/)) {
    const match = /^\s*(~?)(\w+) (\w+)(?:\((\d+)(?:,\s*(\d+))?\))?(\[\])?\s*$/.exec(part);
    if (match === null) throw new Error(`not a column: ${part}`);
    const [, mark, name = "", short = "", size, scale, array] = match;
    const element = columnType(short, size, scale);
    const type: SqlType = array === undefined ? element : { name: "array", element };
    columns.push({ name, type, hidden: mark === "~" });
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
