import { SqlError } from "../../../sql/sql-error.ts";
import { PrivilegeView } from "./privilege-view.ts";
import { scanSql } from "./scan-sql.ts";
import { stillView } from "./still-view.ts";
import type { SystemRow, SystemTable } from "./system-table.ts";
import type { SystemView } from "./system-view.ts";
import { allSystemTables } from "./tables/all-system-tables.ts";
import { tableFunctions } from "./tables/table-functions.ts";

/** OIDs of system tables whose number clients may know are PostgreSQL's; the others count from here. */
const firstSystemOid = 4_000;
/** Functions in FROM are no relations. */
const tableFunctionOid = 0;
const knownOids: Readonly<Record<string, number>> = Object.freeze({
  pg_attrdef: 2604,
  pg_attribute: 1249,
  pg_class: 1259,
  pg_constraint: 2606,
  pg_database: 1262,
  pg_depend: 2608,
  pg_description: 2609,
  pg_group: 1261,
  pg_index: 2610,
  pg_language: 2612,
  pg_namespace: 2615,
  pg_operator: 2617,
  pg_proc: 1255,
  pg_rewrite: 2618,
  pg_shadow: 1260,
  pg_tablespace: 1213,
  pg_trigger: 2620,
  pg_type: 1247,
});

export interface RegisteredTable extends SystemTable {
  readonly oid: number;
}

/** The system tables by name. pg_catalog is on every search path, information_schema is not. */
export class SystemTables {
  readonly #byName: ReadonlyMap<string, RegisteredTable>;

  constructor(tables: readonly SystemTable[] = allSystemTables) {
    this.#byName = new Map(
      tables.map((table, index) => [
        `${table.schema}.${table.name}`,
        { ...table, oid: knownOids[table.name] ?? firstSystemOid + index },
      ]),
    );
  }

  /** @param schema undefined for a name without one */
  find(schema: string | undefined, name: string): RegisteredTable | undefined {
    const call = /^(\w+)\((.*)\)$/s.exec(name);
    if (call !== null && schema === "pg_catalog") return this.#call(call[1] ?? "", call[2] ?? "");
    return this.#byName.get(`${schema ?? "pg_catalog"}.${name}`);
  }

  /**
   * A function that stands in FROM. What is found has a name of its own, `pg_get_cols("t")`, by which `find`
   * gives it again.
   * @param args the values of constant arguments; undefined for others
   */
  findFunction(name: string, args: readonly (string | undefined)[]): RegisteredTable | undefined {
    const made = tableFunctions.get(name)?.(args);
    if (made === undefined) return undefined;
    return {
      ...made,
      name: `${name}(${args.map((arg) => JSON.stringify(arg)).join(",")})`,
      oid: tableFunctionOid,
    };
  }

  #call(name: string, args: string): RegisteredTable | undefined {
    try {
      return this.findFunction(name, JSON.parse(`[${args}]`) as string[]);
    } catch {
      // A quoted name that only looks like a call.
      return undefined;
    }
  }

  [Symbol.iterator](): Iterator<RegisteredTable> {
    return this.#byName.values();
  }
}

/**
 * Engine SQL to stand in FROM for a system table, with the named columns; the engine calls them as we do.
 * @throws SqlError 42501 for a table of superusers
 */
export async function systemScanSql(
  table: SystemTable,
  columns: readonly string[],
  view: SystemView,
): Promise<string> {
  const rows = await systemRows(table, view, new Set(columns));
  return scanSql(
    table.columns.filter((column) => columns.includes(column.name)),
    rows,
  );
}

/** @throws SqlError 42501 for a table of superusers */
export async function systemRows(
  table: SystemTable,
  view: SystemView,
  wanted: ReadonlySet<string> = new Set(table.columns.map((column) => column.name)),
): Promise<readonly SystemRow[]> {
  const { user } = view.session;
  const seesAll =
    user.superuser ||
    (table.visibility !== "all" &&
      new PrivilegeView(user, view.leader).hasSystemPrivilege(accessSystemTables));
  if (table.visibility === "superuser" && !seesAll) {
    throw new SqlError("42501", `permission denied for relation ${table.name}`);
  }
  const rows = [...(await table.rows(stillView(view), wanted))];
  if (table.visibility !== "own rows" || seesAll || user.syslogAccess === "unrestricted") return rows;
  return rows.filter((row) => (row["userid"] ?? row["user_id"] ?? row["usesysid"]) === user.id);
}

/** What GRANT ACCESS SYSTEM TABLE TO ROLE gives. */
const accessSystemTables = "access system table";
