import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("removes the boundary, which must be there", async () => {
  await using iam = new TestIam();
  const PermissionsBoundary = await iam.policy("limit");
  await iam.run("CreateUser", { UserName: "jo", PermissionsBoundary });
  await iam.run("DeleteUserPermissionsBoundary", { UserName: "jo" });
  expect((await iam.run("GetUser", { UserName: "jo" })).User?.PermissionsBoundary).toBeUndefined();
  expect(await refusal(iam.run("DeleteUserPermissionsBoundary", { UserName: "jo" }))).toMatch(
    /^NoSuchEntity/,
  );
});
