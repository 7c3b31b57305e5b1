import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readRows, type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let admin: TestSession;
let ann: TestSession;
let bob: TestSession;

const denied = "42501 permission denied for relation secret";

beforeEach(async () => {
  warehouse = await TestWarehouse.start();
  admin = await warehouse.connect();
  await admin.rows(`create user ann password disable; create user bob password disable; create schema s;
    grant usage on schema s to bob; create table s.secret(a int); insert into s.secret values (42);
    grant select on s.secret to bob`);
  ann = await warehouse.connect({ user: "ann" });
  bob = await warehouse.connect({ user: "bob" });
});

afterEach(() => warehouse[Symbol.asyncDispose]());

describe("views run with their owner's rights", () => {
  test("whoever reads them, and only as long as the owner has them", async () => {
    await bob.rows("create view public.v as select a from s.secret; grant select on public.v to ann");
    expect(await ann.rows("select * from v")).toEqual([["42"]]);
    expect(await ann.error("select * from s.secret")).toBe("42501 permission denied for schema s");
    await admin.rows("revoke select on s.secret from bob");
    expect(await ann.error("select * from v")).toBe(denied);
    // What a view may read is its owner's, though a superuser asks.
    expect(await admin.error("select * from v")).toBe(denied);
  });

  test("of late binding too, which were checked by nobody when they were made", async () => {
    await ann.rows("create view public.l as select * from s.secret with no schema binding");
    await admin.rows("grant select on public.l to bob");
    expect(await ann.error("select * from l")).toBe("42501 permission denied for schema s");
    expect(await admin.error("select * from l")).toBe("42501 permission denied for schema s");
    await admin.rows("grant usage on schema s to ann");
    expect(await bob.error("select * from l")).toBe(denied);
    await admin.rows("grant select on s.secret to ann");
    expect(await bob.rows("select * from l")).toEqual([["42"]]);
  });

  test("views on views ask each owner for its own", async () => {
    await bob.rows("create view public.v as select a from s.secret; grant select on public.v to ann");
    await ann.rows("create view public.w as select a from v");
    await admin.rows("create user cyd password disable; grant select on public.w to cyd");
    const cyd = await warehouse.connect({ user: "cyd" });
    expect(await cyd.rows("select * from w")).toEqual([["42"]]);
    await bob.rows("revoke select on public.v from ann");
    expect(await cyd.error("select * from w")).toBe("42501 permission denied for relation v");
  });

  test("refreshed by a superuser, a materialized view reads what its owner may", async () => {
    await bob.rows("create materialized view public.m as select a from s.secret");
    await admin.rows(
      "insert into s.secret values (43); refresh materialized view m; revoke select on s.secret from bob",
    );
    await admin.rows("insert into s.secret values (44)");
    expect(await admin.error("refresh materialized view m")).toBe(denied);
    expect(await bob.rows("select count(*) from m")).toEqual([["2"]]);
  });
});

