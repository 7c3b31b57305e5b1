import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("sets the description and answers the role", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const { Role } = await iam.run("UpdateRoleDescription", { RoleName: "app", Description: "new" });
  expect(Role).toMatchObject({ RoleName: "app", Description: "new" });
  const unknown = iam.run("UpdateRoleDescription", { RoleName: "no", Description: "" });
  expect(await refusal(unknown)).toMatch(/^NoSuchEntity/);
});
