import { createHash, createPublicKey, verify } from "node:crypto";
import type { KeySpec, SigningAlgorithmSpec } from "@aws-sdk/client-kms";
import { describe, expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

const Message = Buffer.from("what is signed");
const kinds: readonly [KeySpec, SigningAlgorithmSpec][] = [
  ["RSA_2048", "RSASSA_PSS_SHA_256"],
  ["RSA_2048", "RSASSA_PKCS1_V1_5_SHA_512"],
  ["ECC_NIST_P256", "ECDSA_SHA_256"],
  ["ECC_NIST_P384", "ECDSA_SHA_384"],
  ["ECC_NIST_P521", "ECDSA_SHA_512"],
  ["ECC_SECG_P256K1", "ECDSA_SHA_256"],
  ["ECC_NIST_EDWARDS25519", "ED25519_SHA_512"],
  ["ML_DSA_44", "ML_DSA_SHAKE_256"],
];

describe("Sign", () => {
  for (const [KeySpec, SigningAlgorithm] of kinds)
    it(`${KeySpec} signs with ${SigningAlgorithm}`, async () => {
      await using kms = await TestKms.start();
      const { KeyId, Arn } = await kms.key({ KeySpec, KeyUsage: "SIGN_VERIFY" });
      const signed = await kms.run("Sign", { KeyId, Message, SigningAlgorithm });
      expect(signed).toMatchObject({ KeyId: Arn, SigningAlgorithm });
      const { Signature } = signed;
      expect(await kms.run("Verify", { KeyId, Message, SigningAlgorithm, Signature })).toEqual({
        KeyId: Arn,
        SignatureValid: true,
        SigningAlgorithm,
      });
      const wrong = kms.run("Verify", { KeyId, Message: Buffer.from("x"), SigningAlgorithm, Signature });
      expect(await refusalOf(wrong)).toBe("KMSInvalidSignatureException: ");
    });

  it("signs a digest so that the message's signature comes out", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ KeySpec: "ECC_SECG_P256K1", KeyUsage: "SIGN_VERIFY" });
    const digest = createHash("sha256").update(Message).digest();
    const input = { KeyId, SigningAlgorithm: "ECDSA_SHA_256", MessageType: "DIGEST" } as const;
    const { Signature } = await kms.run("Sign", { ...input, Message: digest });
    const { PublicKey } = await kms.run("GetPublicKey", { KeyId });
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: "der", type: "spki" });
    expect(verify("sha256", Message, key, Signature ?? Buffer.alloc(0))).toBe(true);
    expect(await refusalOf(kms.run("Sign", { ...input, Message }))).toBe(
      "ValidationException: Digest is invalid length for algorithm ECDSA_SHA_256.",
    );
  });

  it("refuses other keys, algorithms and kinds of messages", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ KeySpec: "ECC_NIST_EDWARDS25519", KeyUsage: "SIGN_VERIFY" });
    const sign = (input: object): Promise<string> =>
      refusalOf(kms.run("Sign", { KeyId, Message, SigningAlgorithm: "ED25519_SHA_512", ...input }));
    expect(await sign({ SigningAlgorithm: "ECDSA_SHA_256" })).toBe(
      "InvalidKeyUsageException: Algorithm ECDSA_SHA_256 is incompatible with key spec ECC_NIST_EDWARDS25519.",
    );
    expect(await sign({ MessageType: "DIGEST" })).toMatch(/^ValidationException/);
    expect(await sign({ MessageType: "EXTERNAL_MU" })).toMatch(/^ValidationException/);
    expect(await sign({ DryRun: true })).toMatch(/^DryRunOperationException/);
    const mac = await kms.key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    expect(await sign({ KeyId: mac.KeyId })).toBe(
      `InvalidKeyUsageException: ${mac.Arn} key usage is GENERATE_VERIFY_MAC which is not valid for Sign.`,
    );
    await kms.run("DisableKey", { KeyId });
    expect(await codeOf(kms.run("Sign", { KeyId, Message, SigningAlgorithm: "ED25519_SHA_512" }))).toBe(
      "DisabledException",
    );
  });
});
