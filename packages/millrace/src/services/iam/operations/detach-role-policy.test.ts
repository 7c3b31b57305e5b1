import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("detaches a policy that is attached", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole";
  await iam.run("AttachRolePolicy", { RoleName: "app", PolicyArn });
  await iam.run("DetachRolePolicy", { RoleName: "app", PolicyArn });
  expect((await iam.run("ListAttachedRolePolicies", { RoleName: "app" })).AttachedPolicies).toEqual([]);
});
