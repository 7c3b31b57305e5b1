import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SystemTables, systemRows, systemScanSql } from "./system-tables.ts";
import { alice } from "./test-records.ts";
import { testView } from "./test-view.ts";

type Connection = Awaited<ReturnType<DuckDBInstance["connect"]>>;

describe("system tables", () => {
  const tables = new SystemTables();
  let instance: DuckDBInstance;
  let connection: Connection;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    connection = await instance.connect();
  });
  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
  });

  it.each([...tables].map((table) => [`${table.schema}.${table.name}`, table] as const))(
    "%s: the engine reads its rows as its columns say",
    async (_, table) => {
      const view = testView();
      const names = table.columns.map((column) => column.name);
      const rows = await systemRows(table, view);
      for (const row of rows) for (const name of Object.keys(row)) expect([...names, "oid"]).toContain(name);
      const sql = await systemScanSql(table, names, view);
      const answer = await connection.runAndReadAll(`SELECT * FROM ${sql} x`);
      expect(answer.columnNames()).toEqual(names);
      expect(answer.currentRowCount).toBe(rows.length);
    },
  );

  it("has no name and no column twice, and no OID twice", () => {
    const all = [...tables];
    expect(new Set(all.map((table) => `${table.schema}.${table.name}`)).size).toBe(all.length);
    expect(new Set(all.map((table) => table.oid)).size).toBe(all.length);
    for (const { columns } of all)
      expect(new Set(columns.map((column) => column.name)).size).toBe(columns.length);
  });

  it("finds pg_catalog without a schema and information_schema with one only", () => {
    expect(tables.find(undefined, "pg_class")?.oid).toBe(1259);
    expect(tables.find("pg_catalog", "pg_class")?.oid).toBe(1259);
    expect(tables.find("information_schema", "tables")?.name).toBe("tables");
    expect(tables.find(undefined, "tables")).toBeUndefined();
    expect(tables.find("public", "pg_class")).toBeUndefined();
  });

  it("refuses tables of superusers to others", async () => {
    const table = tables.find(undefined, "pg_shadow");
    if (table === undefined) throw new Error("pg_shadow is missing");
    const { session } = testView();
    const view = testView({ session: { ...session, user: alice } });
    await expect(systemRows(table, view)).rejects.toMatchObject({
      sqlState: "42501",
      message: "permission denied for relation pg_shadow",
    });
  });

  it("counts rows of a table of which no column is wanted", async () => {
    const table = tables.find(undefined, "pg_user");
    if (table === undefined) throw new Error("pg_user is missing");
    const sql = await systemScanSql(table, [], testView());
    const answer = await connection.runAndReadAll(`SELECT count(*) FROM ${sql} x`);
    expect(answer.getRowsJson()).toEqual([["3"]]);
  });
});
