import type { SqlType, TypeName } from "../../../kernels/warehouse/values/index.ts";

/** How a type shows in RowDescription. */
export interface WireType {
  readonly oid: number;
  /** Bytes of its binary form; -1 where they vary, -2 for C strings. */
  readonly length: number;
}

const wireTypes: Readonly<Record<Exclude<TypeName, "array">, WireType>> = {
  boolean: { oid: 16, length: 1 },
  char: { oid: 18, length: 1 },
  name: { oid: 19, length: 128 },
  bigint: { oid: 20, length: 8 },
  smallint: { oid: 21, length: 2 },
  int2vector: { oid: 22, length: -1 },
  integer: { oid: 23, length: 4 },
  regproc: { oid: 24, length: 4 },
  text: { oid: 25, length: -1 },
  oid: { oid: 26, length: 4 },
  xid: { oid: 28, length: 4 },
  oidvector: { oid: 30, length: -1 },
  real: { oid: 700, length: 4 },
  "double precision": { oid: 701, length: 8 },
  unknown: { oid: 705, length: -2 },
  aclitem: { oid: 1033, length: -1 },
  character: { oid: 1042, length: -1 },
  "character varying": { oid: 1043, length: -1 },
  date: { oid: 1082, length: 4 },
  time: { oid: 1083, length: 8 },
  timestamp: { oid: 1114, length: 8 },
  timestamptz: { oid: 1184, length: 8 },
  interval: { oid: 1186, length: 12 },
  "interval year to month": { oid: 1188, length: 4 },
  "interval day to second": { oid: 1190, length: 8 },
  timetz: { oid: 1266, length: 12 },
  numeric: { oid: 1700, length: -1 },
  regclass: { oid: 2205, length: 4 },
  regtype: { oid: 2206, length: 4 },
  record: { oid: 2249, length: -1 },
  void: { oid: 2278, length: 4 },
  hllsketch: { oid: 2935, length: -1 },
  geometry: { oid: 3000, length: -1 },
  geography: { oid: 3001, length: -1 },
  super: { oid: 4000, length: -1 },
  varbyte: { oid: 6551, length: -1 },
};

/** Of `element[]`, for the elements whose arrays the leader node knows. */
const arrayOids: Readonly<Partial<Record<TypeName, number>>> = {
  boolean: 1000,
  char: 1002,
  name: 1003,
  smallint: 1005,
  integer: 1007,
  text: 1009,
  character: 1014,
  "character varying": 1015,
  bigint: 1016,
  real: 1021,
  "double precision": 1022,
  oid: 1028,
  aclitem: 1034,
  timestamp: 1115,
  date: 1182,
  numeric: 1231,
};

const textArrayOid = 1009;

export function wireTypeOf(type: SqlType): WireType {
  if (type.name !== "array") return wireTypes[type.name];
  return { oid: arrayOids[type.element?.name ?? "text"] ?? textArrayOid, length: -1 };
}

/** A modifier counts the four bytes of PostgreSQL's length word. */
const modifierHeader = 4;
const defaultPrecision = 18;

/** Drivers take the scale of binary numerics from the modifier, so each numeric has one. */
export function modifierOf(type: SqlType): number {
  switch (type.name) {
    case "character":
    case "character varying":
    case "varbyte":
      return type.length === undefined ? -1 : type.length + modifierHeader;
    case "numeric":
      return ((type.precision ?? defaultPrecision) << 16) + (type.scale ?? 0) + modifierHeader;
    default:
      return -1;
  }
}

/** A client that declares no type, or `unknown`, wants to hear it. */
export function typeIsOpen(oid: number): boolean {
  return oid === 0 || oid === wireTypes.unknown.oid;
}

/** The type that a client names in Parse; undefined leaves it to the statement. */
export function typeOfOid(oid: number): SqlType | undefined {
  for (const [name, wire] of Object.entries(wireTypes)) {
    if (wire.oid === oid && name !== "unknown") return { name: name as TypeName };
  }
  for (const [name, arrayOid] of Object.entries(arrayOids)) {
    if (arrayOid === oid) return { name: "array", element: { name: name as TypeName } };
  }
  return undefined;
}
