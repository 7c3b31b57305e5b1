import { expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

it("DisableKey is for the owner, by id or ARN", async () => {
  await using kms = await TestKms.start({ onDisk: true });
  const { KeyId, Arn } = await kms.key();
  await kms.run("CreateAlias", { AliasName: "alias/mine", TargetKeyId: KeyId });
  expect(await refusalOf(kms.run("DisableKey", { KeyId: "alias/mine" }))).toBe(
    "NotFoundException: Invalid keyId 'alias/mine'",
  );
  const aliasArn = "arn:aws:kms:us-east-1:000000000000:alias/mine";
  expect(await codeOf(kms.run("DisableKey", { KeyId: aliasArn }))).toBe("InvalidArnException");
  expect(await codeOf(kms.run("DisableKey", { KeyId: Arn }, { account: "111111111111" }))).toBe(
    "AccessDeniedException",
  );
  await kms.run("DisableKey", { KeyId: Arn });
  await kms.restart();
  expect(await kms.describe(KeyId)).toMatchObject({ Enabled: false, KeyState: "Disabled" });
});
