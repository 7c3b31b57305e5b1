import { expect, it } from "vitest";
import { codeOf, keyOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };
const key = keyOf("sales");
const two = { ClusterType: "multi-node", NumberOfNodes: 2 };

/** The kernel has done its part when the process dies; only the document does not say so yet. */
it.each([1, 2, 3])("work that the kernel did before crash %i is not done twice", async (crashes) => {
  await using redshift = await TestRedshift.start();
  const { warehouse } = redshift;
  const died = async (): Promise<void> => {
    for (let crash = 0; crash < crashes; crash++) await redshift.crash();
    warehouse.calls.length = 0;
    await redshift.settle();
  };
  await redshift.create("sales", two);
  await redshift.run("PauseCluster", input);
  await warehouse.pause(key);
  await died();
  expect(await redshift.status()).toBe("paused");
  await redshift.run("ResumeCluster", input);
  await warehouse.resume(key);
  await died();
  expect(await redshift.status()).toBe("available");
  await redshift.run("ResizeCluster", { ...input, NumberOfNodes: 4 });
  await warehouse.resize(key, { nodeType: "ra3.xlplus", nodes: 4 });
  await died();
  expect(await redshift.describe()).toMatchObject({ ClusterStatus: "available", NumberOfNodes: 4 });
  expect(warehouse.calls).not.toContain("resize sales");
  await redshift.run("DeleteCluster", { ...input, SkipFinalClusterSnapshot: true });
  await warehouse.remove(key);
  await died();
  expect(await codeOf(redshift.describe())).toBe("ClusterNotFoundFault");
  expect(redshift.logged).toEqual([]);
});

/** Fails each of the kernel's calls once: every state ends all the same. */
it.each(["configure", "pause", "resume", "reboot", "rename", "remove"])(
  "a failure of %s leaves no cluster in between",
  async (call) => {
    await using redshift = await TestRedshift.start();
    const { warehouse } = redshift;
    const settled = async (): Promise<void> => {
      await redshift.settle();
      await redshift.settle(60_000);
    };
    await redshift.create("sales", two);
    warehouse.failing = call;
    await redshift.run("PauseCluster", input);
    await settled();
    expect(await redshift.status()).toBe("paused");
    await redshift.run("ResumeCluster", input);
    await settled();
    await redshift.run("RebootCluster", input);
    await settled();
    await redshift.run("ModifyCluster", { ...input, NewClusterIdentifier: "shop", EnhancedVpcRouting: true });
    await settled();
    expect(await redshift.describe("shop")).toMatchObject({
      ClusterStatus: "available",
      EnhancedVpcRouting: true,
    });
    expect(redshift.kernel("shop").settings.enhancedVpcRouting).toBe(true);
    await redshift.run("DeleteCluster", { ClusterIdentifier: "shop", SkipFinalClusterSnapshot: true });
    await settled();
    expect(redshift.state.clusters.all()).toEqual([]);
    expect(warehouse.list()).toEqual([]);
    expect(warehouse.failing).toBeUndefined();
    expect(redshift.logged).toHaveLength(1);
  },
);
