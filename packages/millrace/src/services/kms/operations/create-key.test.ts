import { describe, expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

describe("CreateKey", () => {
  it("makes a symmetric key with AWS's default policy unless asked for something else", async () => {
    await using kms = await TestKms.start();
    const key = await kms.key();
    expect(key).toEqual({
      AWSAccountId: "000000000000",
      KeyId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      Arn: `arn:aws:kms:us-east-1:000000000000:key/${key.KeyId}`,
      CreationDate: new Date(kms.clock.now()),
      Enabled: true,
      Description: "",
      KeyUsage: "ENCRYPT_DECRYPT",
      KeyState: "Enabled",
      Origin: "AWS_KMS",
      KeyManager: "CUSTOMER",
      CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
      KeySpec: "SYMMETRIC_DEFAULT",
      MultiRegion: false,
      EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { Policy } = await kms.run("GetKeyPolicy", { KeyId: key.KeyId });
    expect(JSON.parse(Policy ?? "")).toEqual({
      Version: "2012-10-17",
      Id: "key-default-1",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::000000000000:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
  });

  it("says what each kind of key can do", async () => {
    await using kms = await TestKms.start();
    const kinds = [
      ["HMAC_384", "GENERATE_VERIFY_MAC", { MacAlgorithms: ["HMAC_SHA_384"] }],
      ["ECC_NIST_P256", "SIGN_VERIFY", { SigningAlgorithms: ["ECDSA_SHA_256"] }],
      ["ECC_NIST_P521", "KEY_AGREEMENT", { KeyAgreementAlgorithms: ["ECDH"] }],
      ["RSA_2048", "ENCRYPT_DECRYPT", { EncryptionAlgorithms: ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"] }],
      ["ML_KEM_768", "ENCAPSULATE_DECAPSULATE", { EncapsulationAlgorithms: ["ML_KEM"] }],
    ] as const;
    for (const [KeySpec, KeyUsage, algorithms] of kinds)
      expect(await kms.key({ KeySpec, KeyUsage })).toMatchObject({ KeySpec, KeyUsage, ...algorithms });
    expect(
      await kms.key({ CustomerMasterKeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }),
    ).toMatchObject({
      KeySpec: "HMAC_256",
    });
  });

  it("refuses specs, usages and origins that do not go together", async () => {
    await using kms = await TestKms.start();
    const make = (input: object): Promise<string> => refusalOf(kms.run("CreateKey", input));
    expect(await make({ KeySpec: "HMAC_256" })).toBe(
      "ValidationException: You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
    );
    expect(await make({ KeySpec: "ECC_SECG_P256K1", KeyUsage: "KEY_AGREEMENT" })).toBe(
      "ValidationException: KeyUsage KEY_AGREEMENT is not compatible with KeySpec ECC_SECG_P256K1",
    );
    expect(await make({ KeySpec: "RSA_2048", CustomerMasterKeySpec: "RSA_2048" })).toMatch(
      /^ValidationException/,
    );
    expect(await make({ KeySpec: "SM2", KeyUsage: "SIGN_VERIFY" })).toMatch(/^UnsupportedOperationException/);
    expect(await make({ Origin: "AWS_CLOUDHSM" })).toMatch(/^NotImplemented/);
    expect(await make({ CustomKeyStoreId: "cks-1" })).toMatch(/^NotImplemented/);
  });

  it("refuses policies and tags that cannot be", async () => {
    await using kms = await TestKms.start();
    const make = (input: object): Promise<string> => codeOf(kms.run("CreateKey", input));
    const allow = (Principal: object): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal, Action: "kms:*", Resource: "*" },
      });
    const other = allow({ AWS: "arn:aws:iam::111111111111:root" });
    expect(await make({ Policy: "{" })).toBe("MalformedPolicyDocumentException");
    expect(await make({ Policy: other })).toBe("MalformedPolicyDocumentException");
    await kms.key({ Policy: other, BypassPolicyLockoutSafetyCheck: true });
    await kms.key({ Policy: allow({ AWS: "000000000000" }) });
    const tag = { TagKey: "a", TagValue: "1" };
    expect(await make({ Tags: [tag, tag] })).toBe("TagException");
    expect(await make({ Tags: [{ TagKey: "aws:a", TagValue: "1" }] })).toBe("TagException");
  });

  it("keeps accounts and regions apart", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    for (const elsewhere of [{ region: "eu-west-1" }, { account: "111111111111" }]) {
      expect(await codeOf(kms.run("DescribeKey", { KeyId }, elsewhere))).toBe("NotFoundException");
      expect((await kms.run("ListKeys", {}, elsewhere)).Keys).toEqual([]);
    }
  });
});
