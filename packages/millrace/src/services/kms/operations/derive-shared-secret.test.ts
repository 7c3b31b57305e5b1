import { createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

const spki = { type: "spki", format: "der" } as const;

it("DeriveSharedSecret answers what the peer computes", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key({ KeySpec: "ECC_NIST_P384", KeyUsage: "KEY_AGREEMENT" });
  const peer = generateKeyPairSync("ec", { namedCurve: "secp384r1" });
  const input = {
    KeyId,
    KeyAgreementAlgorithm: "ECDH",
    PublicKey: peer.publicKey.export(spki),
  } as const;
  const answer = await kms.run("DeriveSharedSecret", input);
  expect(answer).toMatchObject({ KeyId: Arn, KeyAgreementAlgorithm: "ECDH", KeyOrigin: "AWS_KMS" });
  const { PublicKey } = await kms.run("GetPublicKey", { KeyId });
  const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? []), ...spki });
  const expected = diffieHellman({ privateKey: peer.privateKey, publicKey });
  expect(Buffer.from(answer.SharedSecret ?? [])).toEqual(expected);
  const other = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).publicKey.export(spki);
  for (const wrong of [other, Buffer.from("no key"), Buffer.alloc(0)])
    expect(await codeOf(kms.run("DeriveSharedSecret", { ...input, PublicKey: wrong }))).toBe(
      "ValidationException",
    );
  const signing = await kms.key({ KeySpec: "ECC_NIST_P384", KeyUsage: "SIGN_VERIFY" });
  expect(await codeOf(kms.run("DeriveSharedSecret", { ...input, KeyId: signing.KeyId }))).toBe(
    "InvalidKeyUsageException",
  );
});
