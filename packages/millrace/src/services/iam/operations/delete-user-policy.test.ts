import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("removes the policy, which must be there", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument: allow });
  await iam.run("DeleteUserPolicy", { UserName: "jo", PolicyName: "p" });
  expect((await iam.run("ListUserPolicies", { UserName: "jo" })).PolicyNames).toEqual([]);
  expect(await refusal(iam.run("DeleteUserPolicy", { UserName: "jo", PolicyName: "p" }))).toMatch(
    /^NoSuchEntity/,
  );
});
