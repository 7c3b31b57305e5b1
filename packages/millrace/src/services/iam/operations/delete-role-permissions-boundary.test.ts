import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("removes the boundary, which must be there", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const PermissionsBoundary = await iam.policy("limit");
  await iam.run("PutRolePermissionsBoundary", { RoleName: "app", PermissionsBoundary });
  await iam.run("DeleteRolePermissionsBoundary", { RoleName: "app" });
  expect((await iam.run("GetRole", { RoleName: "app" })).Role).not.toHaveProperty("PermissionsBoundary");
  expect(await refusal(iam.run("DeleteRolePermissionsBoundary", { RoleName: "app" }))).toMatch(
    /^NoSuchEntity/,
  );
});
