import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("attaches a policy to a group", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  const PolicyArn = await iam.policy("p");
  await iam.run("AttachGroupPolicy", { GroupName: "staff", PolicyArn });
  expect((await iam.run("GetPolicy", { PolicyArn })).Policy?.AttachmentCount).toBe(1);
  expect(await refusal(iam.run("AttachGroupPolicy", { GroupName: "no", PolicyArn }))).toMatch(
    /^NoSuchEntity/,
  );
});
