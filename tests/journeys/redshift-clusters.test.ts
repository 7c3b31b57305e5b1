import { Redshift } from "@aws-sdk/client-redshift";
import { Client, type ClientConfig } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
let redshift: Redshift;
const input = { ClusterIdentifier: "sales" };
const admin = { user: "admin", password: "Passw0rd", database: "shop" };

beforeEach(async () => {
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "20" } });
  redshift = new Redshift({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  redshift.destroy();
  await millrace.dispose();
});

const status = async (): Promise<string | undefined> =>
  (await redshift.describeClusters(input)).Clusters?.[0]?.ClusterStatus;

async function until(wanted: string): Promise<void> {
  await expect.poll(status, { timeout: 20_000, interval: 20 }).toBe(wanted);
}

async function create(): Promise<void> {
  await redshift.createCluster({
    ...input,
    NodeType: "ra3.xlplus",
    ClusterType: "multi-node",
    NumberOfNodes: 2,
    DBName: "shop",
    MasterUsername: "admin",
    MasterUserPassword: "Passw0rd",
  });
}

/** The rows of a query, or the message of what was refused. */
async function ask(config: ClientConfig, text: string): Promise<unknown> {
  const client = new Client({
    host: "127.0.0.1",
    port: millrace.sqlPort,
    options: "-c cluster=sales",
    // New clusters require TLS, as on AWS.
    ssl: { rejectUnauthorized: false },
    ...config,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query({ text, rowMode: "array" })).rows;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

it("a cluster keeps its state and its data through kill -9, pauses and resizes", async () => {
  await create();
  await millrace.kill();
  await millrace.start();
  await until("available");
  expect(await ask(admin, "create table t (a int)")).toEqual([]);
  expect(await ask(admin, "insert into t values (1), (2), (3)")).toEqual([]);
  await redshift.pauseCluster(input);
  await millrace.kill();
  await millrace.start();
  await until("paused");
  expect(await ask(admin, "select 1")).toContain("paused");
  await redshift.resumeCluster(input);
  await until("available");
  await redshift.resizeCluster({ ...input, NumberOfNodes: 4 });
  await millrace.kill();
  await millrace.start();
  await until("available");
  expect((await redshift.describeClusters(input)).Clusters?.[0]?.NumberOfNodes).toBe(4);
  expect(await ask(admin, "select sum(a) from t")).toEqual([["6"]]);
});

it("security groups, passwords and temporary credentials decide who comes in", async () => {
  const group = { ClusterSecurityGroupName: "office" };
  await redshift.createClusterSecurityGroup({ ...group, Description: "d" });
  await create();
  await until("available");
  expect(await ask({ ...admin, password: "wrong" }, "select 1")).toContain("authentication failed");
  const given = await redshift.getClusterCredentials({ ...input, DbUser: "anna", AutoCreate: true });
  const anna = { user: given.DbUser ?? "", password: given.DbPassword ?? "", database: "shop" };
  expect(await ask(anna, "select current_user")).toEqual([["anna"]]);
  const identity = await redshift.getClusterCredentialsWithIAM(input);
  const root = { user: identity.DbUser ?? "", password: identity.DbPassword ?? "", database: "shop" };
  expect(await ask(root, "select current_user")).toEqual([["IAM:root"]]);
  await redshift.modifyCluster({ ...input, MasterUserPassword: "Another1" });
  expect(await ask(admin, "select 1")).toContain("authentication failed");
  const changed = { ...admin, password: "Another1" };
  expect(await ask(changed, "select 1")).toEqual([[1]]);
  await redshift.modifyCluster({ ...input, ClusterSecurityGroups: ["office"] });
  await until("available");
  expect(await ask(changed, "select 1")).toContain("security groups");
  await redshift.authorizeClusterSecurityGroupIngress({ ...group, CIDRIP: "127.0.0.0/8" });
  expect(await ask(changed, "select 1")).toEqual([[1]]);
});

it("parameters of the group are what sessions begin with, after a reboot", async () => {
  await redshift.createClusterParameterGroup({
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-2.0",
    Description: "d",
  });
  await create();
  await until("available");
  expect(await ask({ ...admin, ssl: false }, "select 1")).toContain("SSL off");
  await redshift.modifyClusterParameterGroup({
    ParameterGroupName: "fast",
    Parameters: [
      { ParameterName: "statement_timeout", ParameterValue: "12000" },
      { ParameterName: "require_ssl", ParameterValue: "false" },
    ],
  });
  await redshift.modifyCluster({ ...input, ClusterParameterGroupName: "fast" });
  await until("available");
  expect(await ask(admin, "show statement_timeout")).toEqual([["0"]]);
  await redshift.rebootCluster(input);
  await until("available");
  expect(await ask({ ...admin, ssl: false }, "show statement_timeout")).toEqual([["12000"]]);
});

it("the cluster that is there from the beginning is described and can be changed", async () => {
  const { Clusters } = await redshift.describeClusters({});
  expect(Clusters?.map(({ ClusterIdentifier }) => ClusterIdentifier)).toEqual(["millrace"]);
  expect(Clusters?.[0]?.Endpoint?.Port).toBe(millrace.sqlPort);
  const arn = "arn:aws:redshift:us-east-1:000000000000:cluster:millrace";
  await redshift.createTags({ ResourceName: arn, Tags: [{ Key: "a", Value: "b" }] });
  await millrace.kill();
  await millrace.start();
  const again = await redshift.describeClusters({ ClusterIdentifier: "millrace" });
  expect(again.Clusters?.[0]?.Tags).toEqual([{ Key: "a", Value: "b" }]);
});
