import { createPublicKey } from "node:crypto";
import { expect, it } from "vitest";
import { codeOf, dayMs, refusalOf, TestKms } from "../test-kms.ts";

it("GetParametersForImport answers a wrapping key for a day", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key({ Origin: "EXTERNAL" });
  const answer = await kms.run("GetParametersForImport", {
    KeyId,
    WrappingAlgorithm: "RSAES_OAEP_SHA_256",
    WrappingKeySpec: "RSA_3072",
  });
  expect(answer).toMatchObject({ KeyId: Arn, ParametersValidTo: new Date(kms.clock.now() + dayMs) });
  const key = createPublicKey({ key: Buffer.from(answer.PublicKey ?? []), format: "der", type: "spki" });
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
  expect(answer.ImportToken?.length).toBeLessThan(6144);
});

it("GetParametersForImport refuses other keys and wrappings that do not fit", async () => {
  await using kms = await TestKms.start();
  const own = await kms.key();
  const ask = (KeyId: string, more: object = {}): Promise<string> =>
    refusalOf(
      kms.run("GetParametersForImport", {
        KeyId,
        WrappingAlgorithm: "RSAES_OAEP_SHA_1",
        WrappingKeySpec: "RSA_2048",
        ...more,
      }),
    );
  expect(await ask(own.KeyId)).toBe(
    `UnsupportedOperationException: ${own.Arn} origin is AWS_KMS which is not valid for this operation.`,
  );
  const rsa = await kms.key({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY", Origin: "EXTERNAL" });
  expect(await ask(rsa.KeyId)).toMatch(/^ValidationException/);
  expect(await ask(rsa.KeyId, { WrappingKeySpec: "SM2" })).toMatch(/^UnsupportedOperationException/);
  expect(await ask(rsa.KeyId, { WrappingAlgorithm: "RSAES_PKCS1_V1_5" })).toMatch(
    /^UnsupportedOperationException/,
  );
  await kms.run("ScheduleKeyDeletion", { KeyId: rsa.KeyId });
  const late = kms.run("GetParametersForImport", {
    KeyId: rsa.KeyId,
    WrappingAlgorithm: "RSA_AES_KEY_WRAP_SHA_256",
    WrappingKeySpec: "RSA_2048",
  });
  expect(await codeOf(late)).toBe("KMSInvalidStateException");
});
