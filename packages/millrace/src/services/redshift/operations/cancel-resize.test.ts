import { expect, it } from "vitest";
import { codeOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };
const classic = { ...input, ClusterType: "multi-node", NumberOfNodes: 2, Classic: true };

it("calls off a classic resize that has not begun to move rows", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("ResizeCluster", classic);
  expect(await redshift.run("CancelResize", input)).toMatchObject({ Status: "CANCELLING" });
  expect(await redshift.status()).toBe("available");
  await redshift.settle();
  expect((await redshift.describe()).NumberOfNodes).toBe(1);
  expect(redshift.kernel().shape.nodes).toBe(1);
  expect(await redshift.run("DescribeResize", input)).toMatchObject({ Status: "NONE" });
});

it("refuses once the kernel is at work", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("ResizeCluster", classic);
  redshift.warehouse.held = "resize";
  redshift.clock.advance(500);
  while (!redshift.warehouse.calls.includes("resize sales")) await new Promise(setImmediate);
  expect((await redshift.describe()).ResizeInfo?.AllowCancelResize).toBe(false);
  expect(await refusalOf(redshift.run("CancelResize", input))).toContain("can no longer be cancelled");
  redshift.warehouse.release();
  await redshift.settle();
  expect((await redshift.describe()).NumberOfNodes).toBe(2);
});

it("refuses an elastic one, and where there is none", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", { ClusterType: "multi-node", NumberOfNodes: 2 });
  expect(await codeOf(redshift.run("CancelResize", input))).toBe("ResizeNotFoundFault");
  await redshift.run("ResizeCluster", { ...input, NumberOfNodes: 3 });
  expect(await codeOf(redshift.run("CancelResize", input))).toBe("InvalidClusterStateFault");
  expect(await codeOf(redshift.run("CancelResize", { ClusterIdentifier: "none" }))).toBe(
    "ClusterNotFoundFault",
  );
});
