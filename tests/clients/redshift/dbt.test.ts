import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { mustRun } from "../../fixtures/run-command.ts";
import { virtualEnvironment } from "../python/virtual-environment.ts";

let millrace: MillraceProcess;
let program: string;
let project: string;
let client: Client;

beforeAll(async () => {
  const { python } = await virtualEnvironment("../redshift/requirements.txt");
  program = join(dirname(python), "dbt");
  project = await mkdtemp(join(tmpdir(), "millrace-dbt-"));
  await cp(join(import.meta.dirname, "dbt"), project, { recursive: true });
  await rename(join(project, "project.yml"), join(project, "dbt_project.yml"));
  millrace = await MillraceProcess.start();
  client = new Client({ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev" });
  await client.connect();
  await client.query("create user reader password 'Passw0rd'");
});
afterAll(async () => {
  await client?.end();
  await millrace?.dispose();
  if (project !== undefined) await rm(project, { recursive: true, force: true });
});

async function dbt(...words: readonly string[]): Promise<void> {
  const [first = "", ...rest] = words;
  await mustRun([program, "--no-use-colors", first, ...rest], {
    cwd: project,
    environment: {
      SQL_PORT: String(millrace.sqlPort),
      DBT_PROFILES_DIR: project,
      DBT_SEND_ANONYMOUS_USAGE_STATS: "false",
    },
  });
}

async function rows(query: string): Promise<readonly string[]> {
  const answer = await client.query<unknown[]>({ text: query, rowMode: "array" });
  return answer.rows.map((row) => row.map(String).join(" "));
}

/** Each batch of the microbatch model is a day. */
const days = ["--event-time-start", "2024-01-01", "--event-time-end", "2024-01-04"];

it("dbt seeds, builds, tests and snapshots a project", async () => {
  await dbt("build", ...days);
  expect(await rows("select id, customer, amount, paid from shop.orders order by 1")).toEqual([
    "1 ann 10.50 true",
    "2 bob 3.25 false",
    "3 ann 7.00 true",
  ]);
  expect(await rows("select customer, orders, total from shop.customers order by 1")).toEqual([
    "ann 2 17.50",
    "bob 1 3.25",
  ]);
  expect(await rows("select id, next_day, days, greeting, part, last_day from shop.paid order by 1")).toEqual(
    await rows(
      "select 1, '2024-01-02'::timestamp, 31, 'ann!', 'a', '2024-01-31'::date union all select 3, '2024-01-04'::timestamp, 29, 'ann!', 'a', '2024-01-31'::date order by 1",
    ),
  );
  expect(await rows("select count(*) from shop.batched")).toEqual(["3"]);
  expect(
    await rows(
      "select has_table_privilege('reader', 'shop.orders', 'select'), has_table_privilege('reader', 'shop.customers', 'select')",
    ),
  ).toEqual(["true false"]);
});

it("dbt builds again: under bound views, incrementally, with changed seeds", async () => {
  const seed = join(project, "seeds/placed.csv");
  const text = await readFile(seed, "utf8");
  await writeFile(seed, text.replace("2,bob,3.25,2024-01-02,false", "2,bob,4.25,2024-01-02,true"));
  await dbt("build", ...days);
  expect(await rows("select customer, total from shop.customers order by 1")).toEqual([
    "ann 17.50",
    "bob 4.25",
  ]);
  expect(await rows("select customer from shop.late order by 1")).toEqual(["ann", "ann", "bob"]);
  expect(await rows("select id, amount from shop.merged order by 1")).toEqual([
    "1 11.50",
    "2 4.25",
    "3 7.00",
  ]);
  expect(await rows("select id, amount from shop.replaced order by 1")).toEqual([
    "1 21.00",
    "2 8.50",
    "3 14.00",
  ]);
  expect(await rows("select id, amount from shop.appended order by 1, 2")).toEqual([
    ...["1 10.50", "1 null", "2 4.25", "2 null", "3 7.00", "3 null"],
  ]);
  expect(await rows("select count(*) from shop.batched")).toEqual(["3"]);
  expect(await rows("select customer, total from shop.kept order by 1")).toEqual(["ann 17.50", "bob 4.25"]);
  expect(
    await rows("select id, amount, dbt_valid_to is null from shop.orders_history order by 1, dbt_valid_from"),
  ).toEqual(["1 10.5 true", "2 3.25 false", "2 4.25 true", "3 7 true"]);
});

it("dbt describes what is there", async () => {
  await dbt("docs", "generate");
  const catalog: unknown = JSON.parse(await readFile(join(project, "target/catalog.json"), "utf8"));
  expect(catalog).toMatchObject({
    errors: null,
    nodes: {
      "model.shop.orders": {
        metadata: { type: "BASE TABLE", owner: "awsuser", comment: "Orders of the shop's customers." },
        columns: {
          id: { type: "integer", comment: "Its number." },
          customer: { type: "character varying(256)", comment: "Who; it's short." },
          amount: { type: "numeric(12,2)" },
        },
        stats: { diststyle: { value: "KEY(id)" }, sortkey1: { value: "placed_at" }, rows: { value: 3 } },
      },
      "model.shop.customers": { metadata: { type: "VIEW" } },
      "model.shop.late": { metadata: { type: "LATE BINDING VIEW" } },
      "model.shop.kept": { metadata: { type: "MATERIALIZED VIEW" } },
      "seed.shop.placed": { columns: { amount: { type: "double precision" } } },
    },
  });
});

it("dbt makes incremental models and materialized views anew", async () => {
  await dbt("run", "--full-refresh", "--select", "merged", "appended", "kept", "late");
  expect(await rows("select id, amount from shop.merged order by 1")).toEqual([
    "1 10.50",
    "2 4.25",
    "3 7.00",
  ]);
  expect(await rows("select count(*) from shop.appended")).toEqual(["3"]);
});
