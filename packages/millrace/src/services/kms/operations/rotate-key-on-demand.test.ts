import { expect, it } from "vitest";
import { codeOf, TestKms } from "../test-kms.ts";

it("RotateKeyOnDemand gives new material, and keeps the old through restarts", async () => {
  await using kms = await TestKms.start({ onDisk: true });
  const { KeyId, CurrentKeyMaterialId } = await kms.key();
  const blobs = [];
  for (let round = 0; round < 3; round++) {
    blobs.push((await kms.run("Encrypt", { KeyId, Plaintext: Buffer.from(`${round}`) })).CiphertextBlob);
    await kms.run("RotateKeyOnDemand", { KeyId });
  }
  expect((await kms.describe(KeyId)).CurrentKeyMaterialId).not.toBe(CurrentKeyMaterialId);
  await kms.restart();
  for (const [round, CiphertextBlob] of blobs.entries())
    expect(Buffer.from((await kms.run("Decrypt", { CiphertextBlob })).Plaintext ?? []).toString()).toBe(
      `${round}`,
    );
});

it("RotateKeyOnDemand has a limit, also when calls come together", async () => {
  await using kms = await TestKms.start();
  const { KeyId } = await kms.key();
  const calls = Array.from({ length: 30 }, () => kms.run("RotateKeyOnDemand", { KeyId }));
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(25);
  expect(await codeOf(kms.run("RotateKeyOnDemand", { KeyId }))).toBe("LimitExceededException");
  await kms.run("DisableKey", { KeyId });
  expect(await codeOf(kms.run("RotateKeyOnDemand", { KeyId }))).toBe("DisabledException");
});
