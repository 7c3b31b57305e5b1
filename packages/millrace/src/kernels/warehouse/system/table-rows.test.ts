import { describe, expect, it } from "vitest";
import { EventLog, EventLogs } from "./event-logs.ts";
import type { SystemRow } from "./system-table.ts";
import { SystemTables, systemRows } from "./system-tables.ts";
import type { SystemView } from "./system-view.ts";
import { alice, nowMs, orders, users } from "./test-records.ts";
import { testView } from "./test-view.ts";

const tables = new SystemTables();

async function rowsOf(name: string, view: SystemView = testView()): Promise<readonly SystemRow[]> {
  const [schema, table] = name.includes(".") ? name.split(".") : [undefined, name];
  const found = tables.find(schema, table ?? "");
  if (found === undefined) throw new Error(`no table ${name}`);
  return systemRows(found, view);
}

function pick(rows: readonly SystemRow[], ...names: readonly string[]): unknown[][] {
  return rows.map((row) => names.map((name) => row[name] ?? null));
}

function asAlice(options: Partial<SystemView> = {}): SystemView {
  return testView({ ...options, session: { ...testView().session, user: alice } });
}

describe("catalog tables", () => {
  it("pg_table_def shows tables of the search path only", async () => {
    const own = (await rowsOf("pg_table_def")).filter((row) => row["schemaname"] === "public");
    expect(
      pick(own.slice(0, 3), "tablename", "column", "type", "encoding", "distkey", "sortkey", "notnull"),
    ).toEqual([
      ["users", "id", "integer", "az64", true, 1, true],
      ["users", "name", "character varying(30)", "lzo", false, 0, false],
      ["users", "country", "character(2)", "none", false, 2, false],
    ]);
    const { session } = testView();
    const elsewhere = await rowsOf("pg_table_def", testView({ session: { ...session, searchPath: [] } }));
    expect(elsewhere.filter((row) => row["schemaname"] === "public")).toEqual([]);
  });

  it("interleaved sort keys alternate their signs in pg_attribute", async () => {
    const own = (await rowsOf("pg_attribute")).filter((row) => row["attrelid"] === orders.oid);
    expect(pick(own, "attname", "attnum", "attsortkeyord", "atttypid", "atttypmod")).toEqual([
      ["id", 1, 1, 20, -1],
      ["user_id", 2, -2, 23, -1],
      ["amount", 3, 0, 1700, 786_438],
      ["at", 4, 0, 1114, -1],
    ]);
  });

  it("keys have indexes, which foreign keys depend on", async () => {
    const [index] = await rowsOf("pg_index");
    expect(pick([index ?? {}], "indrelid", "indkey", "indisprimary")).toEqual([[users.oid, "1", true]]);
    const oid = index?.["indexrelid"] ?? null;
    const named = (await rowsOf("pg_class")).filter((row) => row["oid"] === oid);
    expect(pick(named, "relname", "relkind")).toEqual([["users_pkey", "i"]]);
    const [foreign] = (await rowsOf("pg_constraint")).filter((row) => row["contype"] === "f");
    expect(foreign?.["conkey"]).toEqual([2]);
    const links = (await rowsOf("pg_depend")).filter((row) => row["objid"] === foreign?.["oid"]);
    expect(links.map((row) => row["refobjid"])).toContain(oid);
  });

  it("materialized views say in their definitions what they are", async () => {
    const views = await rowsOf("information_schema.views");
    const [mine] = views.filter((row) => row["table_name"] === "totals");
    expect(mine?.["view_definition"]).toMatch(/create materialized view/);
    expect(pick(await rowsOf("svv_mv_info"), "name", "is_stale", "autorefresh")).toEqual([
      ["totals", "t", "t"],
    ]);
  });
});

describe("storage", () => {
  it("svv_table_info counts rows, skew and stale statistics", async () => {
    const [info] = await rowsOf("svv_table_info");
    expect(info).toMatchObject({
      database: "dev",
      schema: "public",
      table: "users",
      encoded: "Y",
      diststyle: "KEY(id)",
      sortkey1: "id",
      sortkey_num: 2,
      max_varchar: 30,
      tbl_rows: 100,
      unsorted: "25.00",
      stats_off: "20.00",
      skew_rows: "2.00",
      skew_sortkey1: "1.00",
    });
  });

  it("stv_blocklist and stv_slices are of the cluster's shape", async () => {
    const blocks = (await rowsOf("stv_blocklist")).filter((row) => row["tbl"] === users.oid);
    expect(pick(blocks, "col", "num_values", "minvalue", "maxvalue")).toEqual([
      [0, 100, 1n, 199n],
      [1, 100, 1n, 199n],
      [2, 100, 1n, 199n],
    ]);
    expect(pick(await rowsOf("stv_slices"), "node", "slice", "localslice")).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 2, 0],
      [1, 3, 1],
    ]);
  });
});

