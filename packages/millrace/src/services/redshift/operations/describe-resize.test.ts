import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterIdentifier: "sales" };

it("shows the resize that is under way, and the last one", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  expect(await codeOf(redshift.run("DescribeResize", input))).toBe("ResizeNotFoundFault");
  expect(await codeOf(redshift.run("DescribeResize", { ClusterIdentifier: "none" }))).toBe(
    "ClusterNotFoundFault",
  );
  await redshift.run("ResizeCluster", {
    ...input,
    ClusterType: "multi-node",
    NumberOfNodes: 2,
    Classic: true,
  });
  expect(await redshift.run("DescribeResize", input)).toMatchObject({
    Status: "IN_PROGRESS",
    ResizeType: "ClassicResize",
    TargetNodeType: "ra3.xlplus",
    TargetNumberOfNodes: 2,
    TargetClusterType: "multi-node",
    TotalResizeDataInMegaBytes: 3,
    ProgressInMegaBytes: 0,
    TargetEncryptionType: "NONE",
  });
  await redshift.settle();
  expect(await redshift.run("DescribeResize", input)).toMatchObject({
    Status: "SUCCEEDED",
    ProgressInMegaBytes: 3,
    DataTransferProgressPercent: 100,
  });
});
