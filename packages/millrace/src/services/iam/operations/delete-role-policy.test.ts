import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("removes the policy, which must be there", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow });
  await iam.run("DeleteRolePolicy", { RoleName: "app", PolicyName: "p" });
  const again = iam.run("DeleteRolePolicy", { RoleName: "app", PolicyName: "p" });
  expect(await refusal(again)).toMatch(/^NoSuchEntity/);
});
