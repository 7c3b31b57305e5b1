import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("EnableKey lets a disabled key work again", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  await kms.run("DisableKey", { KeyId });
  await kms.run("EnableKey", { KeyId });
  expect(await kms.describe(KeyId)).toMatchObject({ Enabled: true, KeyState: "Enabled" });
  await kms.run("ScheduleKeyDeletion", { KeyId });
  expect(await codeOf(kms.run("EnableKey", { KeyId }))).toBe("KMSInvalidStateException");
  const empty = await kms.key({ Origin: "EXTERNAL" });
  expect(await codeOf(kms.run("EnableKey", { KeyId: empty.KeyId }))).toBe("KMSInvalidStateException");
});