describe("who sees what", () => {
  it("users see their own statements unless they have unrestricted access", async () => {
    expect(pick(await rowsOf("sys_query_history"), "query_id", "status")).toEqual([
      [1, "success"],
      [2, "failed"],
      [3, "running"],
    ]);
    expect(pick(await rowsOf("sys_query_history", asAlice()), "query_id")).toEqual([[2]]);
    const open = { ...alice, syslogAccess: "unrestricted" } as const;
    const view = testView({ session: { ...testView().session, user: open } });
    expect(await rowsOf("sys_query_history", view)).toHaveLength(3);
  });

  it("a role with ACCESS SYSTEM TABLE sees the tables of superusers", async () => {
    await expect(rowsOf("svv_table_info", asAlice())).rejects.toMatchObject({ sqlState: "42501" });
    const { leader } = testView();
    const roles = leader.roles.map((role) => ({ ...role, systemPrivileges: ["access system table"] }));
    expect(await rowsOf("svv_table_info", asAlice({ leader: { ...leader, roles } }))).not.toEqual([]);
  });

  it("users see tables that they have a right to", async () => {
    const all = await rowsOf("svv_tables", asAlice());
    expect(all.filter((row) => row["table_schema"] === "public").map((row) => row["table_name"])).toEqual([
      "users",
      "orders",
    ]);
    expect(
      pick(
        await rowsOf("svv_relation_privileges", asAlice()),
        "relation_name",
        "identity_name",
        "admin_option",
      ),
    ).toEqual([["users", "reader", true]]);
    expect(pick(await rowsOf("svv_user_grants", asAlice()), "user_name", "role_name")).toEqual([
      ["alice", "reader"],
    ]);
  });
});

describe("logs", () => {
  const event = {
    atMs: nowMs,
    userId: 100,
    queryId: 1,
    transactionId: 70,
    processId: 4711,
    sessionDatabase: "dev",
  };

  it("cut texts into pieces of 200 bytes", async () => {
    const pieces = (await rowsOf("stl_querytext")).filter((row) => row["query"] === 1);
    expect(pieces.map((row) => String(row["text"]).length)).toEqual([200, 109]);
    expect(pieces.map((row) => row["sequence"])).toEqual([0, 1]);
    expect(pick(await rowsOf("stl_ddltext"), "text")).toEqual([["create table t(a int)"]]);
  });

  it("show what COPY, UNLOAD and VACUUM note", async () => {
    const logs = new EventLogs();
    const file = { ...event, slice: 0, startedAtMs: nowMs - 10, fileFormat: "Text", rows: 5 };
    const loaded = {
      ...file,
      tableOid: 1,
      tableName: "t",
      bucket: "b",
      fileName: "s3://b/k1",
      fileBytes: 50,
    };
    logs.loadedFiles.add({
      ...loaded,
      lines: 6,
      splits: 1,
      errors: 1,
      dataSource: "s3://b/k",
      committed: true,
    });
    logs.loadedFiles.add({
      ...loaded,
      lines: 5,
      splits: 1,
      errors: 0,
      dataSource: "s3://b/k",
      committed: true,
    });
    const extent = { rows: 10, sortedRows: 5, blocks: 2 };
    logs.vacuums.add({
      ...event,
      tableOid: 1,
      tableName: "t",
      schemaName: "public",
      vacuumType: "Full",
      outcome: "Finished",
      automatic: false,
      startedAtMs: nowMs - 20,
      before: extent,
      after: { ...extent, rows: 8, sortedRows: 8 },
    });
    const view = testView({ logs });
    expect(
      pick(
        await rowsOf("sys_load_history", view),
        "status",
        "loaded_rows",
        "source_file_count",
        "error_count",
      ),
    ).toEqual([["completed", 10, 2, 1]]);
    expect(pick(await rowsOf("stl_load_commits", view), "lines_scanned", "errors")).toEqual([
      [6, 1],
      [5, -1],
    ]);
    expect(pick(await rowsOf("stl_vacuum", view), "status", "rows", "sortedrows")).toEqual([
      ["Started", 10, 5],
      ["Finished", 8, 8],
    ]);
    expect(pick(await rowsOf("sys_vacuum_history", view), "status", "reclaimed_rows", "duration")).toEqual([
      ["Complete", 2, 20_000],
    ]);
  });

  it("forget the oldest entries", () => {
    const small = new EventLog<number>(4);
    for (let entry = 0; entry < 100; entry++) {
      small.add(entry);
      expect([...small]).toEqual(
        Array.from({ length: Math.min(4, entry + 1) }, (_, index) => entry - Math.min(3, entry) + index),
      );
    }
  });
});
