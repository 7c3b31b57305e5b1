import { relationsInSchemas } from "../system-objects.ts";
import type { SystemView } from "../system-view.ts";
import { lookUpNumber, lookUpOid } from "./look-up.ts";

/** Names under which a relation can be written, quotes taken off: `t` where the search path finds it, `public.t`. */
export function relationNames(view: SystemView): readonly (readonly [string, number])[] {
  const names = new Map<string, number>();
  const path = ["pg_catalog", ...view.session.searchPath];
  const relations = [
    ...[...view.systemTables].map((table) => ({
      schema: table.schema as string,
      name: table.name,
      oid: table.oid,
    })),
    ...[...relationsInSchemas(view)].map(([{ name, oid }, schema]) => ({ schema: schema.name, name, oid })),
  ];
  for (const { schema, name, oid } of relations) names.set(`${schema}.${name}`, oid);
  // What stands first in the path wins.
  for (const schema of path.toReversed())
    for (const relation of relations) if (relation.schema === schema) names.set(relation.name, relation.oid);
  return [...names];
}

/** A written name as `relationNames` has it: without quotes, the database and blanks. */
function plainName(sql: string, database: string): string {
  const bare = `replace(trim(CAST(${sql} AS VARCHAR)), '"', '')`;
  const prefix = `${database.replaceAll("'", "''")}.`;
  // Three parts: those of other databases are not found.
  return `CASE WHEN starts_with(${bare}, '${prefix}') AND len(${bare}) - len(replace(${bare}, '.', '')) = 2
    THEN ${bare}[${prefix.length + 1}:] ELSE ${bare} END`;
}

/** The OID of a relation that is given by its name or by its number. */
export function relationOidSql(sql: string, view: SystemView): string {
  const found = lookUpOid(`(${plainName(sql, view.session.database.name)})`, relationNames(view));
  return `COALESCE(TRY_CAST(${sql} AS BIGINT), ${found})`;
}

/** The name of a relation by its number, as a regclass is shown; the number where there is none. */
export function relationNameSql(sql: string, view: SystemView): string {
  const names = relationNames(view).toSorted(([a], [b]) => b.length - a.length);
  // Of the ways to write a relation the shortest, which comes last, stays.
  const byOid = new Map(names.map(([name, oid]) => [oid, name]));
  return `COALESCE(${lookUpNumber(sql, [...byOid])}, CAST(${sql} AS VARCHAR))`;
}
