import type { DuckDBPreparedStatement } from "@duckdb/node-api";
import type { BoundStatement } from "../../../sql/redshift/bind/name-space.ts";
import { SqlError } from "../../../sql/sql-error.ts";

/**
 * The engine binds parameters only where all numbers from 1 on are used. A client may send one that the statement
 * does not use; it is then named where it changes nothing. @throws SqlError 0A000 in a change of data
 */
export function withAllParameters(sql: string, { kind, parameterTypes }: BoundStatement): string {
  const missing = parameterTypes.flatMap((_, index) =>
    new RegExp(`\\$${index + 1}(?!\\d)`).test(sql) ? [] : [`$${index + 1}`],
  );
  if (missing.length === 0) return sql;
  if (kind !== "query") throw new SqlError("0A000", `parameter ${missing[0]} is not used by the statement`);
  const unused = missing.map((parameter) => `(${parameter}::VARCHAR IS NULL OR true)`);
  return `SELECT * FROM (${sql}) WHERE ${unused.join(" AND ")}`;
}

export function bindParameters(
  prepared: DuckDBPreparedStatement,
  parameters: readonly (string | null)[],
): void {
  for (let number = 1; number <= prepared.parameterCount; number++) {
    const value = parameters[number - 1];
    if (value === null || value === undefined) prepared.bindNull(number);
    else prepared.bindVarchar(number, value);
  }
}
