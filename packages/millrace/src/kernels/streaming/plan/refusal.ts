import { SqlError } from "../../../sql/sql-error.ts";

/** What Flink has and this engine has not: SQLSTATE 0A000, with where it runs. */
export function notHere(feature: string): SqlError {
  return new SqlError(
    "0A000",
    `${feature} is not supported by the embedded engine; it runs on Apache Flink itself`,
  );
}

/** What Flink refuses as well. */
export function invalidQuery(message: string): SqlError {
  return new SqlError("42000", message);
}
