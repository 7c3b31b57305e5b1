import { expect, it } from "vitest";
import { allow, refusal, TestIam } from "../test-iam.ts";

it("deletes a role that nothing hangs on", async () => {
  await using iam = new TestIam();
  await iam.role("app");
  await iam.profile("box");
  const remove = (): Promise<unknown> => iam.run("DeleteRole", { RoleName: "app" });
  await iam.run("AddRoleToInstanceProfile", { InstanceProfileName: "box", RoleName: "app" });
  expect(await refusal(remove())).toBe(
    "DeleteConflictException: Cannot delete entity, must remove roles from instance profile first.",
  );
  await iam.run("RemoveRoleFromInstanceProfile", { InstanceProfileName: "box", RoleName: "app" });
  await iam.run("PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow });
  expect(await refusal(remove())).toMatch(/^DeleteConflict/);
  await iam.run("DeleteRolePolicy", { RoleName: "app", PolicyName: "p" });
  await remove();
  expect(await refusal(remove())).toMatch(/^NoSuchEntity/);
});

it("leaves service-linked roles to their own operation", async () => {
  await using iam = new TestIam();
  await iam.run("CreateServiceLinkedRole", { AWSServiceName: "kafka.amazonaws.com" });
  expect(await refusal(iam.run("DeleteRole", { RoleName: "AWSServiceRoleForKafka" }))).toMatch(
    /^Unmodifiable/,
  );
});
