import { expect, it } from "vitest";
import { codeOf, dayMs, TestKms } from "../test-kms.ts";

it("DisableKeyRotation stops the automatic ones", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  await kms.run("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
  await kms.run("DisableKeyRotation", { KeyId });
  await kms.pass(400 * dayMs);
  expect((await kms.run("ListKeyRotations", { KeyId })).Rotations).toEqual([]);
  await kms.run("RotateKeyOnDemand", { KeyId });
  await kms.run("ScheduleKeyDeletion", { KeyId });
  expect(await codeOf(kms.run("DisableKeyRotation", { KeyId }))).toBe("KMSInvalidStateException");
});
