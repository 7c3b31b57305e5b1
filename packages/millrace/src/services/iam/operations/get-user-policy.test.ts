import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("answers the policy URL-encoded, with all that a URL reserves", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("PutUserPolicy", { UserName: "jo", PolicyName: "p", PolicyDocument: allow });
  const answer = await iam.run("GetUserPolicy", { UserName: "jo", PolicyName: "p" });
  expect(answer).toMatchObject({ UserName: "jo", PolicyName: "p" });
  expect(answer.PolicyDocument).toMatch(/^[A-Za-z0-9%._~-]+$/);
  expect(decodeURIComponent(answer.PolicyDocument ?? "")).toBe(allow);
});

it.each(["q", "constructor"])("refuses %s, a policy that the user does not have", async (PolicyName) => {
  await using iam = new TestIam();
  await iam.user("jo");
  expect(await refusal(iam.run("GetUserPolicy", { UserName: "jo", PolicyName }))).toBe(
    `NoSuchEntityException: The user policy with name ${PolicyName} cannot be found.`,
  );
});
