import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists a role's policies", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.run("AttachRolePolicy", { RoleName: "app", PolicyArn });
  expect((await iam.run("ListAttachedRolePolicies", { RoleName: "app" })).AttachedPolicies).toEqual([
    { PolicyName: "AdministratorAccess", PolicyArn },
  ]);
});
