import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

describe("privileges on tables, schemas and functions", () => {
  let warehouse: TestWarehouse;
  let admin: TestSession;
  let ann: TestSession;
  let bob: TestSession;

  beforeAll(async () => {
    warehouse = await TestWarehouse.start();
    admin = await warehouse.connect();
    await admin.rows(`create user ann password 'Passw0rdA'; create user bob password 'Passw0rdB'; create user cyd password disable;
      create group g with user bob; create role r; create schema s;
      create table s.t(a int, b varchar(10)); insert into s.t values (1, 'x'), (2, 'y');
      create function f(int) returns int stable as $$ select $1 + 1 $$ language sql`);
    ann = await warehouse.connect({ user: "ann" });
    bob = await warehouse.connect({ user: "bob" });
  });

  afterAll(() => warehouse[Symbol.asyncDispose]());

  test("without USAGE of the schema nothing in it is there, with it nothing may be read", async () => {
    expect(await ann.error("select * from s.t")).toBe("42501 permission denied for schema s");
    expect(await ann.error("select * from s.nothing")).toBe("42501 permission denied for schema s");
    expect(await ann.error("set search_path to s; select * from t")).toBe(
      '42P01 relation "t" does not exist',
    );
    await ann.rows("reset search_path");
    await admin.rows("grant usage on schema s to ann, group g");
    expect(await ann.error("select * from s.t")).toBe("42501 permission denied for relation t");
    expect(await ann.error("insert into s.t values (3)")).toBe("42501 permission denied for relation t");
    expect(await ann.error("select * from s.nothing")).toBe('42P01 relation "s.nothing" does not exist');
  });

  test("granted to a user, a group, a role, everybody", async () => {
    await admin.rows("grant select on s.t to ann");
    expect(await ann.rows("select count(*) from s.t")).toEqual([["2"]]);
    await admin.rows("grant insert on s.t to group g; grant select on s.t to role r; grant role r to bob");
    expect(await bob.tag("insert into s.t values (3, 'z')")).toBe("INSERT 0 1");
    expect(await bob.rows("select count(*) from s.t")).toEqual([["3"]]);
    await admin.rows("revoke role r from bob");
    expect(await bob.error("select * from s.t")).toBe("42501 permission denied for relation t");
    await admin.rows("revoke select on s.t from ann; grant select on s.t to public");
    expect(await ann.rows("select a from s.t where a = 1")).toEqual([["1"]]);
    await admin.rows("revoke all on s.t from public");
    expect(await ann.error("select a from s.t")).toBe("42501 permission denied for relation t");
  });

  test("columns", async () => {
    await admin.rows("grant select (a) on s.t to ann");
    expect(await ann.rows("select max(a) from s.t")).toEqual([["3"]]);
    expect(await ann.rows("select count(*) from s.t")).toEqual([["3"]]);
    expect(await ann.error("select * from s.t")).toBe("42501 permission denied for relation t");
    expect(await ann.error("select a from s.t where b = 'x'")).toBe("42501 permission denied for relation t");
    expect(await admin.error("grant select on s.t to ann")).toMatch(/^0LP01 /);
    await admin.rows("revoke select on s.t from ann");
    expect(await ann.error("select a from s.t")).toBe("42501 permission denied for relation t");
    expect(await admin.error("grant insert (a) on s.t to ann")).toMatch(/^0LP01 /);
    expect(await admin.error("grant select (zz) on s.t to ann")).toBe(
      '42703 column "zz" of relation "t" does not exist',
    );
  });
});
