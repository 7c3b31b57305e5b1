import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("describes a profile with its role", async () => {
  await using iam = new TestIam();
  await iam.profile("box");
  await iam.role("app");
  await iam.run("AddRoleToInstanceProfile", { InstanceProfileName: "box", RoleName: "app" });
  expect(await iam.run("GetInstanceProfile", { InstanceProfileName: "box" })).toMatchObject({
    InstanceProfile: { InstanceProfileName: "box", Roles: [{ RoleName: "app" }] },
  });
  expect(await refusal(iam.run("GetInstanceProfile", { InstanceProfileName: "no" }))).toBe(
    "NoSuchEntityException: Instance Profile no cannot be found.",
  );
});
