import { SqlError } from "../../../sql/sql-error.ts";

/** What privileges are on, as Redshift's errors call it. */
export type ObjectWord = "relation" | "schema" | "database" | "function" | "language";

export function permissionDenied(what: ObjectWord, name: string): SqlError {
  return new SqlError("42501", `permission denied for ${what} ${name}`);
}

export function mustOwn(what: ObjectWord | "role", name: string): SqlError {
  return new SqlError("42501", `must be owner of ${what} ${name}`);
}

/** @param to `create users` */
export function mustBeSuperuser(to: string): SqlError {
  return new SqlError("42501", `must be superuser to ${to}`);
}
