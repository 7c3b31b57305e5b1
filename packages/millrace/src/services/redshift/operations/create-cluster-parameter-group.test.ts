import { expect, it } from "vitest";
import { arnOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const input = { ParameterGroupName: "Fast", ParameterGroupFamily: "redshift-1.0", Description: "d" };

it("a group with its family's values", async () => {
  await using redshift = await TestRedshift.start();
  const { ClusterParameterGroup } = await redshift.run("CreateClusterParameterGroup", input);
  expect(ClusterParameterGroup).toEqual({
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-1.0",
    Description: "d",
    Tags: [],
  });
  expect(redshift.resources("CreateClusterParameterGroup", input)).toEqual([arnOf("parametergroup:fast")]);
  expect(await redshift.eventIds("fast")).toEqual(["REDSHIFT-EVENT-1003"]);
});

it("names are taken once, families must be there, and there are so many", async () => {
  await using redshift = await TestRedshift.start();
  const create = (changes: object): Promise<unknown> =>
    redshift.run("CreateClusterParameterGroup", { ...input, ...changes });
  await create({});
  expect(await refusalOf(create({}))).toContain("ClusterParameterGroupAlreadyExistsFault");
  expect(await refusalOf(create({ ParameterGroupName: "default.redshift-1.0" }))).toContain(
    "InvalidParameterValue",
  );
  expect(await refusalOf(create({ ParameterGroupFamily: "redshift-9" }))).toContain("InvalidParameterValue");
  expect(await refusalOf(create({ Description: "" }))).toContain("InvalidParameterValue");
  for (let index = 1; index < 20; index++) await create({ ParameterGroupName: `g${index}` });
  expect(await refusalOf(create({ ParameterGroupName: "more" }))).toContain(
    "ClusterParameterGroupQuotaExceededFault",
  );
});
