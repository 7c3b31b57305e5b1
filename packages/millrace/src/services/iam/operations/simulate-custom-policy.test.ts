import { expect, it } from "vitest";
import { account, allow, refusal, TestIam } from "../test-iam.ts";

const policy = (Effect: string, Action: string, more: object = {}): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*", ...more }] });

it("decides on each action and resource, and names the policy", async () => {
  await using iam = new TestIam();
  const answer = await iam.run("SimulateCustomPolicy", {
    PolicyInputList: [
      policy("Allow", "s3:Get*"),
      policy("Deny", "s3:GetObject", { Resource: "arn:aws:s3:::b/x" }),
    ],
    ActionNames: ["s3:GetObject", "s3:PutObject"],
    ResourceArns: ["arn:aws:s3:::b/x", "arn:aws:s3:::b/y"],
  });
  const decided = answer.EvaluationResults?.map((one) => [
    one.EvalActionName,
    one.EvalResourceName?.slice(-1),
    one.EvalDecision,
    one.MatchedStatements?.[0]?.SourcePolicyId,
  ]);
  expect(decided).toEqual([
    ["s3:GetObject", "x", "explicitDeny", "PolicyInputList.2"],
    ["s3:GetObject", "y", "allowed", "PolicyInputList.1"],
    ["s3:PutObject", "x", "implicitDeny", undefined],
    ["s3:PutObject", "y", "implicitDeny", undefined],
  ]);
});

it("takes context, says which of it is missing, and knows boundaries", async () => {
  await using iam = new TestIam();
  const PolicyInputList = [policy("Allow", "*", { Condition: { Bool: { "aws:SecureTransport": "true" } } })];
  const run = async (more: object): Promise<unknown> =>
    (await iam.run("SimulateCustomPolicy", { PolicyInputList, ActionNames: ["s3:GetObject"], ...more }))
      .EvaluationResults?.[0];
  expect(await run({})).toMatchObject({
    EvalDecision: "implicitDeny",
    MissingContextValues: ["aws:SecureTransport"],
  });
  const ContextEntries = [
    { ContextKeyName: "aws:securetransport", ContextKeyType: "boolean", ContextKeyValues: ["true"] },
  ];
  expect(await run({ ContextEntries })).toMatchObject({ EvalDecision: "allowed", MissingContextValues: [] });
  const PermissionsBoundaryPolicyInputList = [policy("Allow", "kinesis:*")];
  expect(await run({ ContextEntries, PermissionsBoundaryPolicyInputList })).toMatchObject({
    EvalDecision: "implicitDeny",
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
  });
});

it("weighs a resource's policy for a caller of another account", async () => {
  await using iam = new TestIam();
  const resourcePolicy = policy("Allow", "s3:*", { Principal: { AWS: "111111111111" } });
  const answer = await iam.run("SimulateCustomPolicy", {
    PolicyInputList: [policy("Allow", "*")],
    ActionNames: ["s3:GetObject", "sqs:SendMessage"],
    ResourcePolicy: resourcePolicy,
    ResourceOwner: `arn:aws:iam::${account}:root`,
    CallerArn: "arn:aws:iam::111111111111:user/jo",
  });
  expect(answer.EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual([
    "allowed",
    "implicitDeny",
  ]);
});

it("pages, and refuses what is wrong or not there", async () => {
  await using iam = new TestIam();
  const input = { PolicyInputList: [allow], ActionNames: ["a:b", "a:c", "a:d"] };
  const first = await iam.run("SimulateCustomPolicy", { ...input, MaxItems: 2 });
  expect(first).toMatchObject({ IsTruncated: true, EvaluationResults: [{}, {}] });
  const { Marker } = first;
  expect((await iam.run("SimulateCustomPolicy", { ...input, Marker })).EvaluationResults).toMatchObject([
    { EvalActionName: "a:d" },
  ]);
  const refused = (more: object): Promise<string> =>
    refusal(iam.run("SimulateCustomPolicy", { ...input, ...more }));
  expect(await refused({ PolicyInputList: ["{"] })).toMatch(/^InvalidInput/);
  expect(await refused({ ActionNames: ["everything"] })).toMatch(/^InvalidInput/);
  expect(await refused({ CallerArn: "arn:aws:iam::111111111111:role/r" })).toMatch(/^InvalidInput/);
  expect(await refused({ ResourceHandlingOption: "EC2-VPC" })).toMatch(/^NotImplemented/);
  expect(
    await refused({ ActionNames: Array(200).fill("a:b"), ResourceArns: Array(100).fill("arn:x") }),
  ).toMatch(/^InvalidInput/);
});
