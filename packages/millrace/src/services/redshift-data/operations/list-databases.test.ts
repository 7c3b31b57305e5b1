import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, refusalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
  await data.execute("create database shop");
});
afterAll(() => data[Symbol.asyncDispose]());

describe("ListDatabases", () => {
  it("lists them in pages", async () => {
    const { Databases = [] } = await data.run("ListDatabases", admin);
    expect(Databases).toEqual(expect.arrayContaining(["dev", "shop"]));
    const first = await data.run("ListDatabases", { ...admin, MaxResults: 1 });
    const second = await data.run("ListDatabases", { ...admin, NextToken: first.NextToken });
    expect([...(first.Databases ?? []), ...(second.Databases ?? [])]).toEqual(Databases);
  });

  it("says why it could not connect", async () => {
    expect(await refusalOf(data.run("ListDatabases", { ...admin, Database: "nope" }))).toBe(
      'DatabaseConnectionException: FATAL: database "nope" does not exist',
    );
  });
});
