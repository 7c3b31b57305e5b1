import { expect, it } from "vitest";
import { TestRedshift } from "../test-redshift.ts";

it("lists what clusters can be made of", async () => {
  await using redshift = await TestRedshift.start();
  const { OrderableClusterOptions } = await redshift.run("DescribeOrderableClusterOptions", {});
  expect(OrderableClusterOptions).toHaveLength(9);
  const input = { NodeType: "ra3.4xlarge" };
  expect((await redshift.run("DescribeOrderableClusterOptions", input)).OrderableClusterOptions).toEqual([
    {
      ClusterVersion: "1.0",
      ClusterType: "multi-node",
      NodeType: "ra3.4xlarge",
      AvailabilityZones: [{ Name: "us-east-1a" }, { Name: "us-east-1b" }, { Name: "us-east-1c" }],
    },
  ]);
  const none = await redshift.run("DescribeOrderableClusterOptions", { ClusterVersion: "2.0" });
  expect(none.OrderableClusterOptions).toEqual([]);
});
