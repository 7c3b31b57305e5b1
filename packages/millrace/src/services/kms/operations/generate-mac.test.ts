import { expect, it } from "vitest";
import { refusalOf, TestKms } from "../test-kms.ts";

const Message = Buffer.from("what is authenticated");

it("GenerateMac answers an HMAC of the key's own hash", async () => {
  await using kms = await TestKms.start();
  for (const [bits, bytes] of [
    ["224", 28],
    ["256", 32],
    ["384", 48],
    ["512", 64],
  ] as const) {
    const { KeyId, Arn } = await kms.key({ KeySpec: `HMAC_${bits}`, KeyUsage: "GENERATE_VERIFY_MAC" });
    const MacAlgorithm = `HMAC_SHA_${bits}` as const;
    const answer = await kms.run("GenerateMac", { KeyId, Message, MacAlgorithm });
    expect(answer).toMatchObject({ KeyId: Arn, MacAlgorithm });
    expect(answer.Mac?.length).toBe(bytes);
    expect(await kms.run("VerifyMac", { KeyId, Message, MacAlgorithm, Mac: answer.Mac })).toEqual({
      KeyId: Arn,
      MacValid: true,
      MacAlgorithm,
    });
  }
  const { KeyId } = await kms.key({ KeySpec: "HMAC_224", KeyUsage: "GENERATE_VERIFY_MAC" });
  expect(await refusalOf(kms.run("GenerateMac", { KeyId, Message, MacAlgorithm: "HMAC_SHA_256" }))).toBe(
    "InvalidKeyUsageException: Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_224.",
  );
  const symmetric = await kms.key();
  const call = kms.run("GenerateMac", { KeyId: symmetric.KeyId, Message, MacAlgorithm: "HMAC_SHA_256" });
  expect(await refusalOf(call)).toBe(
    `InvalidKeyUsageException: ${symmetric.Arn} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
  );
});
