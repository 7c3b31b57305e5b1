import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("Encapsulate answers a secret that Decapsulate finds again", async () => {
  await using kms = await TestKms.start();
  for (const KeySpec of ["ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"] as const) {
    const { KeyId, Arn } = await kms.key({ KeySpec, KeyUsage: "ENCAPSULATE_DECAPSULATE" });
    const sent = await kms.run("Encapsulate", { KeyId, EncapsulationAlgorithm: "ML_KEM" });
    expect(sent).toMatchObject({ KeyId: Arn });
    expect(sent.SharedSecret?.length).toBe(32);
    const got = await kms.run("Decapsulate", {
      KeyId,
      EncapsulationAlgorithm: "ML_KEM",
      SharedSecretCiphertextBlob: sent.SharedSecretCiphertextBlob,
    });
    expect(got.SharedSecret).toEqual(sent.SharedSecret);
  }
  const { KeyId } = await kms.key();
  expect(await codeOf(kms.run("Encapsulate", { KeyId, EncapsulationAlgorithm: "ML_KEM" }))).toBe(
    "InvalidKeyUsageException",
  );
});
