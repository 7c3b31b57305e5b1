import { expect, it } from "vitest";
import { codeOf, TestRedshift } from "../test-redshift.ts";

const input = { ClusterSecurityGroupName: "office" };

it("a group that no cluster uses, or is about to use, can be deleted", async () => {
  await using redshift = await TestRedshift.start();
  const remove = (): Promise<unknown> => redshift.run("DeleteClusterSecurityGroup", input);
  expect(await codeOf(remove())).toBe("ClusterSecurityGroupNotFoundFault");
  await redshift.run("CreateClusterSecurityGroup", { ...input, Description: "d" });
  await redshift.create("sales");
  await redshift.run("ModifyCluster", { ClusterIdentifier: "sales", ClusterSecurityGroups: ["office"] });
  expect(await codeOf(remove())).toBe("InvalidClusterSecurityGroupStateFault");
  await redshift.settle();
  expect(await codeOf(remove())).toBe("InvalidClusterSecurityGroupStateFault");
  await redshift.run("ModifyCluster", { ClusterIdentifier: "sales", ClusterSecurityGroups: [] });
  await redshift.settle();
  await remove();
  expect(await codeOf(remove())).toBe("ClusterSecurityGroupNotFoundFault");
  expect(redshift.kernel().settings.admittedRanges).toBeUndefined();
  const standard = { ClusterSecurityGroupName: "default" };
  expect(await codeOf(redshift.run("DeleteClusterSecurityGroup", standard))).toBe(
    "InvalidClusterSecurityGroupStateFault",
  );
});
