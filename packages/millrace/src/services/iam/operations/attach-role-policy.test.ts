import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("attaches a policy to a role, but not to a service's own", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const PolicyArn = await iam.policy("p");
  await iam.run("AttachRolePolicy", { RoleName: "app", PolicyArn });
  expect((await iam.run("GetPolicy", { PolicyArn })).Policy?.AttachmentCount).toBe(1);
  await iam.run("CreateServiceLinkedRole", { AWSServiceName: "batch.amazonaws.com" });
  const attach = iam.run("AttachRolePolicy", { RoleName: "AWSServiceRoleForBatch", PolicyArn });
  expect(await refusal(attach)).toMatch(/^UnmodifiableEntity/);
});
