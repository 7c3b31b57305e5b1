import { expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

it("CancelKeyDeletion leaves the key disabled", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key();
  expect(await refusalOf(kms.run("CancelKeyDeletion", { KeyId }))).toBe(
    `KMSInvalidStateException: ${Arn} is not pending deletion.`,
  );
  await kms.run("ScheduleKeyDeletion", { KeyId });
  expect(await kms.run("CancelKeyDeletion", { KeyId })).toEqual({ KeyId: Arn });
  expect(await kms.describe(KeyId)).toMatchObject({ KeyState: "Disabled" });
  expect(await kms.describe(KeyId)).not.toHaveProperty("DeletionDate");
  await kms.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
  await kms.pass(7 * 86_400_000);
  expect(await codeOf(kms.run("CancelKeyDeletion", { KeyId }))).toBe("NotFoundException");
});
