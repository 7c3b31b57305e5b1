import { DuckDBInstance } from "@duckdb/node-api";
import type pg from "pg";

/** Something that runs the queries. */
export interface Engine {
  readonly name: string;
  /** All rows of an answer. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

/** DuckDB alone in this process, on the file that the tables were made in. */
export async function bareDuckdb(path: string): Promise<Engine> {
  const instance = await DuckDBInstance.create(path, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  return {
    name: "DuckDB alone",
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export async function overWire(name: string, client: pg.Client): Promise<Engine> {
  return {
    name,
    rows: async (sql) => (await client.query({ text: sql, rowMode: "array" })).rows as unknown[][],
    close: () => client.end(),
  };
}

/** A PostgreSQL that has the tables already; queries beyond a minute fail. */
export async function postgres(url: string): Promise<Engine> {
  const { default: driver } = await import("pg");
  const client = new driver.Client(url);
  await client.connect();
  await client.query("set statement_timeout = 60000");
  return overWire("PostgreSQL", client);
}
