import { formatType } from "../../../../sql/redshift/type-text.ts";
import { relationNames } from "../functions/relation-names.ts";
import { PrivilegeView } from "../privilege-view.ts";
import { relationsInSchemas } from "../system-objects.ts";
import { type SystemTable, systemTable } from "../system-table.ts";
import type { SystemView } from "../system-view.ts";

/** A function of the system in FROM; its arguments are constants. */
export type TableFunction = (args: readonly (string | undefined)[]) => SystemTable | undefined;

const columnColumns = "view_schema name, view_name name, col_name name, col_type varchar, col_num int4";

async function lateBindingColumns(view: SystemView) {
  const rights = new PrivilegeView(view.session.user, view.leader);
  const rows = [];
  for (const [relation, schema] of relationsInSchemas(view)) {
    if (relation.type !== "late-binding view" || !rights.seesRelation(relation, schema)) continue;
    // A view whose tables are missing has no columns.
    const columns = (await view.lateBindingColumns(relation)) ?? [];
    for (const [index, column] of columns.entries())
      rows.push({
        view_schema: schema.name,
        view_name: relation.name,
        col_name: column.name,
        col_type: formatType(column.type),
        col_num: index + 1,
      });
  }
  return rows;
}

async function relationColumns(view: SystemView, written: string) {
  const name = written.replaceAll('"', "");
  const oid = relationNames(view).find(([candidate]) => candidate === name)?.[1];
  const pair = [...relationsInSchemas(view)].find(([relation]) => relation.oid === oid);
  const system = [...view.systemTables].find((table) => table.oid === oid);
  const relation = pair?.[0];
  const columns =
    relation?.type === "late-binding view"
      ? ((await view.lateBindingColumns(relation)) ?? [])
      : (relation?.columns ?? system?.columns.filter((column) => !column.hidden) ?? []);
  return columns.map((column, index) => ({
    view_schema: pair?.[1].name ?? system?.schema ?? null,
    view_name: relation?.name ?? system?.name ?? null,
    col_name: column.name,
    col_type: formatType(column.type),
    col_num: index + 1,
  }));
}

/** A scalar function of the session in FROM: one row, one column of its name. */
function single(name: string, value: (view: SystemView) => string): readonly [string, TableFunction] {
  return [name, () => systemTable(name, `${name} name`, (view) => [{ [name]: value(view) }])];
}

export const tableFunctions: ReadonlyMap<string, TableFunction> = new Map<string, TableFunction>([
  [
    "pg_get_late_binding_view_cols",
    () => systemTable("pg_get_late_binding_view_cols", columnColumns, lateBindingColumns),
  ],
  [
    "pg_get_cols",
    ([relation]) =>
      relation === undefined
        ? undefined
        : systemTable("pg_get_cols", columnColumns, (view) => relationColumns(view, relation)),
  ],
  [
    "pg_get_session_roles",
    () =>
      systemTable("pg_get_session_roles", "name name, roleid int4", (view) =>
        new PrivilegeView(view.session.user, view.leader).roles.map((role) => ({
          name: role.name,
          roleid: role.id,
        })),
      ),
  ],
  single("current_database", (view) => view.session.database.name),
  single("current_user", (view) => view.session.user.name),
  single("current_schema", (view) => view.session.searchPath[0] ?? ""),
]);
