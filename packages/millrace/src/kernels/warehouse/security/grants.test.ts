import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let admin: TestSession;
let ann: TestSession;
let bob: TestSession;
let cyd: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  admin = await warehouse.connect();
  await admin.rows(`create user ann password disable; create user bob password disable; create user cyd password disable;
    create group g; create schema s; grant usage on schema s to public; create table s.t(a int)`);
  ann = await warehouse.connect({ user: "ann" });
  bob = await warehouse.connect({ user: "bob" });
  cyd = await warehouse.connect({ user: "cyd" });
});

afterAll(() => warehouse[Symbol.asyncDispose]());

const denied = "42501 permission denied for relation t";

describe("grant options", () => {
  test("are passed on, and what depends on them goes with CASCADE only", async () => {
    await admin.rows("grant select on s.t to ann with grant option");
    await ann.rows("grant select on s.t to bob with grant option");
    await bob.rows("grant select on s.t to cyd, group g");
    expect(await cyd.rows("select * from s.t")).toEqual([]);
    expect(await bob.error("grant select on s.t to ann with grant option")).toBe(
      "0LP01 grant options cannot be granted back to your own grantor",
    );
    expect(await admin.error("revoke select on s.t from ann")).toBe("2BP01 dependent privileges exist");
    expect(await admin.error("revoke grant option for select on s.t from ann restrict")).toBe(
      "2BP01 dependent privileges exist",
    );
    await admin.rows("revoke grant option for select on s.t from ann cascade");
    expect(await ann.rows("select * from s.t")).toEqual([]);
    expect(await bob.error("select * from s.t")).toBe(denied);
    expect(await cyd.error("select * from s.t")).toBe(denied);
    await admin.rows("revoke select on s.t from ann");
    expect(await admin.rows("select relacl from pg_class where relname = 't'")).toEqual([[null]]);
  });

  test("are of one privilege, one user, and no column", async () => {
    await admin.rows("grant select on s.t to ann with grant option");
    expect(await ann.tag("grant insert on s.t to bob")).toBe("GRANT");
    expect(ann.notices.at(-1)?.message).toBe('no privileges could be granted for "t"');
    expect(await bob.error("insert into s.t values (1)")).toBe(denied);
    await ann.rows("grant select, insert on s.t to bob");
    expect(ann.notices.at(-1)?.message).toBe('not all privileges could be granted for "t"');
    expect(await bob.rows("select * from s.t")).toEqual([]);
    // What another granted is not one's own to take.
    await admin.rows("grant delete on s.t to ann");
    await ann.rows("revoke delete on s.t from ann");
    expect(await ann.tag("delete from s.t")).toBe("DELETE 0");
    for (const to of ["group g", "public"])
      expect(await admin.error(`grant select on s.t to ${to} with grant option`)).toMatch(/^(0LP01|42601) /);
    expect(await admin.error("grant select (a) on s.t to cyd with grant option")).toMatch(/^0A000 /);
    expect(await ann.error("grant select (a) on s.t to cyd")).toBe("no error");
    expect(await cyd.error("select a from s.t")).toBe(denied);
    await admin.rows("revoke all on s.t from ann cascade");
  });
});

describe("owners", () => {
  test("who gets an object takes over what was granted by the one before", async () => {
    await admin.rows("create table s.o(a int); grant select on s.o to ann; alter table s.o owner to bob");
    expect(await ann.rows("select * from s.o")).toEqual([]);
    expect(await bob.tag("insert into s.o values (1)")).toBe("INSERT 0 1");
    await bob.rows("revoke select on s.o from ann");
    expect(await ann.error("select * from s.o")).toBe("42501 permission denied for relation o");
    expect(await bob.error("alter table s.o owner to ann")).toBe("42501 must be superuser to change owner");
    await admin.rows("alter table s.o owner to cyd");
    expect(await bob.error("select * from s.o")).toBe("42501 permission denied for relation o");
    expect(await cyd.error("alter table s.o rename to p")).toBe("42501 permission denied for schema s");
    await cyd.rows("drop table s.o");
  });

  test("a schema's owner may drop what others made in it, and reads nothing of it", async () => {
    await admin.rows("create schema authorization ann; grant create, usage on schema ann to bob");
    await bob.rows("create table ann.b(a int)");
    expect(await ann.error("select * from ann.b")).toBe("42501 permission denied for relation b");
    await ann.rows("drop table ann.b");
    await admin.rows("drop schema ann");
  });

  test("DROP and TRUNCATE and ALTER can be granted", async () => {
    await admin.rows(
      "create table s.d(a int); grant truncate on s.d to ann; grant alter on s.d to bob; grant drop on s.d to cyd",
    );
    expect(await ann.tag("truncate s.d")).toBe("TRUNCATE TABLE");
    expect(await bob.error("truncate s.d")).toBe("42501 permission denied for relation d");
    await bob.rows("alter table s.d add column b int");
    expect(await ann.error("alter table s.d add column c int")).toBe("42501 must be owner of relation d");
    expect(await bob.error("alter table s.d owner to bob")).toBe("42501 must be superuser to change owner");
    await cyd.rows("drop table s.d");
  });
});

