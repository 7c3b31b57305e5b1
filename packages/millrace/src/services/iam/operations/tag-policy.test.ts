import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("tags the account's policies, not AWS's", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  const Tags = [{ Key: "a", Value: "b" }];
  await iam.run("TagPolicy", { PolicyArn, Tags });
  expect((await iam.run("ListPolicyTags", { PolicyArn })).Tags).toEqual(Tags);
  const aws = iam.run("TagPolicy", { PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess", Tags });
  expect(await refusal(aws)).toMatch(/^InvalidInput/);
});
