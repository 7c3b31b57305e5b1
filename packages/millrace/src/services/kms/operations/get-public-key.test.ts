import { createPublicKey } from "node:crypto";
import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("GetPublicKey answers the public half in DER, and what it is for", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
  const answer = await kms.run("GetPublicKey", { KeyId });
  expect(answer).toMatchObject({
    KeyId: Arn,
    KeySpec: "RSA_2048",
    CustomerMasterKeySpec: "RSA_2048",
    KeyUsage: "ENCRYPT_DECRYPT",
    EncryptionAlgorithms: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"],
  });
  const key = createPublicKey({ key: Buffer.from(answer.PublicKey ?? []), format: "der", type: "spki" });
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
  const symmetric = await kms.key();
  expect(await codeOf(kms.run("GetPublicKey", { KeyId: symmetric.KeyId }))).toBe(
    "UnsupportedOperationException",
  );
  await kms.run("DisableKey", { KeyId });
  expect(await codeOf(kms.run("GetPublicKey", { KeyId }))).toBe("DisabledException");
});
