import { Redshift } from "@aws-sdk/client-redshift";
import { Client } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
let redshift: Redshift;
const cluster = { ClusterIdentifier: "sales" };

beforeEach(async () => {
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "20" } });
  redshift = new Redshift({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  await redshift.createCluster({
    ...cluster,
    NodeType: "ra3.xlplus",
    ClusterType: "multi-node",
    NumberOfNodes: 2,
    DBName: "shop",
    MasterUsername: "admin",
    MasterUserPassword: "Passw0rd",
  });
  await available();
});
afterEach(async () => {
  redshift.destroy();
  await millrace.dispose();
});

async function available(): Promise<void> {
  const status = async (): Promise<string | undefined> =>
    (await redshift.describeClusters(cluster)).Clusters?.[0]?.ClusterStatus;
  await expect.poll(status, { timeout: 20_000, interval: 20 }).toBe("available");
}

/** The rows of each statement. */
async function ask(...statements: readonly string[]): Promise<unknown[][][]> {
  const client = new Client({
    ...{ host: "127.0.0.1", port: millrace.sqlPort, options: "-c cluster=sales" },
    ...{ user: "admin", password: "Passw0rd", database: "shop", ssl: { rejectUnauthorized: false } },
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const answers: unknown[][][] = [];
    for (const text of statements) answers.push((await client.query({ text, rowMode: "array" })).rows);
    return answers;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function plan(query: string): Promise<string> {
  const [lines = []] = await ask(`explain ${query}`);
  return lines.join("\n");
}

it("distribution, VACUUM and ANALYZE through a driver, over a resize and kill -9", async () => {
  await ask(
    "create table orders(id int distkey, day date) sortkey(day)",
    "create table items(order_id int distkey, price decimal(8,2))",
    "insert into orders select g, '2024-01-01'::date + (g % 300)::int from generate_series(1, 9000) as s(g)",
    "insert into items select g % 9000, 2.5 from generate_series(1, 20000) as s(g)",
    "delete from orders where id % 3 = 0",
    "insert into orders values (1, '2023-01-01')",
  );
  const join = "select count(*) from items join orders on order_id = id";
  expect(await plan(join)).toMatch(/Hash Join DS_DIST_NONE[\s\S]*Tables missing statistics: /);
  const [, , shown, history] = await ask(
    "vacuum orders to 100 percent",
    "analyze",
    `select "table", diststyle, unsorted, stats_off from svv_table_info order by 1`,
    "select status, rows_before_vacuum, reclaimed_rows from sys_vacuum_history",
  );
  expect(shown).toEqual([
    ["items", "KEY(order_id)", null, "0.00"],
    ["orders", "KEY(id)", "0.00", "0.00"],
  ]);
  expect(String(history?.[0]?.[0]).trim()).toBe("Complete");
  expect(history?.[0]?.slice(1)).toEqual(["9001", "3000"]);
  expect(await plan(join)).not.toContain("missing statistics");
  const [before, slices] = await ask(join, "select count(*) from stv_slices");
  expect(slices).toEqual([["4"]]);
  await redshift.resizeCluster({ ...cluster, NumberOfNodes: 4 });
  await available();
  await millrace.kill();
  await millrace.start();
  await available();
  const [after, more, used, first] = await ask(
    join,
    "select count(*) from stv_slices",
    "select count(distinct slice_num()) from orders",
    "select min(day) from orders",
  );
  expect(after).toEqual(before);
  expect([more, used]).toEqual([[["8"]], [["8"]]]);
  expect(first).toHaveLength(1);
  await expect(ask("begin", "vacuum orders")).rejects.toThrow("VACUUM cannot run inside a transaction block");
});
