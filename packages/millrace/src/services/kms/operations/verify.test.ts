import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

const Message = Buffer.from("what is signed");

it("Verify takes the right signature under the right key only", async () => {
  await using kms = await TestKms.start();
  const wish = { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" } as const;
  const [one, other] = [await kms.key(wish), await kms.key(wish)];
  const SigningAlgorithm = "RSASSA_PSS_SHA_384";
  const { Signature } = await kms.run("Sign", { KeyId: one.KeyId, Message, SigningAlgorithm });
  const input = { KeyId: one.KeyId, Message, SigningAlgorithm, Signature } as const;
  expect((await kms.run("Verify", input)).SignatureValid).toBe(true);
  const wrong: [object, string][] = [
    [{ KeyId: other.KeyId }, "KMSInvalidSignatureException"],
    [{ Signature: Buffer.from("short") }, "KMSInvalidSignatureException"],
    [{ SigningAlgorithm: "RSASSA_PSS_SHA_256" }, "KMSInvalidSignatureException"],
    [{ SigningAlgorithm: "ECDSA_SHA_256" }, "InvalidKeyUsageException"],
    [{ MessageType: "DIGEST" }, "ValidationException"],
    [{ DryRun: true }, "DryRunOperationException"],
  ];
  for (const [change, code] of wrong)
    expect(await codeOf(kms.run("Verify", { ...input, ...change }))).toBe(code);
});
