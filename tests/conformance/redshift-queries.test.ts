import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TestEngine } from "../../packages/millrace/src/sql/redshift/bind/test-engine.ts";
import { type DatabaseServer, startPostgres } from "../fixtures/database-servers.ts";
import { QueryGenerator } from "./redshift/query-generator.ts";

const seed = Number(process.env["SEED"] ?? 20_240_608);
const queries = Number(process.env["QUERIES"] ?? 1500);

let server: DatabaseServer;
let client: pg.Client;
let engine: TestEngine;

const p =
  "(1, 2, 'x'), (1, 2, 'x'), (2, null, 'yy'), (3, 0, ''), (null, 4, null), (0, 1, 'zz'), (-1, 3, 'Xy')";
const q = "(1, 1, 'x'), (2, 5, null), (4, null, 'yy'), (null, 0, 'xz'), (3, 3, 'zz'), (3, 2, 'y')";

beforeAll(async () => {
  server = await startPostgres();
  client = new pg.Client({ host: "127.0.0.1", ...server, database: "postgres" });
  await client.connect();
  engine = await TestEngine.open();
  await engine.createTable("p", { a: "int", b: "int", s: "varchar(20)" });
  await engine.createTable("q", { a: "int", c: "int", s: "varchar(20)" });
  await client.query(`create temp table p (a int, b int, s varchar(20) collate "C")`);
  await client.query(`create temp table q (a int, c int, s varchar(20) collate "C")`);
  for (const insert of [`insert into p values ${p}`, `insert into q values ${q}`]) {
    await client.query(insert);
    await engine.run(insert);
  }
}, 120_000);

afterAll(async () => {
  engine?.close();
  await client?.end();
  await server?.stop();
});

it(`random queries give the rows that they give in PostgreSQL (seed ${seed})`, async () => {
  const generator = new QueryGenerator(seed);
  const differences: string[] = [];
  let withRows = 0;
  for (let count = 0; count < queries && differences.length < 5; count++) {
    const text = generator.query();
    const theirs = await inPostgres(text);
    const ours = await inMillrace(text);
    if (theirs.length > 0 && !theirs.startsWith("error")) withRows++;
    if (ours !== theirs) differences.push(`${text}\n  ours: ${ours}\n  PostgreSQL: ${theirs}`);
  }
  expect(differences).toEqual([]);
  // Queries that mostly fail or find nothing would prove little.
  expect(withRows).toBeGreaterThan(queries / 2);
}, 300_000);

async function inMillrace(text: string): Promise<string> {
  try {
    return shown(await engine.rows(text));
  } catch (error) {
    return `error ${(error as { readonly sqlState?: string }).sqlState ?? String(error)}`;
  }
}

async function inPostgres(text: string): Promise<string> {
  try {
    const { rows } = await client.query({ text, rowMode: "array" });
    return shown((rows as unknown[][]).map((row) => row.map(textOf)));
  } catch (error) {
    return `error ${(error as { readonly code?: string }).code}: ${String(error)}`;
  }
}

function textOf(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === "boolean" ? (value ? "t" : "f") : String(value);
}

function shown(rows: readonly (readonly (string | null)[])[]): string {
  return rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join("\n");
}
