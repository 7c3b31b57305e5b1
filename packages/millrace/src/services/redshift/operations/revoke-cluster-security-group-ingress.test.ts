import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const group = { ClusterSecurityGroupName: "office" };
const range = { ...group, CIDRIP: "10.0.0.0/8" };

it("the group's clusters admit the range no longer", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSecurityGroup", { ...group, Description: "d" });
  await redshift.run("AuthorizeClusterSecurityGroupIngress", range);
  await redshift.create("sales", { ClusterSecurityGroups: ["office"] });
  expect(redshift.kernel().settings.admittedRanges).toEqual(["10.0.0.0/8"]);
  const { ClusterSecurityGroup } = await redshift.run("RevokeClusterSecurityGroupIngress", range);
  expect(ClusterSecurityGroup?.IPRanges).toEqual([]);
  expect(redshift.kernel().settings.admittedRanges).toEqual([]);
  expect(await codeOf(redshift.run("RevokeClusterSecurityGroupIngress", range))).toBe(
    "AuthorizationNotFoundFault",
  );
  const unknown = { ...range, ClusterSecurityGroupName: "none" };
  expect(await codeOf(redshift.run("RevokeClusterSecurityGroupIngress", unknown))).toBe(
    "ClusterSecurityGroupNotFoundFault",
  );
});
