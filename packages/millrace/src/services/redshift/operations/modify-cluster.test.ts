import { expect, it } from "vitest";
import { keyOf, refusalOf, TestRedshift } from "../test-redshift.ts";

it("a changed option is there when the change has ended", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const { Cluster } = await redshift.run("ModifyCluster", {
    ClusterIdentifier: "sales",
    EnhancedVpcRouting: true,
    PubliclyAccessible: true,
    VpcSecurityGroupIds: ["sg-2"],
  });
  expect(Cluster).toMatchObject({
    ClusterStatus: "modifying",
    EnhancedVpcRouting: false,
    PendingModifiedValues: { EnhancedVpcRouting: true, PubliclyAccessible: true },
  });
  expect(redshift.kernel().settings.enhancedVpcRouting).toBe(false);
  await redshift.crash();
  await redshift.settle();
  expect(await redshift.describe()).toMatchObject({
    ClusterStatus: "available",
    EnhancedVpcRouting: true,
    PubliclyAccessible: true,
    VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-2" }],
    PendingModifiedValues: {},
  });
  expect(redshift.kernel().settings.enhancedVpcRouting).toBe(true);
});

it("a new password is with the kernel at once, and nowhere else", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const answer = await redshift.run("ModifyCluster", {
    ClusterIdentifier: "sales",
    MasterUserPassword: "Another1",
  });
  expect(answer.Cluster?.PendingModifiedValues).toEqual({ MasterUserPassword: "****" });
  expect(answer.Cluster?.ClusterStatus).toBe("available");
  expect(redshift.warehouse.passwordOf(keyOf("sales"))).toBe("Another1");
  expect(JSON.stringify([answer, redshift.state.clusters.all()])).not.toContain("Another1");
  expect(await redshift.eventIds()).toContain("REDSHIFT-EVENT-4000");
});

it("another parameter group waits for a reboot", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("ModifyCluster", {
    ClusterIdentifier: "sales",
    ClusterParameterGroupName: "default.redshift-1.0",
  });
  await redshift.settle();
  expect((await redshift.describe()).ClusterParameterGroups).toMatchObject([
    { ParameterGroupName: "default.redshift-1.0", ParameterApplyStatus: "pending-reboot" },
  ]);
  expect(redshift.kernel().settings.requireTls).toBe(true);
  await redshift.run("RebootCluster", { ClusterIdentifier: "sales" });
  await redshift.settle();
  expect((await redshift.describe()).ClusterParameterGroups).toMatchObject([
    { ParameterApplyStatus: "in-sync" },
  ]);
  expect(redshift.kernel().settings.requireTls).toBe(false);
});

it("a cluster is renamed, with all that it has, also across a crash", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", { Tags: [{ Key: "team", Value: "a" }] });
  const before = await redshift.describe();
  const input = { ClusterIdentifier: "sales", NewClusterIdentifier: "Shop" };
  const { Cluster } = await redshift.run("ModifyCluster", input);
  expect(Cluster).toMatchObject({
    ClusterStatus: "renaming",
    PendingModifiedValues: { ClusterIdentifier: "shop" },
  });
  await redshift.create("other");
  expect(await redshift.status("shop")).toBe("available");
  expect(await redshift.describe("shop")).toMatchObject({
    ClusterNamespaceArn: before.ClusterNamespaceArn,
    Tags: [{ Key: "team", Value: "a" }],
  });
  expect(await refusalOf(redshift.describe("sales"))).toContain(
    "ClusterNotFoundFault: Cluster sales not found.",
  );
  expect(
    redshift.warehouse
      .list()
      .map(({ key }) => key.identifier)
      .sort(),
  ).toEqual(["other", "shop"]);
});

it("a rename that the kernel has made before a crash is finished", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("ModifyCluster", { ClusterIdentifier: "sales", NewClusterIdentifier: "shop" });
  await redshift.warehouse.rename(keyOf("sales"), "shop");
  await redshift.crash();
  expect(redshift.state.clusters.all()).toHaveLength(1);
  await redshift.settle();
  expect(await redshift.status("shop")).toBe("available");
});

it("another shape is a classic resize", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const { Cluster } = await redshift.run("ModifyCluster", {
    ClusterIdentifier: "sales",
    ClusterType: "multi-node",
    NodeType: "dc2.large",
    NumberOfNodes: 4,
  });
  expect(Cluster).toMatchObject({
    ClusterStatus: "resizing",
    ResizeInfo: { ResizeType: "ClassicResize", AllowCancelResize: true },
    PendingModifiedValues: { NodeType: "dc2.large", NumberOfNodes: 4, ClusterType: "multi-node" },
  });
  await redshift.settle();
  expect(await redshift.describe()).toMatchObject({ NodeType: "dc2.large", NumberOfNodes: 4 });
  expect(redshift.kernel()).toMatchObject({ slices: 8 });
});

it("a call that changes nothing leaves the cluster available", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const same = { ClusterIdentifier: "sales", NodeType: "ra3.xlplus", ClusterType: "single-node" };
  const { Cluster } = await redshift.run("ModifyCluster", same);
  expect(Cluster?.ClusterStatus).toBe("available");
});

it.each([
  [{ ClusterIdentifier: "none" }, "ClusterNotFoundFault"],
  [{ NewClusterIdentifier: "other" }, "ClusterAlreadyExistsFault"],
  [{ NewClusterIdentifier: "-x" }, "InvalidParameterValue: The parameter NewClusterIdentifier"],
  [{ MasterUserPassword: "weak" }, "InvalidParameterValue: The parameter MasterUserPassword"],
  [{ ClusterType: "multi-node" }, "InvalidParameterCombination: Number of nodes"],
  [{ NumberOfNodes: 33 }, "NumberOfNodesPerClusterLimitExceededFault"],
  [{ NodeType: "ra3.4xlarge" }, "InvalidParameterCombination: The node type ra3.4xlarge does not"],
  [{ MultiAZ: true }, "InvalidParameterCombination: Multi-AZ"],
  [{ Encrypted: true }, "NotImplemented: Encryption"],
  [{ ClusterParameterGroupName: "none" }, "ClusterParameterGroupNotFoundFault"],
])("%j is refused", async (input, refusal) => {
  await using redshift = await TestRedshift.start();
  await redshift.create("other");
  await redshift.create();
  const given = { ClusterIdentifier: "sales", MasterUserPassword: "Changed12", ...input };
  expect(await refusalOf(redshift.run("ModifyCluster", given))).toContain(refusal);
  expect(redshift.warehouse.passwordOf(keyOf("sales"))).toBe("Passw0rd");
});

it("one change at a time", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const change = { ClusterIdentifier: "sales", PubliclyAccessible: true };
  await redshift.run("ModifyCluster", change);
  expect(await refusalOf(redshift.run("ModifyCluster", change))).toBe(
    "InvalidClusterStateFault: There is an operation running on the Cluster. Please try to modify it at a later time.",
  );
});

it("a change that fails is tried again until it is made", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  redshift.warehouse.failing = "configure";
  await redshift.run("ModifyCluster", { ClusterIdentifier: "sales", EnhancedVpcRouting: true });
  await redshift.settle();
  expect(await redshift.status()).toBe("modifying");
  expect(redshift.logged).toEqual([
    "work on a cluster failed and is tried again: the disk is full: configure",
  ]);
  await redshift.settle(1000);
  expect(await redshift.status()).toBe("available");
});
