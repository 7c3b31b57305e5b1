import { GlobPattern } from "./glob-pattern.ts";

/** Which tables of a database a target includes; `%` stands for any characters. */
export interface JdbcPath {
  readonly database: string;
  /** Undefined where the path has two parts. */
  readonly schema: string | undefined;
  readonly table: string;
}

/** `database/schema/table`, or `database/table` where there are no schemas. */
export function parseJdbcPath(path: string): JdbcPath | undefined {
  const parts = path.replace(/\/$/, "").split("/");
  const [database = "", second, third, ...rest] = parts;
  if (database === "" || database.includes("%") || rest.length > 0 || parts.includes("")) return undefined;
  if (second === undefined) return { database, schema: undefined, table: "%" };
  if (third === undefined) return { database, schema: undefined, table: second };
  return { database, schema: second, table: third };
}

/** Whether a name is one that the pattern stands for; only `%` is special, and case matters. */
export function likeMatcher(pattern: string): (name: string) => boolean {
  const glob = new GlobPattern(pattern.replace(/[\\*?[\]{}!]/g, "\\$&").replace(/%/g, "**"));
  return (name) => glob.matches(name);
}
