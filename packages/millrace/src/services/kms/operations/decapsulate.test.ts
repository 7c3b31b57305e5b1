import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("Decapsulate answers another secret for a changed ciphertext, and refuses one of another length", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key({ KeySpec: "ML_KEM_768", KeyUsage: "ENCAPSULATE_DECAPSULATE" });
  const EncapsulationAlgorithm = "ML_KEM";
  const sent = await kms.run("Encapsulate", { KeyId, EncapsulationAlgorithm });
  const blob = Buffer.from(sent.SharedSecretCiphertextBlob ?? []);
  const open = (SharedSecretCiphertextBlob: Uint8Array): Promise<{ SharedSecret?: Uint8Array | undefined }> =>
    kms.run("Decapsulate", { KeyId, EncapsulationAlgorithm, SharedSecretCiphertextBlob });
  blob[7] = (blob[7] ?? 0) ^ 1;
  expect((await open(blob)).SharedSecret).not.toEqual(sent.SharedSecret);
  expect(await codeOf(open(blob.subarray(1)))).toBe("InvalidCiphertextException");
});
