import { expect, it } from "vitest";
import { codeOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales", SkipFinalClusterSnapshot: true };

it("a cluster goes with its data, also across a crash", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  expect((await redshift.run("DeleteCluster", input)).Cluster?.ClusterStatus).toBe("deleting");
  await redshift.crash();
  expect(await redshift.status()).toBe("deleting");
  await redshift.settle();
  expect(await codeOf(redshift.describe())).toBe("ClusterNotFoundFault");
  expect(redshift.warehouse.list()).toEqual([]);
  expect(await redshift.eventIds()).toContain("REDSHIFT-EVENT-2001");
  await redshift.create();
  expect(await redshift.status()).toBe("available");
});

it("a deletion that failed is tried again", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  redshift.warehouse.failing = "remove";
  await redshift.run("DeleteCluster", input);
  await redshift.settle();
  expect(await redshift.status()).toBe("deleting");
  await redshift.settle(1000);
  expect(await codeOf(redshift.describe())).toBe("ClusterNotFoundFault");
});

it("a paused one can be deleted, one at work cannot", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("PauseCluster", { ClusterIdentifier: "sales" });
  expect(await refusalOf(redshift.run("DeleteCluster", input))).toBe(
    "InvalidClusterStateFault: There is an operation running on the Cluster. Please try to delete it at a later time.",
  );
  await redshift.settle();
  await redshift.run("DeleteCluster", input);
});

it("whether a snapshot is wanted must be said, and none can be had", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const bare = { ClusterIdentifier: "sales" };
  expect(await refusalOf(redshift.run("DeleteCluster", bare))).toContain(
    "InvalidParameterCombination: FinalClusterSnapshotIdentifier is required unless",
  );
  const wanted = { ...bare, FinalClusterSnapshotIdentifier: "last" };
  expect(await codeOf(redshift.run("DeleteCluster", wanted))).toBe("NotImplemented");
  const both = { ...wanted, SkipFinalClusterSnapshot: true };
  expect(await codeOf(redshift.run("DeleteCluster", both))).toBe("InvalidParameterCombination");
  expect(await redshift.status()).toBe("available");
  expect(await codeOf(redshift.run("DeleteCluster", { ...input, ClusterIdentifier: "none" }))).toBe(
    "ClusterNotFoundFault",
  );
});
