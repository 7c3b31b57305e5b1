import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("GenerateDataKeyPairWithoutPlaintext answers the private key wrapped only", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key();
  const KeyPairSpec = "ECC_NIST_P256";
  const pair = await kms.run("GenerateDataKeyPairWithoutPlaintext", { KeyId, KeyPairSpec });
  expect(pair).toMatchObject({ KeyId: Arn, KeyPairSpec });
  expect(pair).not.toHaveProperty("PrivateKeyPlaintext");
  const opened = await kms.run("Decrypt", { CiphertextBlob: pair.PrivateKeyCiphertextBlob });
  expect(opened.Plaintext?.length).toBeGreaterThan(100);
  const signing = await kms.key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  const call = kms.run("GenerateDataKeyPairWithoutPlaintext", { KeyId: signing.KeyId, KeyPairSpec });
  expect(await codeOf(call)).toBe("InvalidKeyUsageException");
});
