import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists the tags of a profile", async () => {
  await using iam = new TestIam();
  await iam.run("CreateInstanceProfile", { InstanceProfileName: "box", Tags: [{ Key: "a", Value: "b" }] });
  expect((await iam.run("ListInstanceProfileTags", { InstanceProfileName: "box" })).Tags).toEqual([
    { Key: "a", Value: "b" },
  ]);
  expect(await refusal(iam.run("ListInstanceProfileTags", { InstanceProfileName: "no" }))).toMatch(
    /^NoSuchEntity/,
  );
});
