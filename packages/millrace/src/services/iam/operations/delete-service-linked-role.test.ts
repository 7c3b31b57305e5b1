import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("deletes the role of a service, and no other", async () => {
  await using iam = new TestIam();
  await iam.run("CreateServiceLinkedRole", { AWSServiceName: "kafka.amazonaws.com" });
  const RoleName = "AWSServiceRoleForKafka";
  const { DeletionTaskId } = await iam.run("DeleteServiceLinkedRole", { RoleName });
  expect(DeletionTaskId).toMatch(
    /^task\/aws-service-role\/kafka.amazonaws.com\/AWSServiceRoleForKafka\/[0-9a-f-]{36}$/,
  );
  expect(await refusal(iam.run("GetRole", { RoleName }))).toMatch(/^NoSuchEntity/);
  await iam.role("app");
  expect(await refusal(iam.run("DeleteServiceLinkedRole", { RoleName: "app" }))).toMatch(/^InvalidInput/);
});
