import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("keeps the policy, up to 5120 characters in all", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  const put = (PolicyName: string, PolicyDocument: string): Promise<unknown> =>
    iam.run("PutGroupPolicy", { GroupName: "staff", PolicyName, PolicyDocument });
  await put("p", allow);
  expect((await iam.run("ListGroupPolicies", { GroupName: "staff" })).PolicyNames).toEqual(["p"]);
  const long = allow.replace("kinesis:*", `kinesis:${"x".repeat(5_120)}`);
  expect(await refusal(put("q", long))).toBe(
    "LimitExceededException: Maximum policy size of 5120 bytes exceeded for group staff",
  );
  expect(await refusal(put("q", "{}"))).toMatch(/^MalformedPolicyDocument/);
});
