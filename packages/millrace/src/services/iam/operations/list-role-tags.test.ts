import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists the tags of a role", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.run("TagRole", { RoleName: "app", Tags: [{ Key: "a", Value: "b" }] });
  expect(await iam.run("ListRoleTags", { RoleName: "app" })).toEqual({
    Tags: [{ Key: "a", Value: "b" }],
    IsTruncated: false,
  });
  expect(await refusal(iam.run("ListRoleTags", { RoleName: "no" }))).toMatch(/^NoSuchEntity/);
});
