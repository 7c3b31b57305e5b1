import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("lists the groups of a region", async () => {
  await using redshift = await TestRedshift.start();
  for (const ClusterSubnetGroupName of ["b", "a"])
    await redshift.run("CreateClusterSubnetGroup", {
      ClusterSubnetGroupName,
      Description: "d",
      SubnetIds: ["subnet-1"],
      Tags: [{ Key: "name", Value: ClusterSubnetGroupName }],
    });
  await redshift.crash();
  const names = async (input: object, call = {}): Promise<unknown> => {
    const { ClusterSubnetGroups } = await redshift.run("DescribeClusterSubnetGroups", input, call);
    return ClusterSubnetGroups?.map(({ ClusterSubnetGroupName }) => ClusterSubnetGroupName);
  };
  expect(await names({})).toEqual(["a", "b"]);
  expect(await names({ TagValues: ["b"] })).toEqual(["b"]);
  expect(await names({ ClusterSubnetGroupName: "A" })).toEqual(["a"]);
  expect(await names({}, { region: "eu-west-1" })).toEqual([]);
  const unknown = redshift.run("DescribeClusterSubnetGroups", { ClusterSubnetGroupName: "none" });
  expect(await codeOf(unknown)).toBe("ClusterSubnetGroupNotFoundFault");
});
