import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const file = join(import.meta.dirname, "../../fixtures/redshift-corpus.sql");

/** What stands before the statement that begins so: tables and users that the corpus takes for given. */
const preparations: readonly (readonly [statement: string, ...script: readonly string[]])[] = [
  [
    "create table sales",
    "create user dwuser password disable; create user admin password disable; create user u2 password disable",
    "create table sales_stage(listid int distkey, qty smallint, price decimal(8,2), saletime timestamp sortkey, more int) diststyle key",
    "create table t(a int, b int, c varchar(20), d date, x int, name varchar(20), k int, q int, v int, q1 int, q2 int, q3 int)",
    "create table u(a int, b int); create table v(a int)",
    "create table tgt(id int, v int); create table src(id int, v int)",
    "create table emp(id int, employee_name varchar(20), mgr int); insert into emp values (1, 'a', null), (2, 'b', 1)",
    "create table customers(c_name varchar(20), addr super, orders super)",
    "create table listing(listid int, x int); create table stage(salesid int, listid int, qty smallint)",
  ],
  [
    "alter table sales append",
    "drop table sales cascade; drop table sales_stage",
    "create table sales(salesid int, listid int distkey, qty smallint, saletime timestamp, v varchar(20), d date)",
    "create table sales_stage(salesid int, listid int distkey, qty smallint, saletime timestamp, v varchar(20), d date, more int)",
  ],
  ["copy sales from 's3://b/p' iam_role default csv gzip", "alter table sales drop column c1"],
  ["select json_parse(", "create table ev(salesid int, s super)"],
  ["select approximate count(distinct userid)", "alter table sales add column userid int"],
  ["select hll(x)", "drop table t; create table t(a int, b boolean, c int, x int, k int, v int, q int)"],
  ["select a::varchar(10)", "drop table t; create table t(a varchar(20), b varchar(9), c int, x int)"],
  ["select * exclude", "drop table t; create table t(a int, b int, c int, d date, k int, v int, q int)"],
  ["select * from t unpivot", "drop table t; create table t(k int, q1 int, q2 int)"],
  ["select * from db2.public.sales", "create database db2"],
  ["select a from t where (a,b)", "drop table t; create table t(a int, b int, d date, c int)"],
  ["select a.foo", "create table a(foo int, k int); create table b(bar int, k int)"],
  ["update sales set qty", "create table if not exists stage(salesid int, listid int, qty smallint)"],
  [
    "insert into sales (select",
    "drop table sales cascade; create table sales(salesid int, listid int, qty smallint)",
  ],
  ["create user u1", "create group g"],
  ["create group g with", "drop group g"],
  ["alter default privileges in schema s1", "create schema if not exists s1"],
  ["declare c1", "begin"],
  ["prepare ps", "rollback"],
];

/**
 * What Redshift refuses here too, or this version does by name; everything else runs. Bucket names have at least
 * three characters, so `s3://b` is nobody's: COPY's and UNLOAD's XX000 is Redshift's own.
 */
const refusals: readonly (readonly [statement: string, sqlState: string])[] = [
  ["create table if not exists public.ev", "0A000"],
  ["create external schema kin", "0A000"],
  ["create external table spectrum.out", "XX000 S3ServiceException"],
  ["copy sales from 's3://b/p' iam_role default csv gzip", "XX000 S3ServiceException"],
  ["copy sales (listid, qty)", "XX000 S3ServiceException"],
  ["copy sales from 's3://b/m.manifest'", "XX000 Problem reading manifest file"],
  ["copy sales from 's3://b/p' iam_role 'arn:aws:iam::1:role/r'", "XX000 Invalid IAM role ARN"],
  ["copy sales from 's3://b/p' iam_role default fixedwidth", "0A000"],
  ["copy sales from 'dynamodb", "0A000"],
  ["copy sales from 's3://b/p' iam_role default noload", "XX000 S3ServiceException"],
  ["copy sales from 's3://b/' iam_role default csv job", "0A000"],
  ["unload ('select * from sales", "0A000"],
  ["unload ('select 1')", "0A000"],
  ["unload ($$select", "XX000 S3ServiceException"],
  ["select hll(x)", "0A000"],
  // slice_num() is a row's.
  ["select current_database()", "0A000"],
  ["select * from db2.public.sales", "42P01"],
  ["select distinct on", "0A000"],
  ["create or replace procedure", "0A000"],
  ["call p", "0A000"],
  ["create function f_py", "0A000"],
  ["create external function", "0A000"],
  ["create or replace library", "0A000"],
  ["create model", "0A000"],
  ["grant usage on datashare", "0A000"],
  ["create rls policy", "0A000"],
  ["attach masking policy", "0A000"],
  ["create datashare", "0A000"],
  ["show tables from schema db1", "3D000"],
  ["show columns from table db1", "3D000"],
  ["cancel 1234", "42704"],
  // It is a column of SVL_QLOG.
  ["select query, substring", "42703"],
  // Functions of FROM.
  ["select has_table_privilege", "42883"],
];

async function readCorpus(): Promise<readonly string[]> {
  const blocks = (await readFile(file, "utf8")).split(/^--@ /m).slice(1);
  return blocks.map((block) => block.slice(block.indexOf("\n") + 1).trim());
}

it("all statements of the corpus run, or are refused by name", async () => {
  const statements = await readCorpus();
  const millrace = await MillraceProcess.start({ flags: { "redshift-port": "0" } });
  const client = new pg.Client({
    ...{ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev", password: "x" },
  });
  try {
    await client.connect();
    const answers: (readonly [string, string])[] = [];
    for (const statement of statements) {
      const [, ...scripts] = preparations.find(([start]) => statement.startsWith(start)) ?? [];
      for (const script of scripts) for (const part of script.split(";")) await client.query(part);
      answers.push([statement.slice(0, 100), await outcome(client, statement)]);
    }
    const expected = statements.map((statement) => {
      const [, sqlState] = refusals.find(([start]) => statement.startsWith(start)) ?? [];
      return [statement.slice(0, 100), sqlState ?? "runs"];
    });
    expect(answers).toEqual(expected);
  } finally {
    await client.end().catch(() => undefined);
    await millrace.dispose();
  }
}, 120_000);

async function outcome(client: pg.Client, statement: string): Promise<string> {
  try {
    await client.query(statement);
    return "runs";
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const { code = "", message } = error;
    return code === "XX000" ? `${code} ${/^[^:-]*(?<! )/.exec(message)?.[0]}` : code;
  }
}
