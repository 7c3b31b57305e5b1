import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("chooses the version that counts", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  await iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow });
  await iam.run("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v2" });
  expect((await iam.run("GetPolicy", { PolicyArn })).Policy?.DefaultVersionId).toBe("v2");
  const unknown = iam.run("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v3" });
  expect(await refusal(unknown)).toMatch(/^NoSuchEntity/);
});
