import { expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

const Message = Buffer.from("what is authenticated");

it("VerifyMac refuses any other MAC, message and algorithm", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
  const MacAlgorithm = "HMAC_SHA_256";
  const { Mac } = await kms.run("GenerateMac", { KeyId, Message, MacAlgorithm });
  const input = { KeyId, Message, MacAlgorithm, Mac } as const;
  const changed = Buffer.from(Mac ?? []);
  changed[0] = (changed[0] ?? 0) ^ 1;
  for (const wrong of [{ Mac: changed }, { Mac: changed.subarray(1) }, { Message: Buffer.from("x") }])
    expect(await refusalOf(kms.run("VerifyMac", { ...input, ...wrong }))).toBe("KMSInvalidMacException: ");
  expect(await codeOf(kms.run("VerifyMac", { ...input, MacAlgorithm: "HMAC_SHA_512" }))).toBe(
    "InvalidKeyUsageException",
  );
  expect(await codeOf(kms.run("VerifyMac", { ...input, DryRun: true }))).toBe("DryRunOperationException");
});
