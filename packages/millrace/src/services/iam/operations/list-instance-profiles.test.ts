import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("lists profiles by name, below a path", async () => {
  await using iam = new TestIam();
  for (const name of ["b", "a"]) await iam.profile(name);
  const { InstanceProfiles } = await iam.run("ListInstanceProfiles", {});
  expect(InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName)).toEqual(["a", "b"]);
  expect((await iam.run("ListInstanceProfiles", { PathPrefix: "/x/" })).InstanceProfiles).toEqual([]);
});
