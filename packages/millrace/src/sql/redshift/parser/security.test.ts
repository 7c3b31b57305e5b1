import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

describe("users, groups and roles", () => {
  test("CREATE USER", () => {
    const text = `create user u with password 'Abc12345' createdb nocreateuser syslog access unrestricted in group g, h
      valid until 'infinity' connection limit unlimited session timeout 60 externalid "AbC"`;
    expect(outline(text)).toEqual({
      kind: "create-user",
      name: "u",
      options: {
        password: { kind: "text", text: "Abc12345" },
        createDatabase: true,
        syslogAccess: "unrestricted",
        validUntil: "infinity",
        connectionLimit: -1,
        sessionTimeoutSeconds: 60,
        externalId: "AbC",
      },
      groups: ["g", "h"],
    });
    expect(outline('create user "IAM:x" password disable')).toMatchObject({
      name: "IAM:x",
      options: { password: { kind: "disable" } },
    });
  });

  test.each([
    [
      "createuser, connection limit 5",
      { kind: "options", options: { createUser: true, connectionLimit: 5 } },
    ],
    [
      "with password 'x' valid until '2030-01-01'",
      { options: { password: { text: "x" }, validUntil: "2030-01-01" } },
    ],
    ["reset session timeout", { options: { sessionTimeoutSeconds: "reset" } }],
    ["login password 'Abc12345'", { options: { login: true, password: { text: "Abc12345" } } }],
    ["nologin", { kind: "options" }],
    ["rename to v", { kind: "rename", newName: "v" }],
    [
      "set search_path to s, 'public'",
      {
        kind: "set",
        setting: "search_path",
        value: {
          values: [
            { text: "s", form: "word" },
            { text: "public", form: "string" },
          ],
        },
      },
    ],
    ["set timezone = default", { setting: "timezone", value: { kind: "default" } }],
    ["reset search_path", { kind: "reset", setting: "search_path" }],
  ])("alter user u %s", (clause, action) => {
    expect(outline(`alter user u ${clause}`)).toMatchObject({ kind: "alter-user", action });
  });

  test("groups and roles", () => {
    expect(outline("create group g with user a, b")).toEqual({
      kind: "create-group",
      name: "g",
      users: ["a", "b"],
    });
    expect(outline("create group g")).toEqual({ kind: "create-group", name: "g" });
    expect(outline("alter group g drop user a")).toMatchObject({
      action: { kind: "drop-users", users: ["a"] },
    });
    expect(outline("alter group g rename to h")).toMatchObject({ action: { newName: "h" } });
    expect(outline("create role r externalid 'x'")).toEqual({
      kind: "create-role",
      name: "r",
      externalId: "x",
    });
    expect(outline("alter role r with owner to u")).toEqual({ kind: "alter-role", name: "r", owner: "u" });
    expect(outline("alter role r externalid to ABC123")).toMatchObject({ externalId: "ABC123" });
    expect(outline("drop role r force")).toMatchObject({
      objectType: "role",
      names: ["r"],
      behavior: "force",
    });
    expect(outline("drop user if exists a, b")).toMatchObject({ ifExists: true, names: ["a", "b"] });
  });

  test.each([
    ["create user u superuser", '42601 syntax error at or near "superuser" @14'],
    ["create user u password 'a' password 'b'", "42601 conflicting or redundant options @27"],
    ["create user u createdb nocreatedb", "42601 conflicting or redundant options @23"],
    ["create user u syslog access all", '42601 syntax error at or near "all" @28'],
    ["create user u login", "42601 syntax error at end of input @19"],
    ["alter user u", "42601 syntax error at end of input @12"],
    ["create group g with", "42601 syntax error at end of input @19"],
    ["alter group g add a", '42601 syntax error at or near "a" @18'],
    ["alter role r", "42601 syntax error at end of input @12"],
    ["drop group if exists g", '42601 syntax error at or near "exists" @14'],
    ["drop user u cascade", '42601 syntax error at or near "cascade" @12'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});

describe("GRANT and REVOKE", () => {
  test.each([
    [
      "select, update (a, b) on t, s.u to x with grant option, group g, role r, public",
      {
        privileges: [{ name: "select" }, { name: "update", columns: ["a", "b"] }],
        target: { kind: "tables", names: ["t", "s.u"] },
        grantees: [
          { kind: "user", name: "x", grantOption: true },
          { kind: "group", name: "g" },
          { kind: "role", name: "r" },
          { kind: "public" },
        ],
      },
    ],
    [
      "all privileges on all tables in schema s, t to u",
      { target: { kind: "all-tables", schemas: ["s", "t"] } },
    ],
    ["all (a) on table t to u", { allColumns: ["a"], target: { kind: "tables", names: ["t"] } }],
    [
      "temp, create on database d to u",
      { privileges: [{ name: "temporary" }, { name: "create" }], target: { names: ["d"] } },
    ],
    ["usage on schema d.s to role r", { target: { kind: "schemas", names: ["d.s"] } }],
    [
      "execute on function f(int), g() to u",
      {
        target: {
          kind: "routines",
          routine: "function",
          signatures: [{ name: "f", argumentTypes: [{ name: "integer" }] }, { name: "g" }],
        },
      },
    ],
    [
      "execute on all procedures in schema s to u",
      { target: { kind: "all-routines", routine: "procedure", schemas: ["s"] } },
    ],
    ["usage on language plpythonu to u", { target: { kind: "languages", names: ["plpythonu"] } }],
    [
      "select for tables in schema s database d to role r",
      { target: { kind: "scoped", objects: "tables", scope: { kind: "schema", name: "s", database: "d" } } },
    ],
    [
      "usage for schemas in database d to role r",
      { target: { kind: "scoped", objects: "schemas", scope: { kind: "database", name: "d" } } },
    ],
    ["select on role to role", { target: { names: ["role"] }, grantees: [{ kind: "user", name: "role" }] }],
  ])("grant %s", (clause, expected) => {
    expect(outline(`grant ${clause}`)).toMatchObject({ kind: "grant", ...expected });
  });

  test("REVOKE", () => {
    expect(outline("revoke grant option for select on t from u, group g cascade")).toEqual({
      kind: "revoke",
      grantOptionFor: true,
      privileges: [{ name: "select" }],
      target: { kind: "tables", names: ["t"] },
      grantees: [
        { kind: "user", name: "u" },
        { kind: "group", name: "g" },
      ],
      behavior: "cascade",
    });
  });

  test("roles and system privileges", () => {
    expect(outline("grant role a, role b to u with admin option, role c")).toEqual({
      kind: "grant-role",
      roles: ["a", "b"],
      grantees: [
        { kind: "user", name: "u", adminOption: true },
        { kind: "role", name: "c" },
      ],
    });
    expect(outline("grant role sys:dba, role sys:superuser to role sys:monitor")).toMatchObject({
      roles: ["sys:dba", "sys:superuser"],
      grantees: [{ kind: "role", name: "sys:monitor" }],
    });
    expect(outline("revoke admin option for role a from u")).toMatchObject({
      kind: "revoke-role",
      adminOptionFor: true,
    });
    expect(
      outline("grant create user, access system table, create or replace view, vacuum to role r, role s"),
    ).toEqual({
      kind: "grant-system-privileges",
      privileges: ["create user", "access system table", "create or replace view", "vacuum"],
      roles: ["r", "s"],
    });
    expect(outline("revoke all privileges from role r")).toEqual({
      kind: "revoke-system-privileges",
      privileges: ["all"],
      roles: ["r"],
    });
  });

  test("the use of IAM roles", () => {
    expect(
      outline("grant assumerole on 'arn:a,arn:b', 'arn:c' to u, group g for copy, external function"),
    ).toEqual({
      kind: "grant-assume-role",
      target: { kind: "roles", chains: ["arn:a,arn:b", "arn:c"] },
      grantees: [
        { kind: "user", name: "u" },
        { kind: "group", name: "g" },
      ],
      commands: ["copy", "external function"],
    });
    expect(outline("revoke assumerole on all from public for all")).toEqual({
      kind: "revoke-assume-role",
      target: { kind: "all" },
      grantees: [{ kind: "public" }],
      commands: ["copy", "unload", "external function", "create model"],
    });
    expect(outline("grant assumerole on default to role r for unload")).toMatchObject({
      target: { kind: "default" },
    });
  });

  test("default privileges", () => {
    expect(
      outline("alter default privileges for user a, b in schema s grant select, insert on tables to role r"),
    ).toEqual({
      kind: "alter-default-privileges",
      users: ["a", "b"],
      schemas: ["s"],
      action: "grant",
      privileges: ["select", "insert"],
      objectType: "tables",
      grantees: [{ kind: "role", name: "r" }],
    });
    expect(
      outline("alter default privileges revoke grant option for all on functions from public restrict"),
    ).toMatchObject({
      action: "revoke",
      grantOptionFor: true,
      objectType: "functions",
      behavior: "restrict",
    });
  });

  test.each([
    ["grant usage on datashare ds to namespace 'x'", "GRANT ON DATASHARE"],
    ["grant share on datashare ds to u", "GRANT SHARE"],
    ["grant select on external table s.t to iam_role 'arn'", "GRANT ON EXTERNAL TABLE"],
    ["grant create model to u", "GRANT CREATE MODEL"],
    ["grant explain rls to role r", "GRANT EXPLAIN RLS"],
    ["grant select on t to rls policy p", "GRANT TO RLS POLICY"],
    ["revoke execute on model m from u", "REVOKE ON MODEL"],
  ])("%s is not there", (text, feature) => {
    expect(outline(text)).toMatchObject({
      kind: "unsupported",
      feature,
      message: `${feature} is not supported`,
    });
  });

  test.each([
    ["grant fly on t to u", '42601 syntax error at or near "fly" @6'],
    ["grant assumerole on 'x' to u", "42601 syntax error at end of input @28"],
    ["grant assumerole on x to u for copy", '42601 syntax error at or near "x" @20'],
    ["revoke assumerole on all from u for vacuum", '42601 syntax error at or near "vacuum" @36'],
    ["grant select t to u", '42601 syntax error at or near "select" @6'],
    ["grant select on t from u", '42601 syntax error at or near "from" @18'],
    ["grant select on t to u with admin option", '42601 syntax error at or near "with" @23'],
    ["revoke select on t from u with grant option", '42601 syntax error at or near "with" @26'],
    ["grant create user to u", '42601 syntax error at or near "u" @21'],
    ["grant execute on function f to u", '42601 syntax error at or near "to" @28'],
    ["grant role r to group g", '42601 syntax error at or near "group" @16'],
    [
      "alter default privileges grant create user on tables to u",
      '42601 syntax error at or near "create" @31',
    ],
    ["alter default privileges grant select on views to u", '42601 syntax error at or near "views" @41'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});

// https://docs.aws.amazon.com/redshift/latest/dg/r_enable_case_sensitive_identifier.html
describe("users in quotes keep their case, other names do not", () => {
  test.each([
    'create user "IAM:Anna" password disable',
    'grant select on "T" to "IAM:Anna"',
    'grant role "R" to "IAM:Anna"',
    'alter table "T" owner to "IAM:Anna"',
    'alter group "G" add user "IAM:Anna"',
    'drop user "IAM:Anna"',
    'create schema "S" authorization "IAM:Anna"',
  ])("%s", (text) => {
    const found = JSON.stringify(outline(text));
    expect(found).toContain('"IAM:Anna"');
    expect(found).not.toMatch(/"[TRGS]"/);
  });
});
