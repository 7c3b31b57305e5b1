import type { SqlType, TypeName } from "./types.ts";

const longNames: Readonly<Partial<Record<TypeName, string>>> = Object.freeze({
  time: "time without time zone",
  timetz: "time with time zone",
  timestamp: "timestamp without time zone",
  timestamptz: "timestamp with time zone",
  char: '"char"',
  varbyte: "binary varying",
});

/** The type as `format_type` writes it: `character varying(20)`, `numeric(10,2)`, `timestamp without time zone`. */
export function formatType(type: SqlType): string {
  if (type.name === "array") return `${type.element === undefined ? "unknown" : formatType(type.element)}[]`;
  const name = longNames[type.name] ?? type.name;
  if (type.name === "numeric" && type.precision !== undefined) {
    return `${name}(${type.precision},${type.scale ?? 0})`;
  }
  return type.length === undefined ? name : `${name}(${type.length})`;
}

/** The type's name as errors about operators and functions give it: without lengths. */
export function bareTypeText(type: SqlType): string {
  if (type.name === "array" || (type.length === undefined && type.precision === undefined)) {
    return formatType(type);
  }
  return longNames[type.name] ?? type.name;
}

const engineNames: Readonly<Record<TypeName, string>> = Object.freeze({
  smallint: "SMALLINT",
  integer: "INTEGER",
  bigint: "BIGINT",
  numeric: "DECIMAL",
  real: "FLOAT",
  "double precision": "DOUBLE",
  boolean: "BOOLEAN",
  character: "VARCHAR",
  "character varying": "VARCHAR",
  varbyte: "BLOB",
  date: "DATE",
  time: "TIME",
  timetz: "TIMETZ",
  timestamp: "TIMESTAMP",
  timestamptz: "TIMESTAMPTZ",
  "interval year to month": "INTERVAL",
  "interval day to second": "INTERVAL",
  interval: "INTERVAL",
  super: "JSON",
  hllsketch: "BLOB",
  geometry: "BLOB",
  geography: "BLOB",
  unknown: "VARCHAR",
  void: "VARCHAR",
  record: "VARCHAR",
  oid: "BIGINT",
  name: "VARCHAR",
  text: "VARCHAR",
  char: "VARCHAR",
  regclass: "VARCHAR",
  regproc: "VARCHAR",
  regtype: "VARCHAR",
  xid: "BIGINT",
  aclitem: "VARCHAR",
  int2vector: "VARCHAR",
  oidvector: "VARCHAR",
  array: "VARCHAR[]",
});

/** The engine's type that holds values of the type. */
export function engineType(type: SqlType): string {
  if (type.name === "numeric") return `DECIMAL(${type.precision ?? 18},${type.scale ?? 0})`;
  if (type.name === "array") return `${type.element === undefined ? "VARCHAR" : engineType(type.element)}[]`;
  return engineNames[type.name];
}
