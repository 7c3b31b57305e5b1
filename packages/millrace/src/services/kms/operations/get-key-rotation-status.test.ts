import { expect, it } from "vitest";
import { codeOf, dayMs, TestKms } from "../test-kms.ts";

it("GetKeyRotationStatus says whether and when", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key();
  expect(await kms.run("GetKeyRotationStatus", { KeyId })).toEqual({ KeyRotationEnabled: false, KeyId: Arn });
  await kms.run("EnableKeyRotation", { KeyId });
  const due = new Date(kms.clock.now() + 365 * dayMs);
  kms.clock.advance(dayMs);
  await kms.run("EnableKeyRotation", { KeyId });
  expect(await kms.run("GetKeyRotationStatus", { KeyId: Arn }, { account: "111111111111" })).toEqual({
    KeyRotationEnabled: true,
    KeyId: Arn,
    RotationPeriodInDays: 365,
    NextRotationDate: due,
  });
  await kms.run("ScheduleKeyDeletion", { KeyId });
  expect((await kms.run("GetKeyRotationStatus", { KeyId })).KeyRotationEnabled).toBe(false);
  const mac = await kms.key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  expect(await codeOf(kms.run("GetKeyRotationStatus", { KeyId: mac.KeyId }))).toBe(
    "UnsupportedOperationException",
  );
});
