import { afterAll, beforeAll, expect, test } from "vitest";
import type { Statement } from "../../../sql/redshift/ast/statement.ts";
import { parseScript } from "../../../sql/redshift/parser/redshift-parser.ts";
import { type TestSession, TestWarehouse } from "../test-warehouse.ts";

/**
 * What a user hears who may name the objects of a schema and nothing else. `free`: there is nothing to protect in
 * what the statement does, and what it runs is checked under its own kind; the text says why.
 */
type Entry =
  | { readonly sql: string; readonly refused: string | RegExp }
  | { readonly sql: string; readonly free: string };

const relation = "42501 permission denied for relation t";
const owner = "42501 must be owner of relation t";
const notThere = /^0A000 /;

/** A kind without an entry does not compile; one with a statement of another kind fails. */
const entries: Readonly<Record<Statement["kind"], Entry>> = {
  query: { sql: "select a from s.t", refused: relation },
  insert: { sql: "insert into s.t values (1)", refused: relation },
  update: { sql: "update s.t set a = 1", refused: relation },
  delete: { sql: "delete from s.t", refused: relation },
  merge: {
    sql: "merge into s.t using own on t.a = own.a when matched then update set a = own.a when not matched then insert values (own.a)",
    refused: relation,
  },
  "create-table": { sql: "create table s.n(a int)", refused: "42501 permission denied for schema s" },
  "create-table-as": { sql: "create table public.n as select * from s.t", refused: relation },
  "create-external-table": {
    sql: "create external table ext.n(a int) stored as parquet location 's3://b/p/'",
    refused: /^(42501 must be owner of schema ext|0A000 )/,
  },
  "alter-table": { sql: "alter table s.t rename to u", refused: owner },
  "alter-table-append": { sql: "alter table s.t append from public.own", refused: owner },
  "create-view": { sql: "create view public.n as select * from s.t", refused: relation },
  "create-materialized-view": {
    sql: "create materialized view public.n as select a from s.t",
    refused: relation,
  },
  "refresh-materialized-view": {
    sql: "refresh materialized view s.m",
    refused: "42501 must be owner of relation m",
  },
  "alter-materialized-view": {
    sql: "alter materialized view s.m auto refresh yes",
    refused: "42501 must be owner of relation m",
  },
  "create-schema": { sql: "create schema n", refused: "42501 permission denied for database dev" },
  "alter-schema": { sql: "alter schema s rename to n", refused: "42501 must be owner of schema s" },
  "create-external-schema": {
    sql: "create external schema n from data catalog database 'd' iam_role 'arn:aws:iam::000000000000:role/r'",
    refused: "42501 permission denied for database dev",
  },
  "alter-external-schema": {
    sql: "alter external schema ext iam_role 'arn:aws:iam::000000000000:role/r'",
    refused: /^(42501 must be owner of schema ext|0A000 |3F000 )/,
  },
  "create-database": { sql: "create database n", refused: "42501 permission denied to create database" },
  "alter-database": { sql: "alter database dev rename to n", refused: "42501 must be owner of database dev" },
  "create-function": {
    sql: "create function s.n() returns int stable as $$ select 1 $$ language sql",
    refused: "42501 permission denied for schema s",
  },
  "create-procedure": {
    sql: "create procedure s.p() as $$ begin end; $$ language plpgsql",
    refused: notThere,
  },
  "alter-routine": {
    sql: "alter function s.f(int) rename to n",
    refused: "42501 must be owner of function f",
  },
  "call-procedure": { sql: "call s.p()", refused: notThere },
  drop: { sql: "drop table s.t", refused: owner },
  comment: { sql: "comment on table s.t is 'x'", refused: owner },
  truncate: { sql: "truncate s.t", refused: relation },
  copy: {
    sql: "copy s.t from 's3://b/k' iam_role 'arn:aws:iam::000000000000:role/r'",
    refused: relation,
  },
  unload: {
    sql: "unload ('select a from s.t') to 's3://b/k' iam_role 'arn:aws:iam::000000000000:role/r'",
    refused: relation,
  },
  vacuum: { sql: "vacuum s.t", free: "succeeds without effect, as AWS has it: see below" },
  analyze: { sql: "analyze s.t", free: "succeeds without effect, as AWS has it: see below" },
  "analyze-compression": {
    sql: "analyze compression s.t",
    free: "gives no rows without the right: see below",
  },
  lock: { sql: "lock s.t", refused: relation },
  cancel: { sql: "cancel :admin", refused: "42501 must be superuser to signal other server processes" },
  explain: { sql: "explain select a from s.t", refused: relation },
  "create-user": {
    sql: "create user n password disable",
    refused: "42501 must be superuser to create users",
  },
  "alter-user": { sql: "alter user bob password disable", refused: "42501 must be superuser to alter users" },
  "create-group": { sql: "create group n", refused: "42501 must be superuser to create groups" },
  "alter-group": { sql: "alter group g add user ann", refused: "42501 must be superuser to alter groups" },
  "create-role": { sql: "create role n", refused: "42501 permission denied to create role" },
  "alter-role": { sql: "alter role r rename to n", refused: "42501 permission denied for role r" },
  grant: { sql: "grant select on s.t to ann", refused: relation },
  revoke: { sql: "revoke select on s.t from bob", refused: relation },
  "grant-role": { sql: "grant role r to ann", refused: "42501 permission denied for role r" },
  "revoke-role": { sql: "revoke role r from bob", refused: "42501 permission denied for role r" },
  "grant-system-privileges": {
    sql: "grant create user to role r",
    refused: "42501 must be superuser to change system privileges",
  },
  "revoke-system-privileges": {
    sql: "revoke create user from role r",
    refused: "42501 must be superuser to change system privileges",
  },
  "grant-assume-role": {
    sql: "grant assumerole on all to ann for all",
    refused: "42501 must be superuser to grant and revoke ASSUMEROLE",
  },
  "revoke-assume-role": {
    sql: "revoke assumerole on all from public for all",
    refused: "42501 must be superuser to grant and revoke ASSUMEROLE",
  },
  "alter-default-privileges": {
    sql: "alter default privileges for user awsuser grant select on tables to ann",
    refused: "42501 must be superuser to change default privileges of other users",
  },
  begin: { sql: "begin; rollback", free: "touches nothing" },
  commit: { sql: "commit", free: "ends what was checked before" },
  rollback: { sql: "rollback", free: "ends what was checked before" },
  "set-variable": {
    sql: "set query_group to 'x'",
    free: "the session's own settings; none of them is a right",
  },
  "reset-variable": { sql: "reset query_group", free: "the session's own settings" },
  "show-variable": { sql: "show query_group", free: "the session's own settings" },
  "set-session-authorization": {
    sql: "set session authorization bob",
    refused: "42501 permission denied to set session authorization",
  },
  "set-transaction": { sql: "set transaction read only", free: "the session's own transaction" },
  "declare-cursor": { sql: "begin; declare c cursor for select a from s.t", refused: relation },
  fetch: { sql: "fetch next from c", refused: '34000 cursor "c" does not exist' },
  "close-cursor": { sql: "close all", free: "the session's own cursors" },
  prepare: { sql: "prepare q as select a from s.t", free: "reads nothing; EXECUTE is checked" },
  execute: { sql: "execute p", refused: relation },
  deallocate: { sql: "deallocate all", free: "the session's own statements" },
  "show-databases": { sql: "show databases", free: "shows what the user may see" },
  "show-schemas": { sql: "show schemas from database dev", free: "shows what the user may see" },
  "show-tables": { sql: "show tables from schema dev.s", free: "shows what the user may see" },
  "show-columns": { sql: "show columns from table dev.s.t", refused: /^42/ },
  "show-table": { sql: "show table s.t", refused: /^42/ },
  "show-view": { sql: "show view s.v", refused: /^42/ },
  "show-external-table": { sql: "show external table ext.t", refused: /^(42|3F|0A)/ },
  "show-grants": { sql: "show grants on table s.t", refused: /^42P01/ },
  "show-column-grants": { sql: "show column grants on table s.t", refused: /^42P01/ },
  "show-constraints": { sql: "show constraints primary keys from table s.t", refused: /^42P01/ },
  "show-routines": { sql: "show functions from schema dev.s", free: "shows what the user may see" },
  "show-parameters": { sql: "show parameters of function s.f(int)", refused: /^42/ },
  "show-procedure": { sql: "show procedure s.p()", refused: notThere },
  "show-datashares": { sql: "show datashares", refused: notThere },
  "show-model": { sql: "show model all", refused: notThere },
  "show-policies": { sql: "show rls policies", refused: notThere },
  unsupported: { sql: "create datashare d", refused: notThere },
};

