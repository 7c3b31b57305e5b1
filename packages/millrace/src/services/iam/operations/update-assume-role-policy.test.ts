import { expect, it } from "vitest";
import { account, allow, refusal, TestIam, trust } from "../test-iam.ts";

it("replaces the trust policy, when it is one", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const PolicyDocument = trust.replace(account, "111111111111");
  await iam.run("UpdateAssumeRolePolicy", { RoleName: "app", PolicyDocument });
  const { Role } = await iam.run("GetRole", { RoleName: "app" });
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toBe(PolicyDocument);
  const wrong = iam.run("UpdateAssumeRolePolicy", { RoleName: "app", PolicyDocument: allow });
  expect(await refusal(wrong)).toMatch(/^MalformedPolicyDocument/);
});
