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

/** Errors of the planner know no places: they get that of the statement or table that they are about. */
export function placed<T>(position: number | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SqlError) || error.position !== undefined) throw error;
    const { sqlState, message, detail, hint } = error;
    throw new SqlError(sqlState, message, { detail, hint, position, cause: error });
  }
}
