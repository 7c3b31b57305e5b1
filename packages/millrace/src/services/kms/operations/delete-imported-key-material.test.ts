import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { importMaterial } from "../test-import.ts";
import { codeOf, TestKms } from "../test-kms.ts";

it("DeleteImportedKeyMaterial empties the key until the same comes back", async () => {
  await using kms = await TestKms.start();
  const { KeyId, Arn } = await kms.key({ Origin: "EXTERNAL" });
  expect(await kms.run("DeleteImportedKeyMaterial", { KeyId })).toEqual({ KeyId: Arn });
  const secret = randomBytes(32);
  const { KeyMaterialId } = await importMaterial(kms, KeyId, secret);
  const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext: Buffer.from("x") });
  expect(await kms.run("DeleteImportedKeyMaterial", { KeyId })).toEqual({ KeyId: Arn, KeyMaterialId });
  expect((await kms.describe(KeyId)).KeyState).toBe("PendingImport");
  expect(kms.find(KeyId).document.materials[0]).not.toHaveProperty("sealed");
  expect(await codeOf(kms.run("Decrypt", { CiphertextBlob }))).toBe("KMSInvalidStateException");
  await importMaterial(kms, KeyId, secret);
  expect((await kms.run("Decrypt", { CiphertextBlob })).Plaintext).toEqual(Buffer.from("x"));
  const unknown = kms.run("DeleteImportedKeyMaterial", { KeyId, KeyMaterialId: "0".repeat(64) });
  expect(await codeOf(unknown)).toBe("NotFoundException");
  const own = await kms.key();
  expect(await codeOf(kms.run("DeleteImportedKeyMaterial", { KeyId: own.KeyId }))).toBe(
    "UnsupportedOperationException",
  );
});
