import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { limits } from "../limits.ts";
import { codeOf, dayMs, TestKms } from "../test-kms.ts";

describe("ScheduleKeyDeletion", () => {
  it("erases the key with all that belongs to it when the window is over", async () => {
    await using kms = await TestKms.start();
    const { KeyId, Arn } = await kms.key();
    await kms.run("CreateAlias", { AliasName: "alias/mine", TargetKeyId: KeyId });
    const GranteePrincipal = "arn:aws:iam::000000000000:user/ann";
    await kms.run("CreateGrant", { KeyId, GranteePrincipal, Operations: ["Decrypt"] });
    const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext: Buffer.from("x") });
    expect(await kms.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 8 })).toEqual({
      KeyId: Arn,
      KeyState: "PendingDeletion",
      PendingWindowInDays: 8,
      DeletionDate: new Date(kms.clock.now() + 8 * dayMs),
    });
    await kms.pass(8 * dayMs - 1);
    expect((await kms.describe(KeyId)).KeyState).toBe("PendingDeletion");
    await kms.pass(1);
    expect(await codeOf(kms.describe(KeyId))).toBe("NotFoundException");
    expect(await codeOf(kms.run("Decrypt", { CiphertextBlob }))).toBe("AccessDeniedException");
    expect((await kms.run("ListAliases", {})).Aliases).toEqual([]);
    await kms.pass(limits.sweepPauseMs);
    expect([...kms.state.keys.all()]).toEqual([]);
    expect([...kms.state.grants.all()]).toEqual([]);
  });

  it("erases it at the next start when nothing ran at the time", async () => {
    await using kms = await TestKms.start({ onDisk: true });
    const { KeyId } = await kms.key();
    const sealed = kms.find(KeyId).document.materials[0]?.sealed ?? "";
    expect(isOnDisk(kms, sealed)).toBe(true);
    await kms.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    kms.state.sweep.close();
    kms.clock.advance(30 * dayMs);
    expect(await codeOf(kms.describe(KeyId))).toBe("NotFoundException");
    expect((await kms.run("ListKeys", {})).Keys).toEqual([]);
    await kms.restart();
    expect([...kms.state.keys.all()]).toEqual([]);
    expect(kms.logged).toEqual([]);
  });

  it("waits thirty days unless told otherwise, and takes seven to thirty", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key();
    for (const PendingWindowInDays of [6, 31])
      expect(await codeOf(kms.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays }))).toBe(
        "ValidationException",
      );
    const { DeletionDate } = await kms.run("ScheduleKeyDeletion", { KeyId });
    expect(DeletionDate).toEqual(new Date(kms.clock.now() + 30 * dayMs));
    expect(await codeOf(kms.run("ScheduleKeyDeletion", { KeyId }))).toBe("KMSInvalidStateException");
  });

  it("leaves no secret in the clear on disk", async () => {
    await using kms = await TestKms.start({ onDisk: true });
    const { KeyId } = await kms.key();
    const key = kms.find(KeyId);
    const material = key.current;
    if (material === undefined) throw new Error("a new key has material");
    const secret = key.secret(material, kms.master).export();
    for (const form of [secret, Buffer.from(secret.toString("base64")), Buffer.from(secret.toString("hex"))])
      expect(isOnDisk(kms, form)).toBe(false);
  });
});

function isOnDisk(kms: TestKms, bytes: string | Buffer): boolean {
  const directory = kms.directory ?? "";
  return readdirSync(directory).some((name) => readFileSync(join(directory, name)).includes(bytes));
}
