import { expect, it } from "vitest";
import { allow, TestIam } from "../test-iam.ts";

it("lists the names of inline policies, page by page", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  for (const PolicyName of ["b", "a"])
    await iam.run("PutUserPolicy", { UserName: "jo", PolicyName, PolicyDocument: allow });
  const first = await iam.run("ListUserPolicies", { UserName: "jo", MaxItems: 1 });
  expect(first).toMatchObject({ PolicyNames: ["a"], IsTruncated: true });
  const { Marker } = first;
  expect((await iam.run("ListUserPolicies", { UserName: "jo", Marker })).PolicyNames).toEqual(["b"]);
});
