import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("subnets are replaced, the description is if one is given", async () => {
  await using redshift = await TestRedshift.start();
  const input = { ClusterSubnetGroupName: "net", SubnetIds: ["subnet-9"] };
  expect(await codeOf(redshift.run("ModifyClusterSubnetGroup", input))).toBe(
    "ClusterSubnetGroupNotFoundFault",
  );
  await redshift.run("CreateClusterSubnetGroup", { ...input, Description: "d", SubnetIds: ["subnet-1"] });
  await redshift.run("ModifyClusterSubnetGroup", input);
  const { ClusterSubnetGroups } = await redshift.run("DescribeClusterSubnetGroups", {});
  expect(ClusterSubnetGroups).toMatchObject([
    { Description: "d", Subnets: [{ SubnetIdentifier: "subnet-9" }] },
  ]);
  const bad = { ...input, SubnetIds: ["x"] };
  expect(await codeOf(redshift.run("ModifyClusterSubnetGroup", bad))).toBe("InvalidSubnet");
});
