import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

it("a group that no cluster uses can be deleted", async () => {
  await using redshift = await TestRedshift.start();
  const remove = (ParameterGroupName: string): Promise<unknown> =>
    redshift.run("DeleteClusterParameterGroup", { ParameterGroupName });
  expect(await codeOf(remove("fast"))).toBe("ClusterParameterGroupNotFoundFault");
  expect(await codeOf(remove("default.redshift-1.0"))).toBe("InvalidClusterParameterGroupStateFault");
  await redshift.run("CreateClusterParameterGroup", {
    ParameterGroupName: "fast",
    ParameterGroupFamily: "redshift-1.0",
    Description: "d",
  });
  await redshift.create("sales", { ClusterParameterGroupName: "fast" });
  expect(await codeOf(remove("fast"))).toBe("InvalidClusterParameterGroupStateFault");
  await redshift.run("ModifyCluster", {
    ClusterIdentifier: "sales",
    ClusterParameterGroupName: "default.redshift-2.0",
  });
  await redshift.settle();
  await remove("fast");
  expect(await codeOf(remove("fast"))).toBe("ClusterParameterGroupNotFoundFault");
});
