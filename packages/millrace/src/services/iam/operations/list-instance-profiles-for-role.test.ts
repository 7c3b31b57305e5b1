import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("lists the profiles that carry a role", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  for (const name of ["b", "a"]) await iam.profile(name);
  await iam.run("AddRoleToInstanceProfile", { InstanceProfileName: "b", RoleName: "app" });
  expect((await iam.run("ListInstanceProfilesForRole", { RoleName: "app" })).InstanceProfiles).toMatchObject([
    { InstanceProfileName: "b" },
  ]);
  expect(await refusal(iam.run("ListInstanceProfilesForRole", { RoleName: "no" }))).toMatch(/^NoSuchEntity/);
});
