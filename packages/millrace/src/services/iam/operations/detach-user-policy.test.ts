import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("detaches a policy that is attached", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const PolicyArn = await iam.policy("p");
  await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn });
  await iam.run("DetachUserPolicy", { UserName: "jo", PolicyArn });
  expect((await iam.run("ListAttachedUserPolicies", { UserName: "jo" })).AttachedPolicies).toEqual([]);
  expect(await refusal(iam.run("DetachUserPolicy", { UserName: "jo", PolicyArn }))).toBe(
    `NoSuchEntityException: Policy ${PolicyArn} was not found.`,
  );
});
