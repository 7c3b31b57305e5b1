import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { makeObjects, psqlScreen, toolQueryRows } from "./psql.ts";

let millrace: MillraceProcess;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  await makeObjects(millrace.sqlPort);
});
afterAll(() => millrace.dispose());

/** Lines without the blanks at their ends; versions of psql differ in the letters of headings. */
async function screen(command: string): Promise<string[]> {
  const printed = await psqlScreen(millrace.sqlPort, command);
  return printed
    .toLowerCase()
    .split("\n")
    .map((line) => line.trim().replaceAll(/ +/g, " "))
    .filter((line) => line !== "");
}

it.each([
  ["\\dn", ["public | rdsdb", "sales | awsuser", "(2 rows)"]],
  ["\\dt", ["public | orders | table | awsuser", "(1 row)"]],
  ["\\dt sales.*", ["sales | users | table | awsuser", "(1 row)"]],
  ["\\dv", ["public | late | view | awsuser", "public | rich | view | awsuser", "(2 rows)"]],
  [
    "\\d orders",
    [
      "id | bigint | | not null |",
      "user_id | integer | | |",
      "amount | numeric(12,2) | | |",
      "at | timestamp without time zone | | |",
    ],
  ],
  ["\\df", ["public | plus_one | integer | integer | func", "(1 row)"]],
  ["\\du awsuser", ["awsuser | superuser, create role, create db | {}"]],
  ["\\d rich", ["name | character varying(30) | | |"]],
])("psql's %s", async (command, expected) => {
  const lines = await screen(command);
  const rule = lines.findIndex((line) => line.startsWith("---"));
  expect(lines.slice(rule + 1)).toEqual(expected);
});

it("psql shows identity columns, defaults and keys of a table", async () => {
  const lines = await screen("\\d sales.users");
  expect(lines).toContain("indexes:");
  expect(lines).toContain('"users_pkey" primary key, btree (id)');
  expect(lines.find((line) => line.startsWith("country |"))).toContain("'ch'");
  expect(lines.find((line) => line.startsWith("id |"))).toMatch(/"identity"\(\d+, 0, '1,1'::text\)$/);
});

it("psql lists the database with its owner and encoding", async () => {
  expect((await screen("\\l")).find((line) => line.startsWith("dev |"))).toContain("utf8");
});

it("dbt's catalog queries and those of monitoring scripts give rows", async () => {
  // Columns of relations, of the late-binding view, tables, links of views, relations, grants, running statements,
  // ended ones, slices, rows by table, a transaction and its locks, users, privileges, columns, ...
  expect(await toolQueryRows(millrace.sqlPort)).toEqual([
    ...[4, 4, 2, 1, 4, 0, 1, 2, 4, 2, 1, 2, 1],
    ...[4, 1, 4, 1, 2, 3, 2, 1],
  ]);
});
