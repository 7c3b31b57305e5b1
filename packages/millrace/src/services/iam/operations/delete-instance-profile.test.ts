import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("deletes a profile without a role", async () => {
  await using iam = new TestIam();
  await iam.profile("box");
  await iam.role("app");
  const input = { InstanceProfileName: "box", RoleName: "app" };
  await iam.run("AddRoleToInstanceProfile", input);
  expect(await refusal(iam.run("DeleteInstanceProfile", input))).toMatch(/^DeleteConflict/);
  await iam.run("RemoveRoleFromInstanceProfile", input);
  await iam.run("DeleteInstanceProfile", input);
  expect(await refusal(iam.run("DeleteInstanceProfile", input))).toMatch(/^NoSuchEntity/);
});
