import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterSubnetGroupName: "net" };

it("a group that no cluster uses can be deleted", async () => {
  await using redshift = await TestRedshift.start();
  const remove = (): Promise<unknown> => redshift.run("DeleteClusterSubnetGroup", input);
  expect(await codeOf(remove())).toBe("ClusterSubnetGroupNotFoundFault");
  await redshift.run("CreateClusterSubnetGroup", { ...input, Description: "d", SubnetIds: ["subnet-1"] });
  await redshift.create("sales", input);
  expect(await codeOf(remove())).toBe("InvalidClusterSubnetGroupStateFault");
  await redshift.run("DeleteCluster", { ClusterIdentifier: "sales", SkipFinalClusterSnapshot: true });
  await redshift.settle();
  await remove();
});
