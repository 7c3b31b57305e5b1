import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

describe("GenerateDataKeyPair", () => {
  it("answers both halves, and the private one wrapped", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    for (const KeyPairSpec of [
      "RSA_2048",
      "ECC_NIST_P384",
      "ECC_SECG_P256K1",
      "ECC_NIST_EDWARDS25519",
    ] as const) {
      const pair = await kms.run("GenerateDataKeyPair", {
        KeyId,
        KeyPairSpec,
        EncryptionContext: { a: "1" },
      });
      expect(pair.KeyPairSpec).toBe(KeyPairSpec);
      const opened = await kms.run("Decrypt", {
        CiphertextBlob: pair.PrivateKeyCiphertextBlob,
        EncryptionContext: { a: "1" },
      });
      expect(opened.Plaintext).toEqual(pair.PrivateKeyPlaintext);
      const privateKey = createPrivateKey({
        key: Buffer.from(pair.PrivateKeyPlaintext ?? []),
        format: "der",
        type: "pkcs8",
      });
      const publicKey = createPublicKey({
        key: Buffer.from(pair.PublicKey ?? []),
        format: "der",
        type: "spki",
      });
      const hash = KeyPairSpec === "ECC_NIST_EDWARDS25519" ? null : "sha256";
      const message = Buffer.from("message");
      expect(verify(hash, message, publicKey, sign(hash, message, privateKey))).toBe(true);
    }
  });

  it("refuses what it cannot make", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    const make = (input: object): Promise<string> =>
      codeOf(kms.run("GenerateDataKeyPair", { KeyId, KeyPairSpec: "ECC_NIST_P256", ...input }));
    expect(await make({ KeyPairSpec: "SM2" })).toBe("UnsupportedOperationException");
    expect(await make({ Recipient: {} })).toBe("NotImplemented");
    expect(await make({ DryRun: true })).toBe("DryRunOperationException");
  });
});
