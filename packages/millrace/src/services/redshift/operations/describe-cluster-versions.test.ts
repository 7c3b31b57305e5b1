import { expect, it } from "vitest";
import { TestRedshift } from "../test-redshift.ts";

it("there is one version, with two families of parameters", async () => {
  await using redshift = await TestRedshift.start();
  const families = async (input: object): Promise<unknown> => {
    const { ClusterVersions } = await redshift.run("DescribeClusterVersions", input);
    return ClusterVersions?.map((version) => version.ClusterParameterGroupFamily);
  };
  expect(await families({})).toEqual(["redshift-1.0", "redshift-2.0"]);
  expect(await families({ ClusterParameterGroupFamily: "redshift-2.0" })).toEqual(["redshift-2.0"]);
  expect(await families({ ClusterVersion: "9" })).toEqual([]);
});
