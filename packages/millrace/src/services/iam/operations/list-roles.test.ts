import { expect, it } from "vitest";
import { TestIam, trust } from "../test-iam.ts";

it("lists roles by name, below a path, without tags", async () => {
  await using iam = new TestIam();
  const tagged = { AssumeRolePolicyDocument: trust, Tags: [{ Key: "a", Value: "b" }] };
  await iam.run("CreateRole", { RoleName: "b", Path: "/x/", ...tagged });
  await iam.role("a");
  const { Roles } = await iam.run("ListRoles", {});
  expect(Roles?.map(({ RoleName }) => RoleName)).toEqual(["a", "b"]);
  expect(Roles?.[1]).not.toHaveProperty("Tags");
  expect((await iam.run("ListRoles", { PathPrefix: "/x/" })).Roles).toHaveLength(1);
});
