import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("answers the document of a version, AWS's too", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  const { PolicyVersion } = await iam.run("GetPolicyVersion", { PolicyArn, VersionId: "v1" });
  expect(PolicyVersion).toMatchObject({ VersionId: "v1", IsDefaultVersion: true });
  expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(allow);
  const aws = await iam.run("GetPolicyVersion", {
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    VersionId: "v1",
  });
  expect(JSON.parse(decodeURIComponent(aws.PolicyVersion?.Document ?? ""))).toMatchObject({
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  });
  expect(await refusal(iam.run("GetPolicyVersion", { PolicyArn, VersionId: "v9" }))).toMatch(/^NoSuchEntity/);
});
