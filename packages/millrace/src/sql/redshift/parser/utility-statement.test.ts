import { describe, expect, test } from "vitest";
import { failure, outline } from "./test-statement.ts";

describe("administration", () => {
  test.each([
    ["vacuum", { kind: "vacuum", mode: "full" }],
    [
      "vacuum sort only s.t to 75 percent boost",
      { mode: "sort only", table: "s.t", percent: 75, boost: true },
    ],
    ["vacuum delete only t", { mode: "delete only", table: "t" }],
    ["vacuum reindex t", { mode: "reindex" }],
    ["vacuum recluster t", { mode: "recluster" }],
    ["vacuum full t", { mode: "full", table: "t" }],
    ["vacuum boost", { mode: "full", boost: true }],
    ["analyze", { kind: "analyze" }],
    ["analyze verbose s.t (a, b)", { verbose: true, table: "s.t", columns: ["a", "b"] }],
    ["analyse t predicate columns", { table: "t", scope: "predicate columns" }],
    ["analyze all columns", { scope: "all columns" }],
    ["analyze compression", { kind: "analyze-compression" }],
    ["analyze compression t (a) comprows 10", { table: "t", columns: ["a"], compRows: 10 }],
    ["truncate table s.t", { kind: "truncate", table: "s.t" }],
    ["truncate t", { kind: "truncate", table: "t" }],
    ["lock table a, s.b", { kind: "lock", tables: ["a", "s.b"] }],
    ["lock t", { kind: "lock", tables: ["t"] }],
    ["cancel 12 'bye'", { kind: "cancel", processId: 12, message: "bye" }],
    ["comment on table t is 'x'", { kind: "comment", objectType: "table", name: "t", text: "x" }],
    [
      "comment on column s.t.c is $q$it's$q$",
      { objectType: "column", name: "s.t", column: "c", text: "it's" },
    ],
    [
      "comment on constraint k on s.t is ''",
      { objectType: "constraint", name: "k", onTable: "s.t", text: "" },
    ],
    ["comment on database d is 'x'", { objectType: "database", name: "d" }],
    ["comment on function f(int) is 'x'", { objectType: "function", signature: { name: "f" } }],
    [
      "drop table if exists a, s.b cascade",
      { kind: "drop", ifExists: true, names: ["a", "s.b"], behavior: "cascade" },
    ],
    ["drop materialized view if exists mv", { objectType: "materialized view", names: ["mv"] }],
    ["drop schema s drop external database restrict", { dropExternalDatabase: true, behavior: "restrict" }],
    ["drop database d force", { objectType: "database", behavior: "force" }],
    ["explain verbose select 1", { kind: "explain", verbose: true, statement: { kind: "query" } }],
    ["explain insert into t select 1", { statement: { kind: "insert" } }],
    ["explain create table t as select 1", { statement: { kind: "create-table-as" } }],
  ])("%s", (text, expected) => {
    expect(outline(text)).toMatchObject(expected);
  });

  test("IS NULL takes a comment away", () => {
    expect(outline("comment on view v is null")).toEqual({ kind: "comment", objectType: "view", name: "v" });
  });

  test.each([
    ["frobnicate", '42601 syntax error at or near "frobnicate" @0'],
    ["42", '42601 syntax error at or near "42" @0'],
    ["vacuum t to 5", "42601 syntax error at end of input @13"],
    ["vacuum to 5 percent", '42601 syntax error at or near "to" @7'],
    ["analyze t (a) predicate columns", '42601 syntax error at or near "predicate" @14'],
    ["truncate a, b", '42601 syntax error at or near "," @10'],
    ["truncate t cascade", '42601 syntax error at or near "cascade" @11'],
    ["lock t in exclusive mode", '42601 syntax error at or near "in" @7'],
    ["cancel 'x'", "42601 syntax error at or near \"'x'\" @7"],
    ["comment on column c is 'x'", "42601 column name must be qualified @18"],
    ["comment on index i is 'x'", '42601 syntax error at or near "index" @11'],
    ["comment on table t is 5", '42601 syntax error at or near "5" @22'],
    ["drop", "42601 syntax error at end of input @4"],
    ["drop table", "42601 syntax error at end of input @10"],
    ["drop table a b", '42601 syntax error at or near "b" @13'],
    ["drop database if exists d", '42601 syntax error at or near "exists" @17'],
    ["alter view v rename to w", '42601 syntax error at or near "view" @6'],
    ["explain analyze select 1", '42601 syntax error at or near "analyze" @8'],
    ["explain create table t (a int)", '42601 syntax error at or near "create" @8'],
    ["explain vacuum", '42601 syntax error at or near "vacuum" @8'],
    ["discard all", '42601 syntax error at or near "discard" @0'],
    ["create extension x", '42601 syntax error at or near "extension" @7'],
  ])("%s", (text, expected) => {
    expect(failure(text)).toBe(expected);
  });
});

describe("statements that are refused when they run", () => {
  test.each([
    ["create datashare d set publicaccessible true", "CREATE DATASHARE"],
    ["alter datashare d add table t", "ALTER DATASHARE"],
    ["drop datashare d", "DROP DATASHARE"],
    ["desc datashare d", "DESC DATASHARE"],
    ["create model m from (select a from t) target a function f iam_role default", "CREATE MODEL"],
    ["create external model m settings (x 1)", "CREATE EXTERNAL MODEL"],
    ["drop model if exists m", "DROP MODEL"],
    ["create or replace library l language plpythonu from 's'", "CREATE OR REPLACE LIBRARY"],
    ["create rls policy p with (a int) using (a = 1)", "CREATE RLS POLICY"],
    ["attach rls policy p on t to public", "ATTACH RLS POLICY"],
    ["detach masking policy p on t(c) from u", "DETACH MASKING POLICY"],
    ["alter masking policy p using (1)", "ALTER MASKING POLICY"],
    ["create identity provider p type azure", "CREATE IDENTITY PROVIDER"],
    ["desc identity provider p", "DESC IDENTITY PROVIDER"],
    ["create external view v as select 1", "CREATE EXTERNAL VIEW"],
    ["alter system set x = 1", "ALTER SYSTEM"],
    ["use d", "USE"],
  ])("%s", (text, feature) => {
    expect(outline(text)).toEqual({ kind: "unsupported", feature, message: `${feature} is not supported` });
  });

  test.each([
    ['create index i on "T"(a)', 'SQL command "create index i on "T"(a)" not supported on Redshift tables.'],
    ["drop index i", 'SQL command "drop index i" not supported on Redshift tables.'],
    ["create sequence s", 'SQL command "create sequence s" not supported on Redshift tables.'],
    ["SAVEPOINT sp ;", 'SQL command "SAVEPOINT sp" not supported.'],
    ["rollback to savepoint sp", 'SQL command "rollback to savepoint sp" not supported.'],
    ["listen x", 'SQL command "listen x" not supported.'],
  ])("%s in Redshift's words", (text, message) => {
    expect(outline(text)).toMatchObject({ kind: "unsupported", message });
  });

  test("what follows in the script is still parsed", () => {
    expect(failure("create datashare d; drop table")).toBe("42601 syntax error at end of input @30");
  });
});
