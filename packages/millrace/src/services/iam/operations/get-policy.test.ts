import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("describes the account's policies and AWS's", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  expect((await iam.run("GetPolicy", { PolicyArn })).Policy).toMatchObject({
    PolicyName: "p",
    Arn: PolicyArn,
  });
  const aws = "arn:aws:iam::aws:policy/AdministratorAccess";
  expect((await iam.run("GetPolicy", { PolicyArn: aws })).Policy).toMatchObject({
    PolicyName: "AdministratorAccess",
    PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
    Path: "/",
    DefaultVersionId: "v1",
  });
});

it.each([
  [`arn:aws:iam::${account}:policy/none`, "NoSuchEntity"],
  [`arn:aws:iam::${account}:policy/other-path/p`, "NoSuchEntity"],
  [`arn:aws:iam::111111111111:policy/p`, "NoSuchEntity"],
  ["arn:aws:iam::aws:policy/p", "NoSuchEntity"],
  [`arn:aws:iam::${account}:user/p`, "NoSuchEntity"],
  ["twenty letters or more", "InvalidInput"],
])("refuses %s", async (PolicyArn, code) => {
  await using iam = new TestIam();
  await iam.policy("p");
  expect(await refusal(iam.run("GetPolicy", { PolicyArn }))).toMatch(new RegExp(`^${code}`));
});
