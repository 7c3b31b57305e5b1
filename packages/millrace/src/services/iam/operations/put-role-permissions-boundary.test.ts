import { expect, it } from "vitest";
import { TestIam } from "../test-iam.ts";

it("limits a role by a policy", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  const PermissionsBoundary = await iam.policy("limit");
  await iam.run("PutRolePermissionsBoundary", { RoleName: "app", PermissionsBoundary });
  expect((await iam.run("GetRole", { RoleName: "app" })).Role?.PermissionsBoundary).toMatchObject({
    PermissionsBoundaryArn: PermissionsBoundary,
  });
  expect((await iam.run("GetPolicy", { PolicyArn: PermissionsBoundary })).Policy).toMatchObject({
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 1,
  });
});
