import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists a group's policies", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  expect(await iam.run("ListAttachedGroupPolicies", { GroupName: "staff" })).toEqual({
    AttachedPolicies: [],
    IsTruncated: false,
  });
  expect(await refusal(iam.run("ListAttachedGroupPolicies", { GroupName: "no" }))).toMatch(/^NoSuchEntity/);
});
