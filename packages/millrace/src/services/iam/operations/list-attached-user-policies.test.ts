import { expect, it } from "vitest";
import { allow, TestIam } from "../test-iam.ts";

it("lists attached policies by name and path, page by page", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  for (const PolicyName of ["b", "a"]) {
    const { Policy } = await iam.run("CreatePolicy", { PolicyName, Path: "/x/", PolicyDocument: allow });
    await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn: Policy?.Arn });
  }
  await iam.run("AttachUserPolicy", { UserName: "jo", PolicyArn: await iam.policy("c") });
  const first = await iam.run("ListAttachedUserPolicies", { UserName: "jo", PathPrefix: "/x/", MaxItems: 1 });
  expect(first.AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["a"]);
  const { Marker } = first;
  const second = await iam.run("ListAttachedUserPolicies", { UserName: "jo", PathPrefix: "/x/", Marker });
  expect(second.AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["b"]);
});
