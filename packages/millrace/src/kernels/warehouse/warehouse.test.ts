import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ManualClock, systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { TestWarehouse, testKey, testSpec } from "./test-warehouse.ts";
import { Warehouse } from "./warehouse.ts";

let test: TestWarehouse;

beforeEach(async () => {
  test = await TestWarehouse.start();
});
afterEach(() => test[Symbol.asyncDispose]());

it("what was committed is there after a restart; a cluster's files are made by its first connection", async () => {
  expect(existsSync(join(test.directory, testKey.account))).toBe(false);
  let session = await test.connect();
  await session.rows(
    "create table t(a int identity(1, 1), b varchar(5)) sortkey(b); insert into t(b) values ('x')",
  );
  await session.rows("create user bob password 'Secret123'; comment on table t is 'kept'");
  await session.rows("begin; insert into t(b) values ('gone')");
  await test.restart();
  session = await test.connect();
  await session.rows("insert into t(b) values ('y')");
  expect(await session.rows("select b from t order by a")).toEqual([["x"], ["y"]]);
  expect(await session.rows("select count(distinct a) from t")).toEqual([["2"]]);
  expect((await test.cluster.loginSecret("bob"))?.kind).toBe("password");
});

it("a folder has one owner", () => {
  expect(
    () => new Warehouse({ dir: test.directory, durability: "full", clock: systemClock, log: silentLogger }),
  ).toThrow("in use");
});

it("pause ends sessions and keeps data, resume lets them in again", async () => {
  const { warehouse } = test;
  const session = await test.connect();
  await session.rows("create table t(a int); insert into t values (1)");
  await warehouse.pause(testKey);
  expect(warehouse.state(testKey)?.status).toBe("paused");
  await expect(session.rows("select 1")).rejects.toMatchObject({ sqlState: "57P01" });
  await expect(test.connect()).rejects.toMatchObject({ sqlState: "57P03" });
  await expect(warehouse.pause(testKey)).rejects.toMatchObject({ reason: "state" });
  await test.restart();
  expect(test.cluster.refusal()).toBe("The cluster is paused.");
  await test.warehouse.resume(testKey);
  expect(await (await test.connect()).rows("select a from t")).toEqual([["1"]]);
});

it("resize, reboot, rename keep the data", async () => {
  const { warehouse } = test;
  await (await test.connect()).rows("create table t(a int); insert into t values (1)");
  await warehouse.resize(testKey, { nodeType: "ra3.4xlarge", nodes: 3 });
  expect(warehouse.state(testKey)?.slices).toBe(12);
  await warehouse.reboot(testKey);
  await warehouse.rename(testKey, "renamed");
  expect(warehouse.cluster(testKey)).toBeUndefined();
  await warehouse.rename({ ...testKey, identifier: "renamed" }, testKey.identifier);
  expect(await (await test.connect()).rows("select a from t")).toEqual([["1"]]);
});

it("a removed cluster leaves nothing", async () => {
  await (await test.connect()).rows("create table t(a int)");
  const folder = join(test.directory, testKey.account, testKey.region);
  expect(readdirSync(folder)).toHaveLength(1);
  await test.warehouse.remove(testKey);
  expect(readdirSync(folder)).toEqual([]);
  expect(test.warehouse.list()).toEqual([]);
  await expect(test.warehouse.pause(testKey)).rejects.toMatchObject({ reason: "missing" });
  await test.warehouse.create(testKey, testSpec);
  expect(await (await test.connect()).error("select * from t")).toContain("42P01");
});

it("temporary logins make users, join groups, keep to a database, and expire", async () => {
  const clock = new ManualClock();
  const other = await TestWarehouse.start(clock);
  const session = await other.connect();
  await session.rows("create group readers; create database second");
  const login = {
    user: "IAMA:temp",
    password: "whatever it is",
    expiresAtMs: clock.now() + 900_000,
    createUser: true,
    groups: ["readers"],
    database: "dev",
  };
  await other.warehouse.addTemporaryLogin(testKey, login);
  expect((await other.cluster.loginSecret("IAMA:temp"))?.kind).toBe("password");
  const temporary = await other.connect({ user: "IAMA:temp" });
  expect(await temporary.rows("select current_user")).toEqual([["temp"]]);
  await expect(other.connect({ user: "IAMA:temp", database: "second" })).rejects.toMatchObject({
    sqlState: "42501",
  });
  clock.advance(900_000);
  expect(await other.cluster.loginSecret("IAMA:temp")).toBeUndefined();
  await other[Symbol.asyncDispose]();
});

it("connections find their cluster by name, or by what they ask for", async () => {
  const { warehouse } = test;
  const find = (user: string, database: string, cluster?: string) =>
    warehouse.find({ user, database, cluster, port: 5439 });
  expect((await find("anybody", "anything")).identifier).toBe("millrace");
  const sales = { ...testKey, identifier: "sales" };
  await warehouse.create(sales, {
    ...testSpec,
    database: "shop",
    masterUser: "boss",
    masterPassword: "Secret123",
  });
  expect((await find("boss", "shop")).identifier).toBe("sales");
  expect((await find("x", "y")).identifier).toBe("millrace");
  expect((await find("x", "y", "sales")).identifier).toBe("sales");
  await expect(find("x", "y", "nothing")).rejects.toMatchObject({ sqlState: "3D000" });
  expect((await warehouse.cluster(sales)?.loginSecret("boss"))?.kind).toBe("password");
  await warehouse.setMasterPassword(testKey, "Another123");
  expect((await test.cluster.loginSecret("awsuser"))?.kind).toBe("password");
});

it("security groups admit addresses", async () => {
  expect(test.cluster.admits("203.0.113.9")).toBe(true);
  await test.warehouse.configure(testKey, { admittedRanges: ["10.0.0.0/8", "2001:db8::/32"] });
  expect(test.cluster.admits("10.1.2.3")).toBe(true);
  expect(test.cluster.admits("::ffff:10.1.2.3")).toBe(true);
  expect(test.cluster.admits("2001:db8::1")).toBe(true);
  expect(test.cluster.admits("203.0.113.9")).toBe(false);
});

it("what a crash left is removed", async () => {
  await (await test.connect()).rows("create table t(a int)");
  const folder = join(test.directory, testKey.account, testKey.region);
  const [id = ""] = readdirSync(folder);
  writeFileSync(join(folder, id, "d999.duckdb"), "half a database");
  await test.restart();
  await (await test.connect()).rows("select * from t");
  expect(existsSync(join(folder, id, "d999.duckdb"))).toBe(false);
});

it("a cluster without sessions gives its engine back, and opens it again", async () => {
  const clock = new ManualClock();
  const other = await TestWarehouse.start(clock);
  const session = await other.connect();
  await session.rows("create table t(a int); insert into t values (1)");
  const folder = join(other.directory, testKey.account, testKey.region);
  const logs = (): readonly string[] =>
    readdirSync(folder, { recursive: true }).flatMap((name) =>
      String(name).endsWith(".wal") ? [String(name)] : [],
    );
  await session.session.close();
  expect(logs()).toHaveLength(1);
  clock.advance(60_000);
  const again = await other.connect();
  expect(logs()).toEqual([]);
  expect(await again.rows("select a from t")).toEqual([["1"]]);
  await other[Symbol.asyncDispose]();
});
