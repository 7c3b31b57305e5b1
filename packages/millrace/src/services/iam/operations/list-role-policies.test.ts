import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("lists the names of a role's inline policies", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow });
  expect(await iam.run("ListRolePolicies", { RoleName: "app" })).toEqual({
    PolicyNames: ["p"],
    IsTruncated: false,
  });
  expect(await refusal(iam.run("ListRolePolicies", { RoleName: "no" }))).toMatch(/^NoSuchEntity/);
});
