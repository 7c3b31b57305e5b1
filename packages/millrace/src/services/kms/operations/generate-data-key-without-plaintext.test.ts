import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("GenerateDataKeyWithoutPlaintext keeps the clear key to itself", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  const answer = await kms.run("GenerateDataKeyWithoutPlaintext", { KeyId, KeySpec: "AES_128" });
  expect(answer).not.toHaveProperty("Plaintext");
  const { CiphertextBlob } = answer;
  expect((await kms.run("Decrypt", { CiphertextBlob })).Plaintext?.length).toBe(16);
  await kms.run("DisableKey", { KeyId });
  const call = kms.run("GenerateDataKeyWithoutPlaintext", { KeyId, KeySpec: "AES_128" });
  expect(await codeOf(call)).toBe("DisabledException");
});
