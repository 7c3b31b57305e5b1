import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { importMaterial } from "../test-import.ts";
import { codeOf, dayMs, TestKms } from "../test-kms.ts";

const Plaintext = Buffer.from("a secret");
const there = { region: "eu-west-1" };

describe("ReplicateKey", () => {
  it("makes a key that opens what the other encrypts, in both directions and after rotations", async () => {
    await using kms = await TestKms.start({ onDisk: true });
    const { KeyId, Arn } = await kms.key({ MultiRegion: true });
    expect(KeyId).toMatch(/^mrk-[0-9a-f]{32}$/);
    const { ReplicaKeyMetadata } = await kms.run("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
    const replicaArn = Arn.replace("us-east-1", "eu-west-1");
    const configuration = {
      PrimaryKey: { Arn, Region: "us-east-1" },
      ReplicaKeys: [{ Arn: replicaArn, Region: "eu-west-1" }],
    };
    expect(ReplicaKeyMetadata).toMatchObject({
      Arn: replicaArn,
      KeyId,
      MultiRegionConfiguration: { MultiRegionKeyType: "REPLICA", ...configuration },
    });
    await kms.run("RotateKeyOnDemand", { KeyId });
    await kms.restart();
    expect((await kms.describe(KeyId)).MultiRegionConfiguration).toEqual({
      MultiRegionKeyType: "PRIMARY",
      ...configuration,
    });
    for (const [from, to] of [
      [{}, there],
      [there, {}],
    ]) {
      const { CiphertextBlob } = await kms.run("Encrypt", { KeyId, Plaintext }, from);
      expect((await kms.run("Decrypt", { CiphertextBlob }, to)).Plaintext).toEqual(Plaintext);
    }
    await kms.run("DisableKey", { KeyId }, there);
    expect((await kms.describe(KeyId)).KeyState).toBe("Enabled");
  });

  it("keeps a primary until the last replica is gone", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ MultiRegion: true });
    await kms.run("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
    const answer = await kms.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 10 });
    expect(answer).toMatchObject({ KeyState: "PendingReplicaDeletion", PendingWindowInDays: 10 });
    expect(answer).not.toHaveProperty("DeletionDate");
    await kms.pass(40 * dayMs);
    expect(await kms.describe(KeyId)).toMatchObject({ PendingDeletionWindowInDays: 10 });
    await kms.run("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, there);
    await kms.pass(7 * dayMs);
    const { KeyState, DeletionDate } = await kms.describe(KeyId);
    expect(KeyState).toBe("PendingDeletion");
    expect(DeletionDate?.getTime()).toBeGreaterThan(kms.clock.now() + 9 * dayMs);
    await kms.pass(11 * dayMs);
    expect([...kms.state.keys.all()]).toEqual([]);
  });

  it("leaves imported material to be imported again", async () => {
    await using kms = await TestKms.start();
    const { KeyId } = await kms.key({ MultiRegion: true, Origin: "EXTERNAL" });
    await importMaterial(kms, KeyId, randomBytes(32));
    await kms.run("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
    expect((await kms.describe(KeyId, there)).KeyState).toBe("PendingImport");
  });

  it("refuses single-Region keys, replicas, the same region and a second time", async () => {
    await using kms = await TestKms.start();
    const single = await kms.key();
    const { KeyId } = await kms.key({ MultiRegion: true });
    const copy = (id: string, ReplicaRegion: string, from: object = {}): Promise<string> =>
      codeOf(kms.run("ReplicateKey", { KeyId: id, ReplicaRegion }, from));
    expect(await copy(single.KeyId, "eu-west-1")).toBe("UnsupportedOperationException");
    expect(await copy(KeyId, "us-east-1")).toBe("ValidationException");
    await kms.run("ReplicateKey", { KeyId, ReplicaRegion: "eu-west-1" });
    expect(await copy(KeyId, "eu-west-1")).toBe("AlreadyExistsException");
    expect(await copy(KeyId, "us-west-2", there)).toBe("UnsupportedOperationException");
    expect(await codeOf(kms.run("EnableKeyRotation", { KeyId }, there))).toBe(
      "UnsupportedOperationException",
    );
    await kms.run("DisableKey", { KeyId });
    expect(await copy(KeyId, "us-west-2")).toBe("DisabledException");
  });
});
