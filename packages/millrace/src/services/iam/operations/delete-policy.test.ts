import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("deletes a policy that is attached nowhere and has one version", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  const remove = (): Promise<unknown> => iam.run("DeletePolicy", { PolicyArn });
  await iam.user("jo");
  await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn });
  expect(await refusal(remove())).toBe(
    "DeleteConflictException: Cannot delete a policy attached to entities.",
  );
  await iam.run("DetachUserPolicy", { UserName: "jo", PolicyArn });
  await iam.run("PutUserPermissionsBoundary", { UserName: "jo", PermissionsBoundary: PolicyArn });
  expect(await refusal(remove())).toMatch(/^DeleteConflict/);
  await iam.run("DeleteUserPermissionsBoundary", { UserName: "jo" });
  await iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow });
  expect(await refusal(remove())).toMatch(/^DeleteConflict.*more than one version/);
  await iam.run("DeletePolicyVersion", { PolicyArn, VersionId: "v2" });
  await remove();
  expect(await refusal(remove())).toMatch(/^NoSuchEntity/);
});

it("leaves AWS's policies alone", async () => {
  await using iam = new TestIam();
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  expect(await refusal(iam.run("DeletePolicy", { PolicyArn }))).toMatch(/^InvalidInput/);
});
