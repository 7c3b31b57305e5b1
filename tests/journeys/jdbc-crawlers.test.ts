import {
  CreateConnectionCommand,
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetTablesCommand,
  GlueClient,
  type JdbcTarget,
  StartCrawlerCommand,
  type Table,
  UpdateCrawlerCommand,
} from "@aws-sdk/client-glue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DatabaseServer, startMariadb, startPostgres } from "../fixtures/database-servers.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { waitForCrawl } from "../fixtures/wait-for-crawl.ts";

let millrace: MillraceProcess;
let glue: GlueClient;
let postgres: DatabaseServer;
let mariadb: DatabaseServer;

beforeAll(async () => {
  [millrace, postgres, mariadb] = await Promise.all([
    MillraceProcess.start(),
    startPostgres(),
    startMariadb(),
  ]);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  glue = new GlueClient({ endpoint: millrace.url, region: "us-east-1", credentials });
});
afterAll(() => Promise.all([millrace?.dispose(), postgres?.stop(), mariadb?.stop()]));

async function connect(Name: string, server: DatabaseServer, url: string, PASSWORD: string): Promise<void> {
  const ConnectionProperties = { JDBC_CONNECTION_URL: url, USERNAME: server.user, PASSWORD };
  const ConnectionInput = { Name, ConnectionType: "JDBC" as const, ConnectionProperties };
  await glue.send(new CreateConnectionCommand({ ConnectionInput }));
}

/** Crawls into a database of the crawler's name. */
async function crawl(Name: string, target: JdbcTarget): Promise<ReadonlyMap<string, Table>> {
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } }));
  const Targets = { JdbcTargets: [target] };
  const SchemaChangePolicy = { DeleteBehavior: "DELETE_FROM_DATABASE" as const };
  await glue.send(
    new CreateCrawlerCommand({ Name, Role: "crawler", DatabaseName: Name, Targets, SchemaChangePolicy }),
  );
  return again(Name);
}

async function again(Name: string): Promise<ReadonlyMap<string, Table>> {
  await glue.send(new StartCrawlerCommand({ Name }));
  const last = await waitForCrawl(glue, Name);
  expect(last?.ErrorMessage).toBeUndefined();
  expect(last?.Status).toBe("SUCCEEDED");
  const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: Name }));
  return new Map(TableList.map((table) => [table.Name ?? "", table]));
}

function typesOf(table: Table | undefined): Readonly<Record<string, string>> {
  const columns = table?.StorageDescriptor?.Columns ?? [];
  return Object.fromEntries(columns.map(({ Name = "", Type = "" }) => [Name, Type]));
}

