import { describe, expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

describe("GenerateDataKey", () => {
  it("answers a key in the clear and wrapped", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn, CurrentKeyMaterialId } = await kms.key();
    for (const [size, bytes] of [
      [{ KeySpec: "AES_256" }, 32],
      [{ KeySpec: "AES_128" }, 16],
      [{ NumberOfBytes: 1024 }, 1024],
    ] as const) {
      const EncryptionContext = { table: "orders" };
      const answer = await kms.run("GenerateDataKey", { KeyId, ...size, EncryptionContext });
      expect(answer).toMatchObject({ KeyId: Arn, KeyMaterialId: CurrentKeyMaterialId });
      expect(answer.Plaintext?.length).toBe(bytes);
      const { CiphertextBlob } = answer;
      const opened = await kms.run("Decrypt", { CiphertextBlob, EncryptionContext });
      expect(opened.Plaintext).toEqual(answer.Plaintext);
    }
  });

  it("wants one size, and a symmetric key", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    for (const size of [{}, { KeySpec: "AES_256", NumberOfBytes: 32 } as const])
      expect(await refusalOf(kms.run("GenerateDataKey", { KeyId, ...size }))).toBe(
        "ValidationException: Please specify either number of bytes or key spec.",
      );
    const rsa = await kms.key({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
    const call = kms.run("GenerateDataKey", { KeyId: rsa.KeyId, KeySpec: "AES_256" });
    expect(await codeOf(call)).toBe("InvalidKeyUsageException");
    const dry = kms.run("GenerateDataKey", { KeyId, KeySpec: "AES_256", DryRun: true });
    expect(await codeOf(dry)).toBe("DryRunOperationException");
  });
});
