import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("answers the policy, or that it is not there", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  await iam.run("PutGroupPolicy", { GroupName: "staff", PolicyName: "p", PolicyDocument: allow });
  const answer = await iam.run("GetGroupPolicy", { GroupName: "staff", PolicyName: "p" });
  expect(answer).toEqual({
    GroupName: "staff",
    PolicyName: "p",
    PolicyDocument: expect.stringContaining("%7B"),
  });
  expect(await refusal(iam.run("GetGroupPolicy", { GroupName: "staff", PolicyName: "q" }))).toBe(
    "NoSuchEntityException: The group policy with name q cannot be found.",
  );
});
