import { expect, it } from "vitest";
import { codeOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };

it("a paused cluster stays so over a restart and refuses all but resuming and deleting", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  expect((await redshift.run("PauseCluster", input)).Cluster?.ClusterStatus).toBe("pausing");
  await redshift.crash();
  await redshift.settle();
  await redshift.crash();
  expect(await redshift.describe()).toMatchObject({
    ClusterStatus: "paused",
    ClusterAvailabilityStatus: "Paused",
  });
  expect(redshift.kernel().status).toBe("paused");
  expect(await refusalOf(redshift.run("PauseCluster", input))).toBe(
    "InvalidClusterStateFault: You can't pause the cluster sales while its status is paused.",
  );
  expect(await codeOf(redshift.run("RebootCluster", input))).toBe("InvalidClusterStateFault");
  expect(await codeOf(redshift.run("ModifyCluster", { ...input, MultiAZ: false }))).toBe(
    "InvalidClusterStateFault",
  );
  expect(await codeOf(redshift.run("GetClusterCredentials", { ...input, DbUser: "anna" }))).toBe(
    "InvalidClusterStateFault",
  );
  expect(await redshift.eventIds()).toEqual([
    "REDSHIFT-EVENT-2000",
    "REDSHIFT-EVENT-3618",
    "REDSHIFT-EVENT-3619",
  ]);
});

it("there must be a cluster, and nothing under way with it", async () => {
  await using redshift = await TestRedshift.start();
  expect(await codeOf(redshift.run("PauseCluster", input))).toBe("ClusterNotFoundFault");
  await redshift.create();
  await redshift.run("RebootCluster", input);
  expect(await codeOf(redshift.run("PauseCluster", input))).toBe("InvalidClusterStateFault");
});
