/** A type of Redshift, as `format_type` names it. The last line's types exist on the leader node only. */
export type TypeName =
  | ("smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" | "boolean")
  | ("character" | "character varying" | "varbyte" | "date" | "time" | "timetz" | "timestamp" | "timestamptz")
  | ("interval year to month" | "interval day to second" | "super" | "hllsketch" | "geometry" | "geography")
  /** A literal, or NULL, whose type its surroundings decide. */
  | "unknown"
  | ("void" | "record" | "oid" | "name" | "text" | "char" | "interval" | "regclass" | "regproc" | "regtype")
  | ("xid" | "aclitem" | "int2vector" | "oidvector" | "array");

/** Immutable; one object may stand for many columns. */
export interface SqlType {
  readonly name: TypeName;
  /** Of `character`, `character varying` and `varbyte`, in bytes; undefined where none is known (a text of any length). */
  readonly length?: number;
  /** Of `numeric`: 1 to 38; undefined in a bare numeric, which is (18,0) when a column is made of it. */
  readonly precision?: number;
  readonly scale?: number;
  /** Of `array` (leader node only). */
  readonly element?: SqlType;
}
