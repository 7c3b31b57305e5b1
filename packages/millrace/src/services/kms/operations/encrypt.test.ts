import { describe, expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

const Plaintext = Buffer.from("a secret");

describe("Encrypt", () => {
  it("answers what Decrypt opens without being told the key", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn } = await kms.key();
    const answer = await kms.run("Encrypt", { KeyId, Plaintext, EncryptionContext: { a: "1", b: "2" } });
    expect(answer).toMatchObject({ KeyId: Arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" });
    expect(Buffer.from(answer.CiphertextBlob ?? []).includes("a secret")).toBe(false);
    const { CiphertextBlob } = answer;
    const opened = await kms.run("Decrypt", { CiphertextBlob, EncryptionContext: { b: "2", a: "1" } });
    expect(opened).toMatchObject({ KeyId: Arn, Plaintext });
    const again = await kms.run("Encrypt", { KeyId, Plaintext });
    expect(again.CiphertextBlob).not.toEqual(CiphertextBlob);
  });

  it("takes the key by id, ARN, alias and alias ARN, also from another account", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn } = await kms.key();
    await kms.run("CreateAlias", { AliasName: "alias/mine", TargetKeyId: KeyId });
    const aliasArn = "arn:aws:kms:us-east-1:000000000000:alias/mine";
    for (const name of [KeyId, Arn, "alias/mine", aliasArn])
      expect((await kms.run("Encrypt", { KeyId: name, Plaintext })).KeyId).toBe(Arn);
    const guest = { account: "111111111111" };
    for (const name of [Arn, aliasArn])
      expect((await kms.run("Encrypt", { KeyId: name, Plaintext }, guest)).KeyId).toBe(Arn);
    for (const name of [KeyId, "alias/mine"])
      expect(await codeOf(kms.run("Encrypt", { KeyId: name, Plaintext }, guest))).toBe("NotFoundException");
  });

  it("encrypts as much under RSA as OAEP takes", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
    for (const [EncryptionAlgorithm, most] of [
      ["RSAES_OAEP_SHA_1", 214],
      ["RSAES_OAEP_SHA_256", 190],
    ] as const) {
      const longest = Buffer.alloc(most, 1);
      const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext: longest, EncryptionAlgorithm });
      const opened = await kms.run("Decrypt", { KeyId, CiphertextBlob, EncryptionAlgorithm });
      expect(opened.Plaintext).toEqual(longest);
      expect(opened.KeyMaterialId).toBeUndefined();
      const over = kms.run("Encrypt", { KeyId, Plaintext: Buffer.alloc(most + 1), EncryptionAlgorithm });
      expect(await refusalOf(over)).toBe(
        `ValidationException: Algorithm ${EncryptionAlgorithm} and key spec RSA_2048 cannot encrypt data larger than ${most} bytes.`,
      );
    }
    expect(await refusalOf(kms.run("Encrypt", { KeyId, Plaintext }))).toBe(
      "InvalidKeyUsageException: Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048.",
    );
    const withContext = { KeyId, Plaintext, EncryptionAlgorithm: "RSAES_OAEP_SHA_1" as const };
    expect(await codeOf(kms.run("Encrypt", { ...withContext, EncryptionContext: { a: "1" } }))).toBe(
      "ValidationException",
    );
  });

  it("refuses keys of another usage, in another state, and those that are not there", async () => {
    await using kms = await TestKms.start();
    const signing = await kms.key({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
    expect(await refusalOf(kms.run("Encrypt", { KeyId: signing.KeyId, Plaintext }))).toBe(
      `InvalidKeyUsageException: ${signing.Arn} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
    );
    const { KeyId, Arn } = await kms.key();
    await kms.run("DisableKey", { KeyId });
    expect(await refusalOf(kms.run("Encrypt", { KeyId, Plaintext }))).toBe(
      `DisabledException: ${Arn} is disabled.`,
    );
    await kms.run("ScheduleKeyDeletion", { KeyId });
    expect(await refusalOf(kms.run("Encrypt", { KeyId, Plaintext }))).toBe(
      `KMSInvalidStateException: ${Arn} is pending deletion.`,
    );
    const missing = "00000000-0000-4000-8000-000000000000";
    expect(await refusalOf(kms.run("Encrypt", { KeyId: missing, Plaintext }))).toBe(
      `NotFoundException: Key 'arn:aws:kms:us-east-1:000000000000:key/${missing}' does not exist`,
    );
    expect(await refusalOf(kms.run("Encrypt", { KeyId: "fake-key-id", Plaintext }))).toBe(
      "NotFoundException: Invalid keyId 'fake-key-id'",
    );
    expect(await refusalOf(kms.run("Encrypt", { KeyId: "alias/none", Plaintext }))).toBe(
      "NotFoundException: Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found.",
    );
    expect(await refusalOf(kms.run("Encrypt", { KeyId: Arn, Plaintext }, { region: "eu-west-1" }))).toBe(
      "NotFoundException: Invalid arn us-east-1",
    );
    expect(await codeOf(kms.run("Encrypt", { KeyId: "arn:aws:s3:::x", Plaintext }))).toBe(
      "NotFoundException",
    );
  });

  it("checks everything in a dry run, and does nothing else", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    expect(await codeOf(kms.run("Encrypt", { KeyId, Plaintext, DryRun: true }))).toBe(
      "DryRunOperationException",
    );
    await kms.run("DisableKey", { KeyId });
    expect(await codeOf(kms.run("Encrypt", { KeyId, Plaintext, DryRun: true }))).toBe("DisabledException");
  });

  it("refuses grant tokens that nobody was given", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    const GrantTokens = [Buffer.alloc(90, 1).toString("base64url")];
    expect(await codeOf(kms.run("Encrypt", { KeyId, Plaintext, GrantTokens }))).toBe(
      "InvalidGrantTokenException",
    );
  });

  it("asks for permission on the key, with its context", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn } = await kms.key({ Tags: [{ TagKey: "team", TagValue: "blue" }] });
    await kms.run("CreateAlias", { AliasName: "alias/mine", TargetKeyId: KeyId });
    const input = { KeyId: "alias/mine", Plaintext, EncryptionContext: { purpose: "test" } };
    expect(kms.permissions("Encrypt", input)).toEqual([
      {
        action: "kms:Encrypt",
        resources: [Arn],
        context: expect.objectContaining({
          "kms:CallerAccount": "000000000000",
          "kms:EncryptionContext:purpose": "test",
          "kms:EncryptionContextKeys": ["purpose"],
          "kms:RequestAlias": "alias/mine",
          "kms:ResourceAliases": ["alias/mine"],
          "kms:KeySpec": "SYMMETRIC_DEFAULT",
          "aws:ResourceTag/team": "blue",
        }),
      },
    ]);
    expect(kms.permissions("Encrypt", { KeyId: "alias/none", Plaintext })).toEqual([]);
    expect(kms.permissions("Encrypt", { KeyId: "alias/aws/s3", Plaintext })[0]?.resources).toEqual(["*"]);
  });
});
