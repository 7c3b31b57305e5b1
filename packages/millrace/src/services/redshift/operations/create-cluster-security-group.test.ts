import { expect, it } from "vitest";
import { arnOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterSecurityGroupName: "Office", Description: "the office" };

it("a group without ranges", async () => {
  await using redshift = await TestRedshift.start();
  const given = { ...input, Tags: [{ Key: "team", Value: "a" }] };
  const { ClusterSecurityGroup } = await redshift.run("CreateClusterSecurityGroup", given);
  expect(ClusterSecurityGroup).toEqual({
    ClusterSecurityGroupName: "office",
    Description: "the office",
    EC2SecurityGroups: [],
    IPRanges: [],
    Tags: [{ Key: "team", Value: "a" }],
  });
  const arn = arnOf("securitygroup:office");
  expect(redshift.permissions("CreateClusterSecurityGroup", given)).toMatchObject([
    { action: "redshift:CreateClusterSecurityGroup", resources: [arn] },
    { action: "redshift:CreateTags", resources: [arn] },
  ]);
});

it("names are taken once, and there are so many", async () => {
  await using redshift = await TestRedshift.start();
  const create = (ClusterSecurityGroupName: string): Promise<unknown> =>
    redshift.run("CreateClusterSecurityGroup", { ...input, ClusterSecurityGroupName });
  await create("Office");
  expect(await refusalOf(create("office"))).toContain("ClusterSecurityGroupAlreadyExistsFault");
  expect(await refusalOf(create("default"))).toContain("InvalidParameterValue");
  expect(await refusalOf(create("a b"))).toContain("InvalidParameterValue");
  const blank = { ...input, Description: "" };
  expect(await refusalOf(redshift.run("CreateClusterSecurityGroup", blank))).toContain("Description");
  for (let index = 1; index < 20; index++) await create(`g${index}`);
  expect(await refusalOf(create("more"))).toContain("ClusterSecurityGroupQuotaExceededFault");
});
