import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("lists the groups, the default ones among them", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterParameterGroup", {
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-2.0",
    Description: "d",
    Tags: [{ Key: "team", Value: "a" }],
  });
  const names = async (input: object): Promise<unknown> => {
    const { ParameterGroups } = await redshift.run("DescribeClusterParameterGroups", input);
    return ParameterGroups?.map(({ ParameterGroupName }) => ParameterGroupName);
  };
  expect(await names({})).toEqual(["default.redshift-1.0", "default.redshift-2.0", "fast"]);
  expect(await names({ TagKeys: ["team"] })).toEqual(["fast"]);
  expect(await names({ ParameterGroupName: "default.redshift-2.0" })).toEqual(["default.redshift-2.0"]);
  const unknown = redshift.run("DescribeClusterParameterGroups", { ParameterGroupName: "none" });
  expect(await codeOf(unknown)).toBe("ClusterParameterGroupNotFoundFault");
});
