import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("takes the role out", async () => {
  await using iam = new TestIam();
  await iam.profile("box");
  await iam.role("app");
  const input = { InstanceProfileName: "box", RoleName: "app" };
  await iam.run("AddRoleToInstanceProfile", input);
  await iam.run("RemoveRoleFromInstanceProfile", input);
  expect((await iam.run("GetInstanceProfile", input)).InstanceProfile?.Roles).toEqual([]);
  expect(await refusal(iam.run("RemoveRoleFromInstanceProfile", input))).toMatch(/^NoSuchEntity/);
});
