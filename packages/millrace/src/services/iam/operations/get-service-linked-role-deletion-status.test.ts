import { expect, it } from "vitest";
import { refusal, TestIam } from "../test-iam.ts";

it("says that the deletion has succeeded", async () => {
  await using iam = new TestIam();
  await iam.run("CreateServiceLinkedRole", { AWSServiceName: "kafka.amazonaws.com" });
  const task = await iam.run("DeleteServiceLinkedRole", { RoleName: "AWSServiceRoleForKafka" });
  expect(await iam.run("GetServiceLinkedRoleDeletionStatus", task)).toEqual({ Status: "SUCCEEDED" });
  const unknown = iam.run("GetServiceLinkedRoleDeletionStatus", { DeletionTaskId: "task/x" });
  expect(await refusal(unknown)).toMatch(/^NoSuchEntity/);
});
