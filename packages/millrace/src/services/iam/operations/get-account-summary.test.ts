import { expect, it } from "vitest";
import { allow, TestIam } from "../test-iam.ts";

it("counts what the account has, beside its quotas", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.role("app");
  const PolicyArn = await iam.policy("p");
  await iam.run("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow });
  expect((await iam.run("GetAccountSummary", {})).SummaryMap).toMatchObject({
    Users: 1,
    Groups: 0,
    Roles: 1,
    Policies: 1,
    PolicyVersionsInUse: 2,
    AccessKeysPerUserQuota: 2,
  });
});
