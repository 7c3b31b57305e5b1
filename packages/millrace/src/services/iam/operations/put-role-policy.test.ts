import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("keeps the policy, but not on a service's own role", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow });
  expect((await iam.run("ListRolePolicies", { RoleName: "app" })).PolicyNames).toEqual(["p"]);
  const { Role } = await iam.run("CreateServiceLinkedRole", { AWSServiceName: "kafka.amazonaws.com" });
  const put = iam.run("PutRolePolicy", { RoleName: Role?.RoleName, PolicyName: "p", PolicyDocument: allow });
  expect(await refusal(put)).toBe(
    "UnmodifiableEntityException: Cannot perform the operation on the protected role 'AWSServiceRoleForKafka' - " +
      "this role is only modifiable by AWS",
  );
});
