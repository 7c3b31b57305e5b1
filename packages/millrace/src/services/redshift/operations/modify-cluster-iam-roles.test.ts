import { expect, it } from "vitest";
import { arnOf, refusalOf, TestRedshift } from "../test-redshift.ts";

const role = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;

it("roles are there for the next statement", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create("sales", { IamRoles: [role("a")] });
  const modify = (input: object): Promise<unknown> =>
    redshift.run("ModifyClusterIamRoles", { ClusterIdentifier: "sales", ...input });
  await modify({ AddIamRoles: [role("b"), role("a")], DefaultIamRoleArn: role("b") });
  expect(redshift.kernel().settings).toMatchObject({ roles: [role("a"), role("b")], defaultRole: role("b") });
  await modify({ RemoveIamRoles: [role("b")] });
  expect(redshift.kernel().settings).toMatchObject({ roles: [role("a")], defaultRole: undefined });
  await modify({ DefaultIamRoleArn: role("a") });
  await modify({ DefaultIamRoleArn: "" });
  expect((await redshift.describe()).DefaultIamRoleArn).toBeUndefined();
  await redshift.crash();
  expect((await redshift.describe()).IamRoles).toEqual([{ IamRoleArn: role("a"), ApplyStatus: "in-sync" }]);
});

it("what is no role, and a default one that the cluster does not have, is refused", async () => {
  await using redshift = await TestRedshift.start();
  await redshift.create();
  const refusal = (input: object): Promise<string> =>
    refusalOf(redshift.run("ModifyClusterIamRoles", { ClusterIdentifier: "sales", ...input }));
  expect(await refusal({ AddIamRoles: ["arn:aws:iam::1:user/a"] })).toContain("InvalidParameterValue");
  expect(await refusal({ DefaultIamRoleArn: role("a") })).toContain("InvalidParameterCombination");
  const many = Array.from({ length: 51 }, (_, index) => role(`r${index}`));
  expect(await refusal({ AddIamRoles: many })).toContain("at most 50");
  expect(await refusal({ ClusterIdentifier: "none" })).toContain("ClusterNotFoundFault");
});

it("added roles must be passed", async () => {
  await using redshift = await TestRedshift.start();
  const input = { ClusterIdentifier: "sales", AddIamRoles: [role("a")], RemoveIamRoles: [role("b")] };
  expect(redshift.permissions("ModifyClusterIamRoles", input)).toMatchObject([
    { action: "redshift:ModifyClusterIamRoles", resources: [arnOf("cluster:sales")] },
    { action: "iam:PassRole", resources: [role("a")] },
  ]);
});
