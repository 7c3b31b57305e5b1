import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("adds and replaces tags; keys that differ only in case are one", async () => {
  await using iam = new TestIam();
  await iam.user("jo");
  await iam.run("TagUser", {
    UserName: "jo",
    Tags: [
      { Key: "Unit", Value: "a" },
      { Key: "x", Value: "" },
    ],
  });
  await iam.run("TagUser", { UserName: "jo", Tags: [{ Key: "unit", Value: "b" }] });
  expect((await iam.run("ListUserTags", { UserName: "jo" })).Tags).toEqual([
    { Key: "unit", Value: "b" },
    { Key: "x", Value: "" },
  ]);
  expect(await refusal(iam.run("TagUser", { UserName: "no", Tags: [] }))).toMatch(/^NoSuchEntity/);
});
