import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("lists the groups, the default one among them", async () => {
  await using redshift = await TestRedshift.start();
  const Tags = [{ Key: "team", Value: "a" }];
  await redshift.run("CreateClusterSecurityGroup", { ClusterSecurityGroupName: "a", Description: "d", Tags });
  const names = async (input: object = {}): Promise<unknown> => {
    const { ClusterSecurityGroups } = await redshift.run("DescribeClusterSecurityGroups", input);
    return ClusterSecurityGroups?.map(({ ClusterSecurityGroupName }) => ClusterSecurityGroupName);
  };
  expect(await names()).toEqual(["a", "default"]);
  const range = { ClusterSecurityGroupName: "default", CIDRIP: "10.0.0.0/8" };
  await redshift.run("AuthorizeClusterSecurityGroupIngress", range);
  expect(await names()).toEqual(["a", "default"]);
  expect(await names({ ClusterSecurityGroupName: "default" })).toEqual(["default"]);
  expect(await names({ TagKeys: ["team"] })).toEqual(["a"]);
  const unknown = redshift.run("DescribeClusterSecurityGroups", { ClusterSecurityGroupName: "none" });
  expect(await codeOf(unknown)).toBe("ClusterSecurityGroupNotFoundFault");
});
