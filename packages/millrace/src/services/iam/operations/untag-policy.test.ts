import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("takes tags away", async () => {
  await using iam = new TestIam();
  const PolicyArn = await iam.policy("p");
  await iam.run("TagPolicy", { PolicyArn, Tags: [{ Key: "a", Value: "b" }] });
  await iam.run("UntagPolicy", { PolicyArn, TagKeys: ["a"] });
  expect((await iam.run("ListPolicyTags", { PolicyArn })).Tags).toEqual([]);
});
