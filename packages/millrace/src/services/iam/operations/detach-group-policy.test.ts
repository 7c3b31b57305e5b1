import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("detaches a policy that is attached", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  const PolicyArn = await iam.policy("p");
  await iam.run("AttachGroupPolicy", { GroupName: "staff", PolicyArn });
  await iam.run("DetachGroupPolicy", { GroupName: "staff", PolicyArn });
  const again = iam.run("DetachGroupPolicy", { GroupName: "staff", PolicyArn });
  expect(await refusal(again)).toMatch(/^NoSuchEntity/);
});