describe("a crawl of PostgreSQL", () => {
  beforeAll(async () => {
    await postgres.run("postgres", "CREATE DATABASE shop");
    await postgres.run(
      "shop",
      `CREATE TABLE orders (id bigserial PRIMARY KEY, "Customer" varchar(30) NOT NULL, price numeric(8,2),
         total numeric, at timestamptz, day date, paid boolean, tags text[], body jsonb, raw bytea, small smallint);
       COMMENT ON TABLE orders IS 'What was bought'; COMMENT ON COLUMN orders.price IS 'in Euro';
       CREATE VIEW paid AS SELECT id, price FROM orders WHERE paid;
       CREATE SCHEMA archive; CREATE TABLE archive.orders_2024 (id int); CREATE TABLE archive.orders_2025 (id int);
       CREATE TABLE archive.notes (id int);
       CREATE TABLE metrics (day date, value real) PARTITION BY RANGE (day);
       CREATE TABLE metrics_2026 PARTITION OF metrics FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
    );
    await connect("pg", postgres, `jdbc:postgresql://127.0.0.1:${postgres.port}/shop`, postgres.password);
  });

  it("makes a table of each table and view", async () => {
    const tables = await crawl("all", { ConnectionName: "pg", Path: "shop/%" });
    expect([...tables.keys()]).toEqual([
      "shop_archive_notes",
      "shop_archive_orders_2024",
      "shop_archive_orders_2025",
      "shop_public_metrics",
      "shop_public_orders",
      "shop_public_paid",
    ]);
    const orders = tables.get("shop_public_orders");
    expect(typesOf(orders)).toEqual({
      id: "bigint",
      customer: "string",
      price: "decimal(8,2)",
      total: "decimal(38,18)",
      at: "timestamp",
      day: "date",
      paid: "boolean",
      tags: "array<string>",
      body: "string",
      raw: "binary",
      small: "smallint",
    });
    expect(orders?.StorageDescriptor?.Location).toBe("shop.public.orders");
    expect(orders?.Parameters).toMatchObject({
      classification: "postgresql",
      connectionName: "pg",
      typeOfData: "table",
      UPDATED_BY_CRAWLER: "all",
    });
    expect(tables.get("shop_public_paid")?.Parameters?.["typeOfData"]).toBe("view");
    expect(orders?.Description).toBeUndefined();
  });

  it("leaves out what is excluded, and tells comments and types when it is asked to", async () => {
    const tables = await crawl("some", {
      ConnectionName: "pg",
      Path: "shop/archive/orders%",
      Exclusions: ["*_2024"],
    });
    expect([...tables.keys()]).toEqual(["shop_archive_orders_2025"]);
    const detailed = await crawl("detailed", {
      ConnectionName: "pg",
      Path: "shop/public/orders",
      EnableAdditionalMetadata: ["COMMENTS", "RAWTYPES"],
    });
    const orders = detailed.get("shop_public_orders");
    expect(orders?.Description).toBe("What was bought");
    const price = orders?.StorageDescriptor?.Columns?.find(({ Name }) => Name === "price");
    expect(price).toEqual({
      Name: "price",
      Type: "decimal(8,2)",
      Comment: "in Euro",
      Parameters: { RAWTYPE: "numeric(8,2)" },
    });
  });

  it("follows changes, and removes tables that are gone from the database", async () => {
    await postgres.run(
      "shop",
      "CREATE SCHEMA moving; CREATE TABLE moving.a (x int); CREATE TABLE moving.b (x int)",
    );
    await crawl("moving", { ConnectionName: "pg", Path: "shop/moving/%" });
    await postgres.run("shop", "ALTER TABLE moving.a ADD y text; DROP TABLE moving.b");
    const tables = await again("moving");
    expect([...tables.keys()]).toEqual(["shop_moving_a"]);
    expect(typesOf(tables.get("shop_moving_a"))).toEqual({ x: "int", y: "string" });
    // What is in the database but no longer in the target stays.
    const Targets = { JdbcTargets: [{ ConnectionName: "pg", Path: "shop/nowhere/%" }] };
    await glue.send(new UpdateCrawlerCommand({ Name: "moving", Targets }));
    expect([...(await again("moving")).keys()]).toEqual(["shop_moving_a"]);
  });

  it("fails with what the database says", async () => {
    await connect("wrong", postgres, `jdbc:postgresql://127.0.0.1:${postgres.port}/shop`, "no");
    await glue.send(
      new CreateCrawlerCommand({
        Name: "wrong",
        Role: "crawler",
        DatabaseName: "all",
        Targets: { JdbcTargets: [{ ConnectionName: "wrong", Path: "shop/%" }] },
      }),
    );
    await glue.send(new StartCrawlerCommand({ Name: "wrong" }));
    const last = await waitForCrawl(glue, "wrong");
    expect(last?.Status).toBe("FAILED");
    expect(last?.ErrorMessage).toMatch(/^Connection wrong could not be used: .*password/);
  });
});

describe("a crawl of MariaDB", () => {
  it("makes a table of each table and view", async () => {
    await mariadb.run(
      "",
      `CREATE DATABASE shop; USE shop;
       CREATE TABLE Orders (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, paid tinyint(1), n int unsigned,
         price decimal(8,2) COMMENT 'in Euro', at datetime(6), y year, kind enum('a','b'), doc json, raw blob,
         t mediumtext, f float, d double) COMMENT 'What was bought';
       CREATE TABLE other (id int); CREATE VIEW v AS SELECT id FROM Orders;
       CREATE DATABASE hidden; CREATE TABLE hidden.t (id int)`,
    );
    await connect("maria", mariadb, `jdbc:mysql://127.0.0.1:${mariadb.port}/shop`, mariadb.password);
    const tables = await crawl("maria", {
      ConnectionName: "maria",
      Path: "shop/%",
      Exclusions: ["oth*"],
      EnableAdditionalMetadata: ["COMMENTS"],
    });
    expect([...tables.keys()]).toEqual(["shop_orders", "shop_v"]);
    const orders = tables.get("shop_orders");
    expect(typesOf(orders)).toEqual({
      id: "decimal(20,0)",
      paid: "boolean",
      n: "bigint",
      price: "decimal(8,2)",
      at: "timestamp",
      y: "int",
      kind: "string",
      doc: "string",
      raw: "binary",
      t: "string",
      f: "float",
      d: "double",
    });
    expect(orders).toMatchObject({
      Description: "What was bought",
      StorageDescriptor: { Location: "shop.Orders" },
      Parameters: { classification: "mysql", typeOfData: "table" },
    });
  });
});
