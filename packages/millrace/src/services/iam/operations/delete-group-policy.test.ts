import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("removes the policy, which must be there", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  await iam.run("PutGroupPolicy", { GroupName: "staff", PolicyName: "p", PolicyDocument: allow });
  await iam.run("DeleteGroupPolicy", { GroupName: "staff", PolicyName: "p" });
  const again = iam.run("DeleteGroupPolicy", { GroupName: "staff", PolicyName: "p" });
  expect(await refusal(again)).toMatch(/^NoSuchEntity/);
});
