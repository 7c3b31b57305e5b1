import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("UpdateKeyDescription replaces the text", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key({ Description: "old" });
  await kms.run("UpdateKeyDescription", { KeyId, Description: "new" });
  expect((await kms.describe(KeyId)).Description).toBe("new");
  await kms.run("ScheduleKeyDeletion", { KeyId });
  expect(await codeOf(kms.run("UpdateKeyDescription", { KeyId, Description: "x" }))).toBe(
    "KMSInvalidStateException",
  );
});
