import { expect, it } from "vitest";
import { account, allow, refusal, TestIam } from "../test-iam.ts";

it("uses the policies of a user, its groups, and its boundary", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.group("staff");
  await iam.run("AddUserToGroup", { GroupName: "staff", UserName: "jo" });
  await iam.run("PutGroupPolicy", { GroupName: "staff", PolicyName: "p", PolicyDocument: allow });
  const PolicySourceArn = `arn:aws:iam::${account}:user/jo`;
  const run = async (more: object = {}): Promise<unknown> =>
    (
      await iam.run("SimulatePrincipalPolicy", {
        PolicySourceArn,
        ActionNames: ["kinesis:PutRecord"],
        ...more,
      })
    ).EvaluationResults?.[0];
  expect(await run()).toMatchObject({
    EvalDecision: "allowed",
    MatchedStatements: [{ SourcePolicyId: "group_staff_p", SourcePolicyType: "group" }],
  });
  const PermissionsBoundary = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
  await iam.run("PutUserPermissionsBoundary", { UserName: "jo", PermissionsBoundary });
  expect(await run()).toMatchObject({
    EvalDecision: "implicitDeny",
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
  });
  expect(await run({ PermissionsBoundaryPolicyInputList: [allow] })).toMatchObject({
    EvalDecision: "allowed",
  });
});

it("uses attached policies of roles, and what the call adds", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const PolicyArn = "arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess";
  await iam.run("AttachRolePolicy", { RoleName: "app", PolicyArn });
  const run = async (more: object): Promise<unknown> => {
    const PolicySourceArn = `arn:aws:iam::${account}:role/app`;
    const ActionNames = ["kinesis:GetRecords", "kinesis:PutRecord"];
    const answer = await iam.run("SimulatePrincipalPolicy", { PolicySourceArn, ActionNames, ...more });
    return answer.EvaluationResults?.map(({ EvalDecision }) => EvalDecision);
  };
  expect(await run({})).toEqual(["allowed", "implicitDeny"]);
  expect(await run({ PolicyInputList: [allow] })).toEqual(["allowed", "allowed"]);
});

it("refuses ARNs of nobody", async () => {
  await using iam = new TestIam();
  const run = (PolicySourceArn: string): Promise<string> =>
    refusal(iam.run("SimulatePrincipalPolicy", { PolicySourceArn, ActionNames: ["a:b"] }));
  expect(await run(`arn:aws:iam::${account}:user/no`)).toMatch(/^NoSuchEntity/);
  expect(await run(`arn:aws:iam::${account}:root`)).toMatch(/^InvalidInput/);
  expect(await run("arn:aws:iam::111111111111:user/jo")).toMatch(/^InvalidInput/);
});
