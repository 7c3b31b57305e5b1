import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestSession, TestWarehouse, testKey } from "../test-warehouse.ts";

let warehouse: TestWarehouse;
let admin: TestSession;
let ann: TestSession;
let bob: TestSession;

beforeEach(async () => {
  warehouse = await TestWarehouse.start();
  admin = await warehouse.connect();
  await admin.rows(
    `create user ann password disable; create user bob password disable; create table t(a int)`,
  );
  ann = await warehouse.connect({ user: "ann" });
  bob = await warehouse.connect({ user: "bob" });
});

afterEach(() => warehouse[Symbol.asyncDispose]());

const denied = "42501 permission denied for relation t";

describe("roles", () => {
  test("reach through one another, and never in a circle", async () => {
    await admin.rows("create role inner_role; create role outer_role; create role top_role");
    await admin.rows("grant select on t to role inner_role; grant role inner_role to role outer_role");
    await admin.rows("grant role outer_role to role top_role; grant role top_role to ann");
    expect(await ann.rows("select * from t")).toEqual([]);
    expect(await admin.error("grant role top_role to role inner_role")).toBe(
      '0LP01 role "top_role" is a member of role "inner_role"',
    );
    expect(await admin.error("grant role top_role to role top_role")).toMatch(/^0LP01 /);
    await admin.rows("revoke role inner_role from role outer_role");
    expect(await ann.error("select * from t")).toBe(denied);
  });

  test("are given on by who has them with the admin option", async () => {
    await admin.rows("create role r; grant select on t to role r; grant role r to ann with admin option");
    await ann.rows("grant role r to bob");
    expect(await bob.rows("select * from t")).toEqual([]);
    expect(await bob.error("revoke role r from ann")).toBe("42501 permission denied for role r");
    await admin.rows("revoke admin option for role r from ann");
    expect(await ann.error("revoke role r from bob")).toBe("42501 permission denied for role r");
    expect(await ann.rows("select * from t")).toEqual([]);
  });

  test("of the system: the database's keeper and the keeper of users", async () => {
    await admin.rows(
      "grant role sys:dba to ann; grant role sys:secadmin to bob; create schema s; create table s.x(a int)",
    );
    await ann.rows(
      "create table s.made(a int); drop table s.made; create schema more; truncate s.x; drop schema more",
    );
    expect(await ann.error("select * from s.x")).toBe("42501 permission denied for schema s");
    expect(await ann.error("create user eve password disable")).toBe(
      "42501 must be superuser to create users",
    );
    await bob.rows(
      "create user eve password disable; create role mine; grant role mine to eve; alter user eve createdb",
    );
    expect(await bob.error("alter user eve createuser")).toMatch(/^42501 must be superuser/);
    expect(await bob.error("create user mallory password disable createuser")).toBe(
      "42501 must be superuser to create superusers",
    );
    expect(await bob.error("alter user awsuser password 'Passw0rd1'")).toBe(
      "42501 must be superuser to alter superusers",
    );
    expect(await bob.error("grant role sys:superuser to bob")).toBe(
      "42501 permission denied for role sys:superuser",
    );
    expect(await bob.error("grant create table to role mine")).toMatch(/^42501 must be superuser/);
    expect(await admin.error('drop role "sys:dba"')).toMatch(/^42501 /);
    expect(await admin.error("grant create user to role sys:dba")).toMatch(/^42501 /);
    expect(await admin.error('create role "sys:mine"')).toMatch(/^42/);
    expect(
      await admin.rows("select role_name from svv_roles where role_name like 'sys:%' order by 1"),
    ).toEqual([["sys:dba"], ["sys:monitor"], ["sys:operator"], ["sys:secadmin"], ["sys:superuser"]]);
  });

  test("with privileges of their own", async () => {
    await admin.rows(
      "create role r; grant role r to ann; grant create user, drop user, alter table to role r",
    );
    await ann.rows("create user eve password disable; drop user eve; alter table t add column b int");
    await admin.rows("revoke all privileges from role r");
    expect(await ann.error("create user eve password disable")).toBe(
      "42501 must be superuser to create users",
    );
    expect(await ann.error("alter table t add column c int")).toBe("42501 must be owner of relation t");
    await admin.rows("create schema hidden; create table hidden.h(a int); grant insert on hidden.h to bob");
    const seen = "select count(*) from svv_relation_privileges where relation_name = 'h'";
    expect(await ann.rows(seen)).toEqual([["0"]]);
    await admin.rows("grant access catalog to role r");
    expect(await ann.rows(seen)).toEqual([["1"]]);
    expect(await ann.error("select * from hidden.h")).toBe("42501 permission denied for schema hidden");
    await admin.rows("create role monitor; grant access system table to role monitor");
    await bob.rows("select 1");
    const own = "select count(*) from stl_query where userid <> current_user_id";
    const others = "select count(distinct userid) > 1 from stl_query";
    expect(await ann.error(own)).toBe("no error");
    expect(await ann.rows(others)).toEqual([["f"]]);
    await admin.rows("grant role monitor to ann");
    expect(await ann.rows(others)).toEqual([["t"]]);
  });

  test("are dropped by FORCE where somebody has them, and never with privileges", async () => {
    await admin.rows(
      "create role a; create role b; create role c; grant role a to ann; grant role b to role c",
    );
    expect(await admin.error("drop role a")).toBe(
      "2BP01 cannot drop this role since it has been granted on a user",
    );
    expect(await admin.error("drop role c")).toBe(
      "2BP01 cannot drop this role since it depends on another role",
    );
    await admin.rows("grant select on t to role a");
    expect(await admin.error("drop role a force")).toBe(
      '55006 role "a" cannot be dropped because the role has a privilege on some object',
    );
    await admin.rows("revoke select on t from role a; drop role a force; drop role c force; drop role b");
    await admin.rows("create role a; grant select on t to role a");
    expect(await ann.error("select * from t")).toBe(denied);
  });
});

