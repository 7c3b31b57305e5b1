import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("takes tags away", async () => {
  await using iam = new TestIam();
  await iam.run("CreateInstanceProfile", { InstanceProfileName: "box", Tags: [{ Key: "a", Value: "b" }] });
  await iam.run("UntagInstanceProfile", { InstanceProfileName: "box", TagKeys: ["a"] });
  expect((await iam.run("ListInstanceProfileTags", { InstanceProfileName: "box" })).Tags).toEqual([]);
});