describe("what is granted on", () => {
  test("databases: schemas and temporary tables", async () => {
    await ann.rows("create temp table x(a int); drop table x");
    await admin.rows("revoke temp on database dev from public; grant create on database dev to ann");
    expect(await ann.error("create temp table x(a int)")).toBe(
      '42501 permission denied to create temporary tables in database "dev"',
    );
    await ann.rows("create schema own; create table own.t(a int); drop schema own cascade");
    await admin.rows("grant temp on database dev to public; revoke all on database dev from ann");
    expect(await ann.error("create schema own")).toBe("42501 permission denied for database dev");
    expect(await admin.error("grant select on database dev to ann")).toBe(
      "0LP01 invalid privilege type SELECT for database",
    );
  });

  test("schemas: all tables of one", async () => {
    await admin.rows(
      "create schema many; grant usage on schema many to ann; create table many.a(a int); create table many.b(a int)",
    );
    await admin.rows("grant select on all tables in schema many to ann; create table many.c(a int)");
    expect(await ann.rows("select * from many.a, many.b")).toEqual([]);
    expect(await ann.error("select * from many.c")).toBe("42501 permission denied for relation c");
    await admin.rows("revoke all on all tables in schema many from ann");
    expect(await ann.error("select * from many.b")).toBe("42501 permission denied for relation b");
    expect(await admin.error("grant select for tables in schema many to ann")).toMatch(/^0A000 .*scoped/);
  });

  test("functions and languages", async () => {
    await admin.rows("create function public.f(int) returns int stable as $$ select $1 $$ language sql");
    expect(await ann.rows("select f(1)")).toEqual([["1"]]);
    await admin.rows(
      "revoke execute on function f(int) from public; grant execute on function f(int) to bob",
    );
    expect(await ann.error("select f(1)")).toBe("42501 permission denied for function f");
    expect(await bob.rows("select f(1)")).toEqual([["1"]]);
    await admin.rows("revoke usage on language sql from public");
    const made = "create function public.h() returns int stable as $$ select 1 $$ language sql";
    expect(await ann.error(made)).toBe("42501 permission denied for language sql");
    await admin.rows("grant usage on language sql to ann");
    expect(await ann.tag(made)).toBe("CREATE FUNCTION");
    expect(await bob.error("drop function h()")).toBe("42501 must be owner of function h");
    expect(
      await admin.rows(
        "select language_name, identity_name from svv_language_privileges where language_name = 'sql'",
      ),
    ).toEqual([["sql", "ann"]]);
    await admin.rows("grant usage on language sql to public; revoke usage on language sql from ann");
  });

  test("ALTER DEFAULT PRIVILEGES: new objects only, of one user, in one schema or all", async () => {
    await admin.rows("grant create on schema s to ann");
    await ann.rows(
      "create table s.before(a int); alter default privileges in schema s grant select on tables to bob; create table s.after(a int); create table public.elsewhere(a int)",
    );
    expect(await bob.rows("select * from s.after")).toEqual([]);
    expect(await bob.error("select * from s.before")).toBe("42501 permission denied for relation before");
    expect(await bob.error("select * from elsewhere")).toBe("42501 permission denied for relation elsewhere");
    await ann.rows(
      "alter default privileges in schema s revoke select on tables from bob; create table s.later(a int)",
    );
    expect(await bob.error("select * from s.later")).toBe("42501 permission denied for relation later");
    await ann.rows("alter default privileges revoke execute on functions from public");
    await ann.rows("create function k() returns int stable as $$ select 1 $$ language sql");
    expect(await bob.error("select k()")).toBe("42501 permission denied for function k");
    await ann.rows("alter default privileges grant execute on functions to public");
    await ann.rows("create or replace function k2() returns int stable as $$ select 1 $$ language sql");
    expect(await bob.rows("select k2()")).toEqual([["1"]]);
    expect(await bob.error("alter default privileges in schema s grant select on tables to cyd")).toBe(
      "42501 permission denied for schema s",
    );
  });

  test("IAM roles: everybody's until it is revoked", async () => {
    const copy = "copy s.before from 's3://b/k' iam_role 'arn:aws:iam::000000000000:role/one'";
    const refused =
      '42501 User ann does not have ASSUMEROLE permission on IAM role "arn:aws:iam::000000000000:role/one" for COPY';
    expect(await ann.error(copy)).not.toContain("ASSUMEROLE");
    await admin.rows("revoke assumerole on all from public for all");
    expect(await ann.error(copy)).toBe(refused);
    await admin.rows("grant assumerole on 'arn:aws:iam::000000000000:role/one' to ann for unload");
    expect(await ann.error(copy)).toBe(refused);
    await admin.rows("grant assumerole on 'arn:aws:iam::000000000000:role/one' to ann for copy");
    expect(await ann.error(copy)).not.toContain("ASSUMEROLE");
    expect(await ann.error(copy.replace("role/one", "role/two"))).toContain("ASSUMEROLE");
    expect(await admin.error("drop user ann")).toMatch(/^55006 /);
    await admin.rows("revoke assumerole on all from ann for all; grant assumerole on all to public for all");
    expect(await ann.error(copy)).not.toContain("ASSUMEROLE");
  });
});
