import { expect, it } from "vitest";
import { refusalOf, TestRedshift } from "../test-redshift.ts";

const three = { ClusterType: "multi-node", NumberOfNodes: 3 };

it("an elastic resize changes the number of nodes", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", three);
  const { Cluster } = await redshift.run("ResizeCluster", { ClusterIdentifier: "sales", NumberOfNodes: 6 });
  expect(Cluster).toMatchObject({
    ClusterStatus: "resizing",
    NumberOfNodes: 3,
    ResizeInfo: { ResizeType: "ElasticResize", AllowCancelResize: false },
    PendingModifiedValues: { NumberOfNodes: 6 },
  });
  await redshift.crash();
  await redshift.settle();
  expect(await redshift.describe()).toMatchObject({ ClusterStatus: "available", NumberOfNodes: 6 });
  expect(redshift.kernel().slices).toBe(12);
  expect(await redshift.eventIds()).toEqual([
    "REDSHIFT-EVENT-2000",
    "REDSHIFT-EVENT-2006",
    "REDSHIFT-EVENT-3002",
  ]);
});

it("a classic resize leads to and from a single node", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const two = { ClusterIdentifier: "sales", ClusterType: "multi-node", NumberOfNodes: 2, Classic: true };
  await redshift.run("ResizeCluster", two);
  await redshift.settle();
  expect((await redshift.describe()).NumberOfNodes).toBe(2);
  await redshift.run("ResizeCluster", {
    ClusterIdentifier: "sales",
    ClusterType: "single-node",
    Classic: true,
  });
  await redshift.settle();
  expect((await redshift.describe()).NumberOfNodes).toBe(1);
});

it("a resize that fails leaves the cluster as it was", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", three);
  redshift.warehouse.failing = "resize";
  await redshift.run("ResizeCluster", { ClusterIdentifier: "sales", NumberOfNodes: 2 });
  await redshift.settle();
  expect(await redshift.describe()).toMatchObject({ ClusterStatus: "available", NumberOfNodes: 3 });
  const input = { ClusterIdentifier: "sales" };
  expect(await redshift.run("DescribeResize", input)).toMatchObject({
    Status: "FAILED",
    Message: "the disk is full: resize",
  });
  expect(await redshift.eventIds()).toContain("REDSHIFT-EVENT-3500");
});

it.each([
  [{ NumberOfNodes: 7 }, "UnsupportedOptionFault: Elastic resize from 3 nodes"],
  [{ ClusterType: "single-node" }, "UnsupportedOptionFault: Elastic resize"],
  [{ NumberOfNodes: 3 }, "InvalidParameterCombination: The cluster has this node type"],
  [{ NumberOfNodes: 1, ClusterType: "multi-node" }, "InvalidParameterCombination: Number of nodes"],
  [{ NumberOfNodes: 40, Classic: true }, "NumberOfNodesPerClusterLimitExceededFault"],
  [{ NodeType: "x" }, "InvalidParameterValue: Invalid node type: x"],
  [{ ReservedNodeId: "r" }, "NotImplemented: ResizeCluster with reserved nodes"],
  [{ ClusterIdentifier: "none" }, "ClusterNotFoundFault"],
])("%j is refused", async (input, refusal) => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", three);
  expect(await refusalOf(redshift.run("ResizeCluster", { ClusterIdentifier: "sales", ...input }))).toContain(
    refusal,
  );
});
