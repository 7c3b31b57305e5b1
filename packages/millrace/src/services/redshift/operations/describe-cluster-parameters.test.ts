import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("shows a group's values and which of them were set", async () => {
  await using redshift = await TestRedshift.start();
  const group = { ParameterGroupName: "fast" };
  await redshift.run("CreateClusterParameterGroup", {
    ...group,
    ParameterGroupFamily: "redshift-1.0",
    Description: "d",
  });
  await redshift.run("ModifyClusterParameterGroup", {
    ...group,
    Parameters: [{ ParameterName: "query_group", ParameterValue: "etl" }],
  });
  const all = await redshift.run("DescribeClusterParameters", group);
  expect(all.Parameters).toHaveLength(13);
  expect(all.Parameters).toContainEqual({
    ParameterName: "extra_float_digits",
    ParameterValue: "0",
    Description: "Sets the number of digits displayed for floating-point values",
    Source: "engine-default",
    DataType: "integer",
    AllowedValues: "-15-2",
    ApplyType: "static",
    IsModifiable: true,
    MinimumEngineVersion: "1.0",
  });
  const { Parameters } = await redshift.run("DescribeClusterParameters", { ...group, Source: "user" });
  expect(Parameters).toMatchObject([{ ParameterName: "query_group", ParameterValue: "etl", Source: "user" }]);
  const untouched = await redshift.run("DescribeClusterParameters", { ...group, Source: "engine-default" });
  expect(untouched.Parameters).toHaveLength(12);
  const wrong = redshift.run("DescribeClusterParameters", { ...group, Source: "system" });
  expect(await codeOf(wrong)).toBe("InvalidParameterValue");
  const unknown = redshift.run("DescribeClusterParameters", { ParameterGroupName: "none" });
  expect(await codeOf(unknown)).toBe("ClusterParameterGroupNotFoundFault");
});
