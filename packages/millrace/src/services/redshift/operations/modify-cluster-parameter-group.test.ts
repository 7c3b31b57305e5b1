import { expect, it } from "vitest";
import { refusalOf, TestRedshift } from "../test-redshift.ts";

const group = { ParameterGroupName: "fast" };

it("values are kept over a restart; one bad value changes none", async () => {
  await using redshift = await TestRedshift.start();
  const modify = (name: string, values: Record<string, string>): Promise<unknown> =>
    redshift.run("ModifyClusterParameterGroup", {
      ParameterGroupName: name,
      Parameters: Object.entries(values).map(([ParameterName, ParameterValue]) => ({
        ParameterName,
        ParameterValue,
      })),
    });
  expect(await refusalOf(modify("fast", {}))).toContain("ClusterParameterGroupNotFoundFault");
  await redshift.run("CreateClusterParameterGroup", {
    ...group,
    ParameterGroupFamily: "redshift-2.0",
    Description: "d",
  });
  expect(await modify("fast", { datestyle: "SQL" })).toMatchObject({
    ...group,
    ParameterGroupStatus: expect.stringContaining("when you reboot"),
  });
  const bad = { query_group: "etl", statement_timeout: "5" };
  expect(await refusalOf(modify("fast", bad))).toBe(
    "InvalidParameterValue: Invalid value for parameter statement_timeout. Allowed values are: 0,100-2147483647",
  );
  await redshift.crash();
  const { Parameters } = await redshift.run("DescribeClusterParameters", { ...group, Source: "user" });
  expect(Parameters).toMatchObject([{ ParameterName: "datestyle", ParameterValue: "SQL" }]);
  expect(await refusalOf(modify("default.redshift-1.0", { datestyle: "SQL" }))).toContain(
    "InvalidClusterParameterGroupStateFault",
  );
});
