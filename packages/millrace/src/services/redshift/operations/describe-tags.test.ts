import { expect, it } from "vitest";
import { arnOf, codeOf, TestRedshift } from "../test-redshift.ts";

it("finds tags by resource, type, key and value", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", {
    Tags: [
      { Key: "team", Value: "a" },
      { Key: "env", Value: "b" },
    ],
  });
  await redshift.run("CreateClusterParameterGroup", {
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-1.0",
    Description: "d",
    Tags: [{ Key: "team", Value: "b" }],
  });
  const found = async (input: object): Promise<unknown> => {
    const { TaggedResources } = await redshift.run("DescribeTags", input);
    return TaggedResources?.map(({ Tag, ResourceType }) => `${ResourceType} ${Tag?.Key}=${Tag?.Value}`);
  };
  expect(await found({})).toEqual(["cluster env=b", "cluster team=a", "parameter group team=b"]);
  expect(await found({ ResourceName: arnOf("cluster:sales") })).toEqual(["cluster env=b", "cluster team=a"]);
  expect(await found({ ResourceType: "Parameter group" })).toEqual(["parameter group team=b"]);
  expect(await found({ TagKeys: ["team"], TagValues: ["b"] })).toEqual(["parameter group team=b"]);
  const code = (input: object): Promise<string> => codeOf(redshift.run("DescribeTags", input));
  const arn = arnOf("cluster:sales");
  expect(await code({ ResourceName: arn, ResourceType: "cluster" })).toBe("InvalidParameterValue");
  expect(await code({ ResourceType: "bucket" })).toBe("InvalidParameterValue");
  expect(await code({ ResourceName: arnOf("cluster:none") })).toBe("ResourceNotFoundFault");
});

it("comes in pages", async () => {
  await using redshift = await TestRedshift.start();
  const Tags = Array.from({ length: 30 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
  await redshift.create("sales", { Tags });
  const first = await redshift.run("DescribeTags", { MaxRecords: 20 });
  const second = await redshift.run("DescribeTags", { MaxRecords: 20, Marker: first.Marker });
  const keys = [...(first.TaggedResources ?? []), ...(second.TaggedResources ?? [])].map(
    ({ Tag }) => Tag?.Key,
  );
  expect(new Set(keys).size).toBe(30);
  expect(second.Marker).toBeUndefined();
});
