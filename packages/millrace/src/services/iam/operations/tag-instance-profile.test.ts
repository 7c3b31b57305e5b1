import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("tags a profile", async () => {
  await using iam = new TestIam();
  await iam.profile("box");
  const Tags = [{ Key: "a", Value: "b" }];
  await iam.run("TagInstanceProfile", { InstanceProfileName: "box", Tags });
  expect((await iam.run("GetInstanceProfile", { InstanceProfileName: "box" })).InstanceProfile?.Tags).toEqual(
    Tags,
  );
});
