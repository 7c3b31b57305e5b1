import { expect, it } from "vitest";
import { arnOf, codeOf, TestRedshift } from "../test-redshift.ts";

it("all kinds of resources have tags", async () => {
  await using redshift = await TestRedshift.start();
  const Description = "d";
  await redshift.create("sales", { Tags: [{ Key: "team", Value: "a" }] });
  await redshift.run("CreateClusterSecurityGroup", { ClusterSecurityGroupName: "office", Description });
  await redshift.run("CreateClusterSubnetGroup", {
    ClusterSubnetGroupName: "net",
    Description,
    SubnetIds: ["subnet-1"],
  });
  await redshift.run("CreateClusterParameterGroup", {
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-1.0",
    Description,
  });
  const names = [
    "cluster:sales",
    "parametergroup:fast",
    "securitygroup:default",
    "securitygroup:office",
    "subnetgroup:net",
  ];
  for (const name of names)
    await redshift.run("CreateTags", { ResourceName: arnOf(name), Tags: [{ Key: "env", Value: "x" }] });
  await redshift.crash();
  const { TaggedResources } = await redshift.run("DescribeTags", { TagKeys: ["env"] });
  expect(TaggedResources?.map(({ ResourceName }) => ResourceName)).toEqual(names.map(arnOf));
  expect((await redshift.describe()).Tags).toEqual([
    { Key: "env", Value: "x" },
    { Key: "team", Value: "a" },
  ]);
});

it("tags are given while a cluster is at work, and stay", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  await redshift.run("RebootCluster", { ClusterIdentifier: "sales" });
  const tag = { ResourceName: arnOf("cluster:sales"), Tags: [{ Key: "a", Value: "b" }] };
  await redshift.run("CreateTags", tag);
  await redshift.settle();
  expect(await redshift.describe()).toMatchObject({ ClusterStatus: "available", Tags: tag.Tags });
});

it("what is not there, what is another's and what is no tag is refused", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const code = (ResourceName: string, Tags = [{ Key: "a", Value: "b" }]): Promise<string> =>
    codeOf(redshift.run("CreateTags", { ResourceName, Tags }));
  for (const arn of [
    "sales",
    arnOf("cluster:none"),
    arnOf("cluster:sales:x"),
    arnOf("bucket:sales"),
    "arn:aws:redshift:us-east-1:111111111111:cluster:sales",
    "arn:aws:redshift:eu-west-1:000000000000:cluster:sales",
  ])
    expect(await code(arn)).toBe("ResourceNotFoundFault");
  expect(await code(arnOf("parametergroup:default.redshift-1.0"))).toBe("InvalidTagFault");
  const sales = arnOf("cluster:sales");
  expect(await code(sales, [{ Key: "AWS:x", Value: "" }])).toBe("InvalidTagFault");
  expect(await code(sales, [{ Key: "", Value: "" }])).toBe("InvalidTagFault");
  expect(await code(sales, [{ Key: "k".repeat(129), Value: "" }])).toBe("InvalidTagFault");
  expect(await code(sales, [{ Key: "k", Value: "v".repeat(257) }])).toBe("InvalidTagFault");
  const twice = { Key: "k", Value: "v" };
  expect(await code(sales, [twice, twice])).toBe("InvalidTagFault");
  const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
  expect(await code(sales, many)).toBe("TagLimitExceededFault");
  expect((await redshift.describe()).Tags).toEqual([]);
  expect(redshift.resources("CreateTags", { ResourceName: sales, Tags: [] })).toEqual([sales]);
});
