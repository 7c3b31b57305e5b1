import { createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { importMaterial, wrap } from "../test-import.ts";
import { codeOf, dayMs, refusalOf, TestKms } from "../test-kms.ts";

const Plaintext = Buffer.from("a secret");
const pkcs8 = { type: "pkcs8", format: "der" } as const;

describe("ImportKeyMaterial", () => {
  it("makes a pending key work, with every wrapping", async () => {
    await using kms = await TestKms.start({ onDisk: true });
    const wrappings = [
      "RSAES_OAEP_SHA_1",
      "RSAES_OAEP_SHA_256",
      "RSA_AES_KEY_WRAP_SHA_1",
      "RSA_AES_KEY_WRAP_SHA_256",
    ] as const;
    for (const wrapping of wrappings) {
      const { KeyId, Arn, KeyState } = await kms.key({ Origin: "EXTERNAL" });
      expect(KeyState).toBe("PendingImport");
      expect(await refusalOf(kms.run("Encrypt", { KeyId, Plaintext }))).toBe(
        `KMSInvalidStateException: ${Arn} is pending import.`,
      );
      const { KeyMaterialId } = await importMaterial(kms, KeyId, randomBytes(32), undefined, wrapping);
      expect(await kms.describe(KeyId)).toMatchObject({
        KeyState: "Enabled",
        ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE",
        CurrentKeyMaterialId: KeyMaterialId,
      });
      const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext });
      await kms.restart();
      expect((await kms.run("Decrypt", { CiphertextBlob })).Plaintext).toEqual(Plaintext);
    }
  });

  it("uses the very secret that was imported", async () => {
    await using kms = await TestKms.start();
    const mac = await kms.key({ KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC", Origin: "EXTERNAL" });
    const secret = randomBytes(32);
    await importMaterial(kms, mac.KeyId, secret);
    const { Mac } = await kms.run("GenerateMac", {
      KeyId: mac.KeyId,
      Message: Plaintext,
      MacAlgorithm: "HMAC_SHA_256",
    });
    expect(Buffer.from(Mac ?? [])).toEqual(createHmac("sha256", secret).update(Plaintext).digest());
    const pairs = [
      ["RSA_2048", "RSASSA_PKCS1_V1_5_SHA_256", generateKeyPairSync("rsa", { modulusLength: 2048 })],
      ["ECC_NIST_P384", "ECDSA_SHA_384", generateKeyPairSync("ec", { namedCurve: "secp384r1" })],
    ] as const;
    for (const [KeySpec, SigningAlgorithm, pair] of pairs) {
      const { KeyId } = await kms.key({ KeySpec, KeyUsage: "SIGN_VERIFY", Origin: "EXTERNAL" });
      const secretKey = pair.privateKey.export(pkcs8);
      await importMaterial(kms, KeyId, secretKey, undefined, "RSA_AES_KEY_WRAP_SHA_256");
      const Signature = sign(KeySpec === "RSA_2048" ? "sha256" : "sha384", Plaintext, pair.privateKey);
      const verified = await kms.run("Verify", { KeyId, Message: Plaintext, SigningAlgorithm, Signature });
      expect(verified.SignatureValid).toBe(true);
    }
  });

  it("forgets material that expires, and takes it again", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ Origin: "EXTERNAL" });
    const secret = randomBytes(32);
    const expiring = (): object => ({ ValidTo: new Date(kms.clock.now() + dayMs) });
    await importMaterial(kms, KeyId, secret, expiring());
    const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext });
    expect(await kms.describe(KeyId)).toMatchObject({ ExpirationModel: "KEY_MATERIAL_EXPIRES" });
    kms.clock.advance(dayMs);
    expect((await kms.describe(KeyId)).KeyState).toBe("PendingImport");
    await kms.pass(1000);
    expect(kms.find(KeyId).document.materials[0]).not.toHaveProperty("sealed");
    expect(await codeOf(kms.run("Decrypt", { CiphertextBlob }))).toBe("KMSInvalidStateException");
    expect(await codeOf(importMaterial(kms, KeyId, randomBytes(32), expiring()))).toBe(
      "IncorrectKeyMaterialException",
    );
    await importMaterial(kms, KeyId, secret, expiring());
    expect((await kms.run("Decrypt", { CiphertextBlob })).Plaintext).toEqual(Plaintext);
  });

  it("takes a second material that waits for a rotation", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ Origin: "EXTERNAL" });
    const forever = { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
    const first = await importMaterial(kms, KeyId, randomBytes(32), forever);
    expect(await codeOf(kms.run("RotateKeyOnDemand", { KeyId }))).toBe("KMSInvalidStateException");
    const next = { ...forever, ImportType: "NEW_KEY_MATERIAL", KeyMaterialDescription: "the second" };
    const second = await importMaterial(kms, KeyId, randomBytes(32), next);
    expect((await kms.describe(KeyId)).CurrentKeyMaterialId).toBe(first.KeyMaterialId);
    await kms.run("RotateKeyOnDemand", { KeyId });
    expect((await kms.describe(KeyId)).CurrentKeyMaterialId).toBe(second.KeyMaterialId);
    const { Rotations } = await kms.run("ListKeyRotations", {
      KeyId,
      IncludeKeyMaterial: "ALL_KEY_MATERIAL",
    });
    expect(Rotations).toMatchObject([
      { KeyMaterialId: first.KeyMaterialId, KeyMaterialState: "NON_CURRENT", ImportState: "IMPORTED" },
      { KeyMaterialState: "CURRENT", KeyMaterialDescription: "the second", RotationType: "ON_DEMAND" },
    ]);
  });

  it("refuses wrong tokens, wrappings, kinds and dates", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ Origin: "EXTERNAL" });
    const other = await kms.key({ Origin: "EXTERNAL" });
    const parameters = {
      KeyId,
      WrappingAlgorithm: "RSAES_OAEP_SHA_256",
      WrappingKeySpec: "RSA_2048",
    } as const;
    const { ImportToken, PublicKey } = await kms.run("GetParametersForImport", parameters);
    const sealed = (bytes: Uint8Array): Buffer =>
      wrap(PublicKey ?? Buffer.alloc(0), "RSAES_OAEP_SHA_256", bytes);
    const EncryptedKeyMaterial = sealed(randomBytes(32));
    const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
    const bring = (change: object): Promise<string> =>
      codeOf(
        kms.run("ImportKeyMaterial", {
          KeyId,
          ImportToken,
          EncryptedKeyMaterial,
          ExpirationModel,
          ...change,
        }),
      );
    expect(await bring({ KeyId: other.KeyId })).toBe("InvalidImportTokenException");
    expect(await bring({ ImportToken: Buffer.from("made up") })).toBe("InvalidImportTokenException");
    expect(await bring({ EncryptedKeyMaterial: Buffer.alloc(256, 1) })).toBe("InvalidCiphertextException");
    expect(await bring({ EncryptedKeyMaterial: sealed(randomBytes(16)) })).toBe(
      "IncorrectKeyMaterialException",
    );
    expect(await bring({ ExpirationModel: "KEY_MATERIAL_EXPIRES" })).toBe("ValidationException");
    expect(await bring({ ValidTo: new Date(kms.clock.now() + dayMs) })).toBe("ValidationException");
    const past = { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: new Date(kms.clock.now()) };
    expect(await bring(past)).toBe("ValidationException");
    expect(await bring({ ImportType: "EXISTING_KEY_MATERIAL" })).toBe("IncorrectKeyMaterialException");
    kms.clock.advance(dayMs);
    expect(await bring({})).toBe("ExpiredImportTokenException");
  });
});