describe("users and groups", () => {
  test("are dropped only when nothing is theirs", async () => {
    await admin.rows("grant select on t to bob; create group g with user bob; grant insert on t to group g");
    expect(await admin.error("drop user bob")).toBe(
      '55006 user "bob" cannot be dropped because the user has a privilege on some object',
    );
    expect(await admin.error("drop group g")).toBe(
      '55006 group "g" cannot be dropped because the group has a privilege on some object',
    );
    await bob.rows("create table own(a int)");
    await admin.rows("revoke all on t from bob");
    expect(await admin.error("drop user bob")).toBe(
      '55006 user "bob" cannot be dropped because the user owns some object',
    );
    await admin.rows("drop table own; drop user bob");
    expect(await admin.rows("select grolist from pg_group where groname = 'g'")).toEqual([[null]]);
    expect(await admin.error("drop user awsuser")).toBe('42501 user "awsuser" cannot be dropped');
  });

  test("have passwords that no log shows", async () => {
    await admin.rows("create user eve password 'Passw0rdE'; alter user eve password 'Passw0rdF'");
    const [[texts] = []] = await admin.rows(
      "select listagg(trim(text)) from stl_ddltext where text like '%user eve%'",
    );
    expect(texts).toContain("create user eve password '***'");
    expect(texts).not.toContain("Passw0rd");
    expect(await admin.rows("select count(*) from pg_user where passwd <> '********'")).toEqual([["0"]]);
    expect(await ann.error("select * from pg_shadow")).toBe("42501 permission denied for relation pg_shadow");
  });

  test("change their own password and nothing else of themselves", async () => {
    await ann.rows("alter user ann password 'Passw0rd1'; alter user ann set search_path to public");
    for (const clause of [
      "createdb",
      "createuser",
      "password 'Passw0rd1' valid until '2100-01-01'",
      "connection limit 5",
      "syslog access unrestricted",
      "rename to rich",
    ])
      expect(await ann.error(`alter user ann ${clause}`)).toMatch(/^(42501|0A000) /);
    expect(await ann.error("create group mine with user ann")).toBe(
      "42501 must be superuser to create groups",
    );
  });

  test("SET SESSION AUTHORIZATION takes the other's rights, and not its groups along", async () => {
    await admin.rows("set session authorization ann");
    expect(await admin.rows("select current_user, session_user")).toEqual([["ann", "awsuser"]]);
    expect(await admin.error("select * from t")).toBe(denied);
    await admin.rows("set session authorization default");
    expect(await admin.rows("select * from t")).toEqual([]);
    expect(await ann.error("set session authorization awsuser")).toBe(
      "42501 permission denied to set session authorization",
    );
  });

  test("a temporary login is in its groups while it lasts", async () => {
    await admin.rows("create group readers; grant select on t to group readers");
    await warehouse.warehouse.addTemporaryLogin(testKey, {
      user: "IAM:ann",
      password: "x",
      expiresAtMs: 4_000_000_000_000,
      createUser: false,
      groups: ["readers"],
      database: undefined,
    });
    const temporary = await warehouse.connect({ user: "IAM:ann" });
    expect(await temporary.rows("select current_user")).toEqual([["ann"]]);
    expect(await temporary.rows("select * from t")).toEqual([]);
    expect(await temporary.rows("select has_table_privilege('t', 'select')")).toEqual([["t"]]);
    expect(await ann.error("select * from t")).toBe(denied);
    expect(await ann.rows("select has_table_privilege('t', 'select')")).toEqual([["f"]]);
  });
});
