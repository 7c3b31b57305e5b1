import { expect, it } from "vitest";
import { codeOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };

it("a paused cluster takes connections again", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("PauseCluster", input);
  expect(await refusalOf(redshift.run("ResumeCluster", input))).toContain("There is an operation running");
  await redshift.settle();
  expect((await redshift.run("ResumeCluster", input)).Cluster?.ClusterStatus).toBe("resuming");
  await redshift.crash();
  await redshift.settle();
  expect(await redshift.status()).toBe("available");
  expect(redshift.kernel().status).toBe("available");
});

it("only a paused one can be resumed", async () => {
  await using redshift = await TestRedshift.start();
  expect(await codeOf(redshift.run("ResumeCluster", input))).toBe("ClusterNotFoundFault");
  await redshift.create();
  expect(await refusalOf(redshift.run("ResumeCluster", input))).toContain(
    "InvalidClusterStateFault: You can only resume a paused cluster",
  );
});
