import { expect, it } from "vitest";
import { arnOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterSubnetGroupName: "Net", Description: "d", SubnetIds: ["subnet-1", "subnet-2"] };

it("a group of subnets in one VPC", async () => {
  await using redshift = await TestRedshift.start();
  const { ClusterSubnetGroup } = await redshift.run("CreateClusterSubnetGroup", input);
  expect(ClusterSubnetGroup).toMatchObject({
    ClusterSubnetGroupName: "net",
    VpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
    SubnetGroupStatus: "Complete",
    Subnets: [{ SubnetIdentifier: "subnet-1", SubnetStatus: "Active" }, { SubnetIdentifier: "subnet-2" }],
  });
  expect(redshift.resources("CreateClusterSubnetGroup", input)).toEqual([arnOf("subnetgroup:net")]);
});

it("names are taken once, subnets must look like some", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterSubnetGroup", input);
  const refusal = (changes: object): Promise<string> =>
    refusalOf(redshift.run("CreateClusterSubnetGroup", { ...input, ...changes }));
  expect(await refusal({})).toContain("ClusterSubnetGroupAlreadyExistsFault");
  const other = { ClusterSubnetGroupName: "other" };
  expect(await refusal({ ...other, SubnetIds: [] })).toContain("InvalidParameterValue");
  expect(await refusal({ ...other, SubnetIds: ["net-1"] })).toContain("InvalidSubnet: Subnet net-1");
  const many = Array.from({ length: 21 }, (_, index) => `subnet-${index}`);
  expect(await refusal({ ...other, SubnetIds: many })).toContain("ClusterSubnetQuotaExceededFault");
  expect(await refusal({ ClusterSubnetGroupName: "Default" })).toContain("InvalidParameterValue");
  expect(await refusal({ ...other, Description: "" })).toContain("InvalidParameterValue");
});
