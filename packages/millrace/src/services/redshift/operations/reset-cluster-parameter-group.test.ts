import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const group = { ParameterGroupName: "fast" };

it("takes one parameter or all of them back", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.run("CreateClusterParameterGroup", {
    ...group,
    ParameterGroupFamily: "redshift-1.0",
    Description: "d",
  });
  await redshift.run("ModifyClusterParameterGroup", {
    ...group,
    Parameters: ["query_group", "search_path"].map((ParameterName) => ({
      ParameterName,
      ParameterValue: "a",
    })),
  });
  const reset = (input: object): Promise<unknown> =>
    redshift.run("ResetClusterParameterGroup", { ...group, ...input });
  const changed = async (): Promise<unknown> => {
    const { Parameters } = await redshift.run("DescribeClusterParameters", { ...group, Source: "user" });
    return Parameters?.map(({ ParameterName }) => ParameterName);
  };
  const one = [{ ParameterName: "query_group" }];
  await reset({ Parameters: one });
  expect(await changed()).toEqual(["search_path"]);
  await reset({ ResetAllParameters: true });
  expect(await changed()).toEqual([]);
  expect(await codeOf(reset({}))).toBe("InvalidParameterCombination");
  expect(await codeOf(reset({ ResetAllParameters: true, Parameters: one }))).toBe(
    "InvalidParameterCombination",
  );
  expect(await codeOf(reset({ Parameters: [{ ParameterName: "x" }] }))).toBe("InvalidParameterValue");
  expect(await codeOf(reset({ ParameterGroupName: "default.redshift-1.0" }))).toBe(
    "InvalidClusterParameterGroupStateFault",
  );
});
