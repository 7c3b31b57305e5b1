import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("deletes a version that is not the default", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  await iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow, SetAsDefault: true });
  const remove = (VersionId: string): Promise<unknown> =>
    iam.run("DeletePolicyVersion", { PolicyArn, VersionId });
  expect(await refusal(remove("v2"))).toBe(
    "DeleteConflictException: Cannot delete the default version of a policy.",
  );
  await remove("v1");
  expect(await refusal(remove("v1"))).toMatch(/^NoSuchEntity/);
});
