import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { assert } from "../../core/assert.ts";
import { ManualClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type { SqlCluster } from "../../kernels/warehouse/cluster-port.ts";
import { Warehouse } from "../../kernels/warehouse/index.ts";
import { account, keyOf, region, TestRedshift } from "./test-redshift.ts";

/** The kernel itself, whose databases stay closed: who may come in, and when. */
async function withWarehouse(test: (redshift: TestRedshift<Warehouse>) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "millrace-redshift-"));
  const clock = new ManualClock();
  const warehouse = new Warehouse({ dir, durability: "memory", clock, log: silentLogger });
  try {
    await using redshift = await TestRedshift.on(warehouse);
    await test(redshift);
  } finally {
    await warehouse.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function clusterOf({ warehouse }: TestRedshift<Warehouse>, identifier: string): SqlCluster {
  const cluster = warehouse.cluster(keyOf(identifier));
  assert(cluster !== undefined, `there is no ${identifier}`);
  return cluster;
}

it("a cluster lets nobody in while it is created, and then its admin user with the password", async () => {
  await withWarehouse(async (redshift) => {
    await redshift.run("CreateCluster", {
      ClusterIdentifier: "sales",
      NodeType: "ra3.xlplus",
      ClusterType: "single-node",
      MasterUsername: "admin",
      MasterUserPassword: "Passw0rd",
    });
    expect(clusterOf(redshift, "sales").admits("127.0.0.1")).toBe(false);
    await redshift.settle();
    expect(clusterOf(redshift, "sales").admits("127.0.0.1")).toBe(true);
    expect((await clusterOf(redshift, "sales").loginSecret("admin"))?.kind).toBe("password");
    expect(await clusterOf(redshift, "sales").loginSecret("nobody")).toBeUndefined();
  });
});

it("security groups gate its connections", async () => {
  await withWarehouse(async (redshift) => {
    const group = { ClusterSecurityGroupName: "office" };
    await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
    await redshift.create("sales", { ClusterSecurityGroups: ["office"] });
    expect(clusterOf(redshift, "sales").admits("10.1.2.3")).toBe(false);
    const range = { ...group, CIDRIP: "10.0.0.0/8" };
    await redshift.run("AuthorizeClusterSecurityGroupIngress", range);
    expect(clusterOf(redshift, "sales").admits("10.1.2.3")).toBe(true);
    expect(clusterOf(redshift, "sales").admits("::ffff:10.1.2.3")).toBe(true);
    expect(clusterOf(redshift, "sales").admits("11.1.2.3")).toBe(false);
    await redshift.run("RevokeClusterSecurityGroupIngress", range);
    expect(clusterOf(redshift, "sales").admits("10.1.2.3")).toBe(false);
  });
});

it("it is paused, resumed, rebooted, resized, renamed and deleted", async () => {
  await withWarehouse(async (redshift) => {
    const input = { ClusterIdentifier: "sales" };
    await redshift.create("sales", { ClusterType: "multi-node", NumberOfNodes: 2 });
    await redshift.run("PauseCluster", input);
    await redshift.settle();
    expect(clusterOf(redshift, "sales").refusal()).toContain("paused");
    await redshift.run("ResumeCluster", input);
    await redshift.settle();
    expect(clusterOf(redshift, "sales").refusal()).toBeUndefined();
    await redshift.run("RebootCluster", input);
    await redshift.settle();
    await redshift.run("ResizeCluster", { ...input, NumberOfNodes: 4 });
    await redshift.settle();
    expect(redshift.kernel()).toMatchObject({ slices: 8, status: "available" });
    await redshift.run("ModifyCluster", { ...input, NewClusterIdentifier: "shop" });
    await redshift.settle();
    expect(redshift.warehouse.cluster(keyOf("sales"))).toBeUndefined();
    await redshift.run("DeleteCluster", { ClusterIdentifier: "shop", SkipFinalClusterSnapshot: true });
    await redshift.settle();
    expect(redshift.warehouse.list()).toEqual([]);
  });
});

it("temporary credentials let their user in; an IAM identity is never the admin user", async () => {
  await withWarehouse(async (redshift) => {
    await redshift.create("sales", { MasterUsername: "admin" });
    const cluster = clusterOf(redshift, "sales");
    await redshift.run("GetClusterCredentials", {
      ClusterIdentifier: "sales",
      DbUser: "anna",
      AutoCreate: true,
    });
    expect((await cluster.loginSecret("IAMA:anna"))?.kind).toBe("password");
    expect(await cluster.loginSecret("IAM:anna")).toBeUndefined();
    const arn = `arn:aws:iam::${account}:user/admin`;
    const principal = { arn, account, accessKeyId: "k", kind: "user" } as const;
    const given = { ClusterIdentifier: "sales" };
    const { DbUser } = await redshift.run("GetClusterCredentialsWithIAM", given, { principal, region });
    expect(DbUser).toBe("IAM:admin");
    const session = await openSession(cluster, "IAM:admin");
    const rows: unknown[] = [];
    const [statement] = session.parse("select current_user");
    assert(statement !== undefined, "there is a statement");
    const { batches } = await session.execute(await session.prepare(statement, []), []);
    for await (const batch of batches) rows.push(batch.kind === "texts" ? batch.rows : batch.chunk.getRows());
    expect(rows).toEqual([[["IAM:admin"]]]);
    await session.close();
  });
});

function openSession(cluster: SqlCluster, user: string): ReturnType<SqlCluster["openSession"]> {
  return cluster.openSession({
    ...{ user, database: "dev", client: "127.0.0.1:1", applicationName: "test", tls: true },
    settings: new Map(),
    events: { notice: () => {}, parameter: () => {}, terminated: () => {} },
  });
}
