import { describe, expect, it } from "vitest";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

const policy = (changes: object = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "111111111111" },
        Action: "glue:Get*",
        Resource: "arn:aws:glue:us-east-1:000000000000:*",
        ...changes,
      },
    ],
  });

const put = (glue: GlueRunner, PolicyInJson: string, more: object = {}) =>
  glue.run("PutResourcePolicy", { PolicyInJson, ...more });

it("keeps one policy a catalog, which takes part in decisions about what is in it", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  const { PolicyHash } = await put(glue, policy());
  const made = glue.clock.now();
  glue.clock.advance(5000);
  const next = await put(glue, policy({ Action: "glue:*" }), { EnableHybrid: "TRUE" });
  expect(next.PolicyHash).not.toBe(PolicyHash);
  await glue.restart();
  expect(await glue.run("GetResourcePolicy", {})).toEqual({
    PolicyInJson: policy({ Action: "glue:*" }),
    PolicyHash: next.PolicyHash,
    CreateTime: new Date(made),
    UpdateTime: new Date(made + 5000),
  });
  const { policies } = glue.state;
  const table = "arn:aws:glue:us-east-1:000000000000:table/shop/orders";
  expect(policies.of(table)).toEqual([policy({ Action: "glue:*" })]);
  expect(policies.of(table.replace("us-east-1", "eu-west-1"))).toEqual([]);
  expect(policies.of(table.replace("000000000000", "111111111111"))).toEqual([]);
  expect(policies.of("x")).toEqual([]);
});

describe("conditions", () => {
  it("hold on the policy as it is", async () => {
    await using glue = await GlueRunner.start();
    const refusal = (more: object) => codeOf(put(glue, policy(), more));
    const failed = "ConditionCheckFailureException";
    expect(await refusal({ PolicyExistsCondition: "MUST_EXIST" })).toBe(failed);
    expect(await refusal({ PolicyHashCondition: "x" })).toBe(failed);
    const { PolicyHash } = await put(glue, policy(), { PolicyExistsCondition: "NOT_EXIST" });
    expect(await refusal({ PolicyExistsCondition: "NOT_EXIST" })).toBe(failed);
    expect(await refusal({ PolicyHashCondition: "x" })).toBe(failed);
    await put(glue, policy({ Sid: "b" }), { PolicyHashCondition: PolicyHash, PolicyExistsCondition: "NONE" });
  });

  it("let one of several calls at the same time pass", async () => {
    await using glue = await GlueRunner.start();
    const { PolicyHash } = await put(glue, policy());
    const calls = ["a", "b", "c"].map((Sid) =>
      put(glue, policy({ Sid }), { PolicyHashCondition: PolicyHash }),
    );
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
  });
});

it("refuses what could not be evaluated or is about something else", async () => {
  await using glue = await GlueRunner.start();
  const refusal = (text: string) => refusalOf(put(glue, text));
  const invalid = /^InvalidInputException: /;
  expect(await refusal("{")).toMatch(invalid);
  expect(await refusal(policy({ Principal: undefined }))).toMatch(/Principal/);
  expect(await refusal(policy({ Resource: "*" }))).toMatch(/does not belong to the catalog/);
  expect(await refusal(policy({ Resource: "arn:aws:glue:us-east-1:111111111111:catalog" }))).toMatch(invalid);
  expect(await refusal(policy({ Resource: "arn:aws:glue:eu-west-1:000000000000:catalog" }))).toMatch(invalid);
  expect(await refusal(policy({ Resource: "arn:aws:glue:us-east-1:000000000000:1" }))).toMatch(invalid);
  expect(await refusal(policy({ Action: "s3:GetObject" }))).toMatch(/actions of glue only/);
  expect(await refusal(policy({ Sid: "x".repeat(10_240) }))).toMatch(/limit of 10240 bytes/);
  expect(await codeOf(glue.run("GetResourcePolicy", {}))).toBe("EntityNotFoundException");
});

it("has no policies of single resources", async () => {
  await using glue = await GlueRunner.start();
  const ResourceArn = "arn:aws:glue:us-east-1:000000000000:database/shop";
  expect(await refusalOf(put(glue, policy(), { ResourceArn }))).toBe(
    "InvalidInputException: Glue resource level policy is not currently supported",
  );
  expect(glue.resources("PutResourcePolicy", { PolicyInJson: "" })).toEqual([
    "arn:aws:glue:us-east-1:000000000000:catalog",
  ]);
});
