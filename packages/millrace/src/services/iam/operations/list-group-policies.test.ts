import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("lists the names of a group's inline policies", async () => {
  await using iam = new TestIam();
  await iam.group("staff");
  for (const PolicyName of ["b", "a"])
    await iam.run("PutGroupPolicy", { GroupName: "staff", PolicyName, PolicyDocument: allow });
  expect(await iam.run("ListGroupPolicies", { GroupName: "staff" })).toEqual({
    PolicyNames: ["a", "b"],
    IsTruncated: false,
  });
  expect(await refusal(iam.run("ListGroupPolicies", { GroupName: "no" }))).toBe(
    "NoSuchEntityException: The group with name no cannot be found.",
  );
});