describe("attempts to get at more", () => {
  test("a view of another is not replaced, nor made to read elsewhere by a search path", async () => {
    await admin.rows(
      "set search_path to s; create view public.v as select a from secret; grant select on public.v to ann",
    );
    expect(await ann.error("create or replace view public.v as select 1 as a")).toBe(
      "42501 must be owner of relation v",
    );
    await ann.rows(
      "create table public.secret(a int); insert into public.secret values (0); set search_path to public",
    );
    expect(await ann.rows("select * from v")).toEqual([["42"]]);
    expect(await ann.error("drop view public.v")).toBe("42501 must be owner of relation v");
    expect(await ann.error("alter table public.v owner to ann")).toBe("42501 must be owner of relation v");
  });

  test("functions cannot carry a query into a view", async () => {
    expect(
      await ann.error(
        "create function f() returns int stable as $$ select (select max(a) from s.secret) $$ language sql",
      ),
    ).toMatch(/^(0A000|42501) /);
    await ann.rows("create function f() returns int stable as $$ select 1 $$ language sql");
    await admin.rows("create view public.v as select f() as a from s.secret");
    expect(
      await ann.error(
        "create or replace function f() returns int stable as $$ select (select max(a) from public.v) $$ language sql",
      ),
    ).toMatch(/^(0A000|42501) /);
  });

  test("a renamed owner stays the owner, and who takes the name over gets nothing by it", async () => {
    await bob.rows("create view public.v as select a from s.secret; grant select on public.v to ann");
    expect(await ann.rows("select * from v")).toEqual([["42"]]);
    await admin.rows(
      "alter user bob rename to rob; create user bob password disable; revoke select on s.secret from rob",
    );
    await admin.rows("grant select on s.secret to bob");
    expect(await ann.error("select * from v")).toBe(denied);
    const impostor = await warehouse.connect({ user: "bob" });
    expect(await impostor.error("drop view public.v")).toBe("42501 must be owner of relation v");
  });

  test("a new user of a dropped one's name has nothing of it, nor has the dropped one's session", async () => {
    await admin.rows("create role r; grant select on s.secret to role r; grant usage on schema s to public");
    await admin.rows("create user cyd password disable; grant role r to cyd");
    const cyd = await warehouse.connect({ user: "cyd" });
    expect(await cyd.rows("select * from s.secret")).toEqual([["42"]]);
    await admin.rows("revoke role r from cyd; drop user cyd");
    await admin.rows("create user cyd password disable");
    expect(await cyd.error("select * from s.secret")).toBe(denied);
    const second = await warehouse.connect({ user: "cyd" });
    expect(await second.error("select * from s.secret")).toBe(denied);
  });

  test("a superuser who is dropped while connected is nobody", async () => {
    await admin.rows("create user root password disable createuser");
    const root = await warehouse.connect({ user: "root" });
    expect(await root.rows("select * from s.secret")).toEqual([["42"]]);
    await admin.rows("drop user root");
    expect(await root.error("select * from s.secret")).toBe("42501 permission denied for schema s");
    expect(await root.error("select * from pg_shadow")).toBe(
      "42501 permission denied for relation pg_shadow",
    );
    expect(await root.error("set session authorization awsuser")).toMatch(/^42501 /);
    expect(await root.error("create user back password disable createuser")).toMatch(/^42501 /);
  });

  test("a column that was dropped takes its grants along, a renamed one keeps them", async () => {
    await admin.rows(
      "grant usage on schema s to ann; create table s.t(a int, b int); grant select (a, b) on s.t to ann",
    );
    await admin.rows(
      "alter table s.t drop column a; alter table s.t add column a int; alter table s.t rename column b to c",
    );
    expect(await ann.error("select a from s.t")).toBe("42501 permission denied for relation t");
    expect(await ann.rows("select c from s.t")).toEqual([]);
  });

  test("names with quotes are names", async () => {
    await admin.rows(`create user "a""b" password disable; create role "r';--"; create table s."t"" x"(a int);
      grant usage on schema s to "a""b"; grant select on s."t"" x" to role "r';--"; grant role "r';--" to "a""b"`);
    const quoted = await warehouse.connect({ user: 'a"b' });
    expect(await quoted.rows(`select * from s."t"" x"`)).toEqual([]);
    expect(await quoted.error(`insert into s."t"" x" values (1)`)).toBe(
      '42501 permission denied for relation t" x',
    );
  });

  test("tables of other databases are asked for, too", async () => {
    await admin.rows("create database other");
    const there = await warehouse.connect({ database: "other" });
    await there.rows("create table public.t(a int); insert into t values (7)");
    expect(await ann.error("select * from other.public.t")).toBe("42501 permission denied for relation t");
    await there.rows("grant select on t to ann");
    expect(await ann.rows("select * from other.public.t")).toEqual([["7"]]);
    await there.rows("revoke select on t from ann");
    expect(await ann.error("select * from other.public.t")).toBe("42501 permission denied for relation t");
  });
});

describe("while others are at work", () => {
  test("a revoke waits for no reader and does not end its query; the next one is refused", async () => {
    await admin.rows("insert into s.secret select a from (select 1 as a union all select 2) x");
    const [statement] = bob.session.parse("select * from s.secret");
    if (statement === undefined) throw new Error("no statement");
    const result = await bob.session.execute(await bob.session.prepare(statement, []), []);
    await admin.rows("revoke select on s.secret from bob");
    expect(await readRows(result)).toHaveLength(3);
    await bob.session.sync();
    expect(await bob.error("select * from s.secret")).toBe(denied);
  });

  test("a revoke counts in transactions that are open already", async () => {
    await bob.rows("begin; select * from s.secret");
    await admin.rows("revoke select on s.secret from bob");
    expect(await bob.error("select * from s.secret")).toBe(denied);
    await bob.rows("rollback");
  });

  test("what was granted in a transaction that is rolled back was not granted", async () => {
    await admin.rows("create role r");
    await admin.rows(
      "begin; grant usage on schema s to ann; grant select on s.secret to role r; grant role r to ann",
    );
    expect(await ann.error("select * from s.secret")).toBe("42501 permission denied for schema s");
    await admin.rows("rollback");
    expect(await ann.error("select * from s.secret")).toBe("42501 permission denied for schema s");
    await admin.rows("grant usage on schema s to ann");
    expect(await ann.error("select * from s.secret")).toBe(denied);
  });

  test("grants of two transactions on one table do not undo each other", async () => {
    const second = await warehouse.connect();
    await admin.rows("begin; grant insert on s.secret to ann");
    const waiting = second.rows("grant update on s.secret to ann");
    await admin.rows("commit");
    await waiting;
    const rows = await admin.rows(
      "select privilege_type from svv_relation_privileges where identity_name = 'ann' order by 1",
    );
    expect(rows).toEqual([["INSERT"], ["UPDATE"]]);
  });

  test("privileges outlive a restart", async () => {
    await admin.rows(
      "create role r; grant select on s.secret to role r; grant role r to ann; grant usage on schema s to ann",
    );
    await warehouse.restart();
    const again = await warehouse.connect({ user: "ann" });
    expect(await again.rows("select * from s.secret")).toEqual([["42"]]);
    expect(await again.error("delete from s.secret")).toBe(denied);
  });
});
