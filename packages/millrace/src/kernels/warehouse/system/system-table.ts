import { type SystemColumn, systemColumns } from "./system-column.ts";
import type { SystemView } from "./system-view.ts";

/** Times are milliseconds (numbers) or microseconds (bigints) since 1970; arrays are lists; vectors are text. */
export type SystemValue = string | number | bigint | boolean | null | readonly (string | number | null)[];

/** By column name; a column that is missing is NULL. */
export type SystemRow = Readonly<Record<string, SystemValue>>;

export type SystemSchema = "pg_catalog" | "information_schema";

/** Who sees its rows: AWS marks each table as visible to all users, to superusers, or row by row. */
export type SystemVisibility =
  | "all"
  /** Others get 42501. */
  | "superuser"
  /** Others see the rows whose `userid` (or `user_id`) is theirs, unless they have SYSLOG ACCESS UNRESTRICTED. */
  | "own rows";

export interface SystemTable {
  readonly schema: SystemSchema;
  readonly name: string;
  /** In pg_class it is a table (`r`) or a view (`v`). */
  readonly kind: "r" | "v";
  readonly columns: readonly SystemColumn[];
  readonly visibility: SystemVisibility;
  /**
   * As the session sees it at this moment.
   * @param wanted the columns that are asked for; others may be left out where they cost something
   */
  readonly rows: (
    view: SystemView,
    wanted: ReadonlySet<string>,
  ) => Iterable<SystemRow> | Promise<Iterable<SystemRow>>;
}

export interface SystemTableOptions {
  readonly schema?: SystemSchema;
  readonly visibility?: SystemVisibility;
  readonly kind?: "r" | "v";
}

/** @param columns as `systemColumns` reads them */
export function systemTable(
  name: string,
  columns: string,
  rows: SystemTable["rows"],
  options: SystemTableOptions = {},
): SystemTable {
  return Object.freeze({
    schema: options.schema ?? "pg_catalog",
    name,
    kind:
      options.kind ??
      (/^(svv|svl|svcs|sys)_/.test(name) || options.schema === "information_schema" ? "v" : "r"),
    columns: systemColumns(columns),
    visibility: options.visibility ?? "all",
    rows,
  });
}
