import { describe, expect, it } from "vitest";
import { codeOf, refusalOf, TestKms } from "../test-kms.ts";

const Plaintext = Buffer.from("a secret");

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function sealed(kms: TestKms): Promise<{ KeyId: string; Arn: string; CiphertextBlob: Buffer }> {
  const { KeyId, Arn } = await kms.key();
  const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext, EncryptionContext: { a: "1" } });
  return { KeyId, Arn, CiphertextBlob: Buffer.from(CiphertextBlob ?? []) };
}

describe("Decrypt", () => {
  it("says which key and which of its materials it was", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn, CiphertextBlob } = await sealed(kms);
    const { CurrentKeyMaterialId } = await kms.describe(KeyId);
    expect(await kms.run("Decrypt", { CiphertextBlob, EncryptionContext: { a: "1" } })).toEqual({
      KeyId: Arn,
      Plaintext,
      EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      KeyMaterialId: CurrentKeyMaterialId,
    });
  });

  it("opens nothing in another context", async () => {
    await using kms = await TestKms.start();
    const { CiphertextBlob } = await sealed(kms);
    for (const EncryptionContext of [undefined, {}, { a: "2" }, { A: "1" }, { a: "1", b: "" }])
      expect(await refusalOf(kms.run("Decrypt", { CiphertextBlob, EncryptionContext }))).toBe(
        "InvalidCiphertextException: ",
      );
  });

  it("does not take two contexts for one because their texts run together", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext, EncryptionContext: { ab: "c" } });
    const other = kms.run("Decrypt", { CiphertextBlob, EncryptionContext: { a: "bc" } });
    expect(await codeOf(other)).toBe("InvalidCiphertextException");
  });

  it("takes no ciphertext that was changed, cut or made up", async () => {
    await using kms = await TestKms.start();
    const { KeyId, CiphertextBlob: good } = await sealed(kms);
    const open = (CiphertextBlob: Uint8Array, named?: string): Promise<string> =>
      codeOf(
        kms.run("Decrypt", {
          CiphertextBlob,
          EncryptionContext: { a: "1" },
          ...(named === undefined ? {} : { KeyId: named }),
        }),
      );
    for (let at = 0; at < good.length; at++) {
      const changed = Buffer.from(good);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(await open(changed)).toBe("InvalidCiphertextException");
      expect(await open(good.subarray(0, at), KeyId)).toBe("InvalidCiphertextException");
    }
    expect(await open(Buffer.concat([good, Buffer.alloc(1)]))).toBe("InvalidCiphertextException");
    const seed = 20260722;
    const random = randomOf(seed);
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 300) }, () => random() * 256));
      if (round % 2 === 0 && bytes.length > 0) bytes[0] = 1;
      expect(await open(bytes), `seed ${seed}, round ${round}`).toBe("InvalidCiphertextException");
    }
  });

  it("uses only the key that the caller names", async () => {
    await using kms = await TestKms.start();
    const { KeyId, CiphertextBlob } = await sealed(kms);
    const other = await kms.key();
    const mac = await kms.key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" });
    const open = (named: string): Promise<unknown> =>
      kms.run("Decrypt", { CiphertextBlob, EncryptionContext: { a: "1" }, KeyId: named });
    expect(await open(KeyId)).toMatchObject({ Plaintext });
    for (const wrong of [other.KeyId, mac.KeyId])
      expect(await refusalOf(open(wrong))).toBe(
        "IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation.",
      );
    expect(await codeOf(open("alias/none"))).toBe("NotFoundException");
  });

  it("says when the key is not here any more, or not in this region", async () => {
    await using kms = await TestKms.start();
    const { KeyId, CiphertextBlob } = await sealed(kms);
    const input = { CiphertextBlob, EncryptionContext: { a: "1" } };
    expect(await refusalOf(kms.run("Decrypt", input, { region: "eu-west-1" }))).toMatch(
      /^AccessDeniedException: The ciphertext refers to a customer master key that does not exist/,
    );
    await kms.run("DisableKey", { KeyId });
    expect(await codeOf(kms.run("Decrypt", input))).toBe("DisabledException");
  });

  it("does not take another Millrace's ciphertexts", async () => {
    await using one = await TestKms.start();
    await using other = await TestKms.start();
    const { CiphertextBlob } = await sealed(one);
    expect(await codeOf(other.run("Decrypt", { CiphertextBlob }))).toBe("InvalidCiphertextException");
  });

  it("needs the key of an RSA ciphertext, and takes it from anywhere", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" });
    const EncryptionAlgorithm = "RSAES_OAEP_SHA_256";
    const CiphertextBlob = Buffer.alloc(256, 3);
    const open = (input: object): Promise<string> =>
      codeOf(kms.run("Decrypt", { CiphertextBlob, EncryptionAlgorithm, ...input }));
    expect(await open({})).toBe("ValidationException");
    expect(await open({ KeyId })).toBe("InvalidCiphertextException");
    expect(await open({ KeyId, CiphertextBlob: Buffer.alloc(3) })).toBe("InvalidCiphertextException");
  });

  it("has dry runs, with and without the ciphertext", async () => {
    await using kms = await TestKms.start();
    const { KeyId, CiphertextBlob } = await sealed(kms);
    const dry = (input: object): Promise<string> => codeOf(kms.run("Decrypt", { DryRun: true, ...input }));
    expect(await dry({ CiphertextBlob, EncryptionContext: { a: "1" } })).toBe("DryRunOperationException");
    expect(await dry({ CiphertextBlob })).toBe("InvalidCiphertextException");
    const DryRunModifiers = ["IGNORE_CIPHERTEXT"];
    expect(await dry({ KeyId, DryRunModifiers })).toBe("DryRunOperationException");
    expect(await dry({ DryRunModifiers })).toBe("ValidationException");
    expect(await dry({})).toBe("ValidationException");
  });

  it("refuses to answer to an enclave", async () => {
    await using kms = await TestKms.start();
    const { CiphertextBlob } = await sealed(kms);
    const Recipient = { AttestationDocument: Buffer.from("document") };
    expect(await codeOf(kms.run("Decrypt", { CiphertextBlob, Recipient }))).toBe("NotImplemented");
  });

  it("asks for permission on the key that the ciphertext names", async () => {
    await using kms = await TestKms.start();
    const { Arn, CiphertextBlob } = await sealed(kms);
    expect(kms.permissions("Decrypt", { CiphertextBlob })).toMatchObject([
      { action: "kms:Decrypt", resources: [Arn] },
    ]);
    expect(kms.permissions("Decrypt", { CiphertextBlob: Buffer.alloc(100) })).toEqual([]);
  });
});