let warehouse: TestWarehouse;
let ann: TestSession;
let admin: TestSession;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  admin = await warehouse.connect();
  await admin.rows(`create user ann password disable; create user bob password disable;
    create group g; create role r; create schema s; grant usage on schema s to ann; revoke create on schema s from public;
    create table s.t(a int); create view s.v as select a from s.t; create materialized view s.m as select a from s.t;
    create function s.f(int) returns int stable as $$ select $1 $$ language sql; grant role r to bob;
    revoke execute on function s.f(int) from public; grant select on s.t to bob`);
  ann = await warehouse.connect({ user: "ann" });
  await ann.rows("create table public.own(a int); prepare p as select a from s.t");
});

afterAll(() => warehouse[Symbol.asyncDispose]());

test.each(Object.entries(entries))("%s", async (kind, entry) => {
  const sql = entry.sql.replace(":admin", String(admin.session.processId));
  const kinds = parseScript(sql, { caseSensitiveIdentifiers: false }).map(({ ast }) => ast.kind);
  expect(kinds).toContain(kind);
  const before = await state();
  const error = await ann.error(sql);
  await ann.error("rollback");
  if ("free" in entry) expect(error).toBe("no error");
  else if (typeof entry.refused === "string") expect(error).toBe(entry.refused);
  else expect(error).toMatch(entry.refused);
  expect(await state()).toEqual(before);
  await ann.error("deallocate all; prepare p as select a from s.t");
});

test("VACUUM and ANALYZE of others' tables do nothing, and say so", async () => {
  const heard = (): readonly string[] => ann.notices.map(({ message }) => message);
  for (const sql of ["vacuum s.t", "analyze s.t", "analyze compression s.t"]) {
    const before = heard().length;
    expect(await ann.rows(sql)).toEqual([]);
    expect(heard().slice(before).join()).toContain('skipping "t"');
  }
});

/** What none of them may have changed. */
async function state(): Promise<unknown> {
  return [
    await admin.rows("select count(*) from s.t"),
    await admin
      .rows(
        "select nspname, relname, relowner, array_to_string(relacl, ',') from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname in ('s', 'public') order by 1, 2",
      )
      .catch(() => []),
    await admin.rows("select usename, usesuper from pg_user order by 1"),
    await admin.rows("select nspname from pg_namespace order by 1"),
    await admin.rows("select datname from pg_database order by 1"),
    await admin.rows("select role_name from svv_roles order by 1"),
  ];
}
