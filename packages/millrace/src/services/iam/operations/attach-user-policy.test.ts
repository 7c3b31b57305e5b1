import { expect, it } from "vitest";
import { account, refusal, TestIam } from "../test-iam.ts";

it("attaches the account's policies and AWS's, once each", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const own = await iam.policy("own");
  const aws = "arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess";
  for (const PolicyArn of [own, aws, own]) await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn });
  expect((await iam.run("ListAttachedUserPolicies", { UserName: "jo" })).AttachedPolicies).toEqual([
    { PolicyName: "AmazonKinesisReadOnlyAccess", PolicyArn: aws },
    { PolicyName: "own", PolicyArn: own },
  ]);
});

it("refuses policies that do not exist, and those of service-linked roles", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const attach = (PolicyArn: string): Promise<string> =>
    refusal(iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn }));
  const missing = `arn:aws:iam::${account}:policy/none`;
  expect(await attach(missing)).toBe(
    `NoSuchEntityException: Policy ${missing} does not exist or is not attachable.`,
  );
  expect(await attach("arn:aws:iam::111111111111:policy/theirs")).toMatch(/^NoSuchEntity/);
  expect(await attach("no-arn-of-20-letters")).toBe(
    "InvalidInputException: ARN no-arn-of-20-letters is not valid.",
  );
  expect(await attach("arn:aws:iam::aws:policy/aws-service-role/KafkaServiceRolePolicy")).toMatch(
    /^PolicyNotAttachableException/,
  );
});

it("attaches ten policies at most", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  const arns = await Promise.all(Array.from({ length: 11 }, (_, i) => iam.policy(`p${i}`)));
  const attempts = await Promise.allSettled(
    arns.map((PolicyArn) => iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn })),
  );
  expect(attempts.map(({ status }) => status)).toEqual([...Array(10).fill("fulfilled"), "rejected"]);
  expect(await refusal(iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn: arns[10] }))).toBe(
    "LimitExceededException: Cannot exceed quota for PoliciesPerUser: 10",
  );
});

it("tells the policy engine which policy", async () => {
  await using iam = new TestIam();
  expect(iam.permissions("AttachUserPolicy", { UserName: "jo", PolicyArn: "p" })).toMatchObject([
    { resources: [`arn:aws:iam::${account}:user/jo`], context: { "iam:PolicyARN": "p" } },
  ]);
});
