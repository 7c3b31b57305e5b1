import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, principalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
  await data.execute("create schema shop");
  await data.execute("create table shop.orders (id int)");
  await data.execute("create table shop.items (id int)");
  await data.execute("create view shop.open_orders as select id from shop.orders");
  await data.execute("create database other");
  await data.execute("create table there (id int)", { Database: "other" });
});
afterAll(() => data[Symbol.asyncDispose]());

describe("ListTables", () => {
  it("lists tables and views of the schemas and names that match", async () => {
    expect((await data.run("ListTables", { ...admin, SchemaPattern: "shop" })).Tables).toEqual([
      { schema: "shop", name: "items", type: "TABLE" },
      { schema: "shop", name: "open_orders", type: "VIEW" },
      { schema: "shop", name: "orders", type: "TABLE" },
    ]);
    const { Tables = [] } = await data.run("ListTables", { ...admin, TablePattern: "%orders" });
    expect(Tables.map(({ name }) => name)).toEqual(["open_orders", "orders"]);
  });

  it("knows system tables", async () => {
    const { Tables } = await data.run("ListTables", { ...admin, TablePattern: "pg_class" });
    expect(Tables).toEqual([{ schema: "pg_catalog", name: "pg_class", type: "SYSTEM TABLE" }]);
  });

  it("pages", async () => {
    const input = { ...admin, SchemaPattern: "shop", MaxResults: 2 };
    const first = await data.run("ListTables", input);
    const second = await data.run("ListTables", { ...input, NextToken: first.NextToken });
    expect([first.Tables?.length, second.Tables?.map(({ name }) => name), second.NextToken]).toEqual([
      2,
      ["orders"],
      undefined,
    ]);
  });

  it("lists another database than the one it connects to", async () => {
    const input = { ...admin, Database: "other", ConnectedDatabase: "dev", TablePattern: "there" };
    expect((await data.run("ListTables", input)).Tables).toEqual([
      { schema: "public", name: "there", type: "TABLE" },
    ]);
  });

  it("shows what the user may see", async () => {
    const input = { ...admin, DbUser: undefined, SchemaPattern: "shop" };
    const principal = principalOf("user", "anna");
    expect((await data.run("ListTables", input, { principal })).Tables).toEqual([]);
  });
});
