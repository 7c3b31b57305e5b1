import { describe, expect, it } from "vitest";
import { codeOf, dayMs, TestKms } from "../test-kms.ts";

describe("EnableKeyRotation", () => {
  it("rotates when the period is over, again and again; old ciphertexts stay readable", async () => {
    await using kms = await TestKms.start();
    const { KeyId, CurrentKeyMaterialId: first } = await kms.key();
    const Plaintext = Buffer.from("x");
    const old = await kms.run("Encrypt", { KeyId, Plaintext });
    await kms.run("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await kms.pass(90 * dayMs);
    const second = (await kms.describe(KeyId)).CurrentKeyMaterialId;
    expect(second).not.toBe(first);
    await kms.pass(90 * dayMs);
    const { Rotations } = await kms.run("ListKeyRotations", { KeyId });
    expect(Rotations?.map(({ RotationType }) => RotationType)).toEqual(["AUTOMATIC", "AUTOMATIC"]);
    expect(await kms.run("Decrypt", { CiphertextBlob: old.CiphertextBlob })).toMatchObject({
      Plaintext,
      KeyMaterialId: first,
    });
    const fresh = await kms.run("Encrypt", { KeyId, Plaintext });
    const { KeyMaterialId } = await kms.run("Decrypt", { CiphertextBlob: fresh.CiphertextBlob });
    expect(KeyMaterialId).toBe((await kms.describe(KeyId)).CurrentKeyMaterialId);
  });

  it("catches up once with what fell due while nothing ran", async () => {
    await using kms = await TestKms.start({ onDisk: true });
    const { KeyId } = await kms.key();
    await kms.run("EnableKeyRotation", { KeyId });
    kms.state.sweep.close();
    kms.clock.advance(3 * 365 * dayMs);
    await kms.restart();
    expect((await kms.run("ListKeyRotations", { KeyId })).Rotations?.length).toBe(1);
    expect((await kms.run("GetKeyRotationStatus", { KeyId })).NextRotationDate).toEqual(
      new Date(kms.clock.now() + 365 * dayMs),
    );
  });

  it("waits for a key that is disabled", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    await kms.run("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
    await kms.run("DisableKey", { KeyId });
    await kms.pass(100 * dayMs);
    expect((await kms.run("ListKeyRotations", { KeyId })).Rotations).toEqual([]);
    await kms.run("EnableKey", { KeyId });
    await kms.pass(1000);
    expect((await kms.run("ListKeyRotations", { KeyId })).Rotations?.length).toBe(1);
  });

  it("is for symmetric keys with KMS's own material", async () => {
    await using kms = await TestKms.start();
    const wishes = [
      { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
      { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
      { Origin: "EXTERNAL" },
    ] as const;
    for (const wish of wishes) {
      const { KeyId } = await kms.key(wish);
      expect(await codeOf(kms.run("EnableKeyRotation", { KeyId }))).toBe("UnsupportedOperationException");
    }
    const { KeyId } = await kms.key();
    for (const RotationPeriodInDays of [89, 2561])
      expect(await codeOf(kms.run("EnableKeyRotation", { KeyId, RotationPeriodInDays }))).toBe(
        "ValidationException",
      );
    await kms.run("DisableKey", { KeyId });
    expect(await codeOf(kms.run("EnableKeyRotation", { KeyId }))).toBe("DisabledException");
  });
});
