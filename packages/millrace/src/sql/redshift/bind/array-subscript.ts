import type { SqlType } from "../types.ts";
import { type Bound, bound, traitsOf, varcharType } from "./bound.ts";

const oidType: SqlType = Object.freeze({ name: "oid" });
const smallintType: SqlType = Object.freeze({ name: "smallint" });

/** What `x[n]` gives where `x` is no SUPER: an element of what the leader node's tables hold, or undefined. */
export function elementType({ name, element }: SqlType): SqlType | undefined {
  if (name === "array") return element ?? varcharType;
  if (name === "oidvector") return oidType;
  return name === "int2vector" ? smallintType : undefined;
}

/** Arrays count from 1 and the two kinds of vectors from 0; outside of them there is NULL. */
export function elementOf(list: Bound, index: Bound, type: SqlType): Bound {
  const traits = traitsOf([list, index]);
  // A negative index means nothing in Redshift; the engine would count from the end.
  const at = (from: number): string =>
    `[CASE WHEN ${index.sql} >= ${from} THEN CAST(${index.sql} AS BIGINT) + ${1 - from} END]`;
  if (list.type.name === "array") return bound(type, `(${list.sql})${at(1)}`, { traits });
  const engine = type.name === "oid" ? "BIGINT" : "SMALLINT";
  return bound(type, `TRY_CAST((string_split(${list.sql}, ' '))${at(0)} AS ${engine})`, { traits });
}
