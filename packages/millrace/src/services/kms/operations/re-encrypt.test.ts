import { describe, expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

const Plaintext = Buffer.from("a secret");

describe("ReEncrypt", () => {
  it("moves a secret to another key and context", async () => {
    await using kms = await TestKms.start();
    const [one, two] = [await kms.key(), await kms.key()];
    const first = await kms.run("Encrypt", { KeyId: one.KeyId, Plaintext, EncryptionContext: { a: "1" } });
    const input = {
      CiphertextBlob: first.CiphertextBlob,
      SourceEncryptionContext: { a: "1" },
      DestinationKeyId: two.KeyId,
      DestinationEncryptionContext: { b: "2" },
    };
    const moved = await kms.run("ReEncrypt", input);
    expect(moved).toMatchObject({
      SourceKeyId: one.Arn,
      KeyId: two.Arn,
      SourceKeyMaterialId: one.CurrentKeyMaterialId,
      DestinationKeyMaterialId: two.CurrentKeyMaterialId,
    });
    const { CiphertextBlob } = moved;
    expect(await kms.run("Decrypt", { CiphertextBlob, EncryptionContext: { b: "2" } })).toMatchObject({
      KeyId: two.Arn,
      Plaintext,
    });
    expect(await codeOf(kms.run("ReEncrypt", { ...input, DryRun: true }))).toBe("DryRunOperationException");
    expect(kms.permissions("ReEncrypt", input)).toMatchObject([
      { action: "kms:ReEncryptFrom", resources: [one.Arn], context: { "kms:EncryptionContext:a": "1" } },
      { action: "kms:ReEncryptTo", resources: [two.Arn], context: { "kms:EncryptionContext:b": "2" } },
    ]);
  });

  it("refuses wrong sources and destinations that cannot be used", async () => {
    await using kms = await TestKms.start();
    const [one, two] = [await kms.key(), await kms.key()];
    const { CiphertextBlob } = await kms.run("Encrypt", { KeyId: one.KeyId, Plaintext });
    const move = (input: object): Promise<string> =>
      codeOf(kms.run("ReEncrypt", { CiphertextBlob, DestinationKeyId: two.KeyId, ...input }));
    expect(await move({ SourceEncryptionContext: { a: "1" } })).toBe("InvalidCiphertextException");
    expect(await move({ SourceKeyId: two.KeyId })).toBe("IncorrectKeyException");
    expect(await move({ CiphertextBlob: Buffer.from("x") })).toBe("InvalidCiphertextException");
    expect(await move({ CiphertextBlob: undefined })).toBe("ValidationException");
    await kms.run("DisableKey", { KeyId: two.KeyId });
    expect(await move({})).toBe("DisabledException");
  });
});
