import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("answers the policy, or that it is not there", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow });
  const answer = await iam.run("GetRolePolicy", { RoleName: "app", PolicyName: "p" });
  expect(answer).toMatchObject({ RoleName: "app", PolicyName: "p" });
  expect(await refusal(iam.run("GetRolePolicy", { RoleName: "app", PolicyName: "q" }))).toBe(
    "NoSuchEntityException: The role policy with name q cannot be found.",
  );
});
