import { describe, expect, it } from "vitest";
import type { Bucket } from "../../kernels/objects/index.ts";
import {
  blocksCustomerKeys,
  defaultEncryptionOf,
  defaultRetentionOf,
  newBucketSettings,
  ownershipOf,
  settingsOf,
  withSettings,
} from "./bucket-settings.ts";

const bucket: Bucket = {
  name: "orders",
  account: "000000000000",
  region: "us-east-1",
  createdAtMs: 0,
  versioning: "enabled",
  objectLock: true,
  settings: newBucketSettings(),
};
const nowMs = Date.UTC(2028, 1, 29, 12);

describe("bucket settings", () => {
  it("begin without access control lists and with everything public blocked", () => {
    expect(ownershipOf(bucket)).toBe("BucketOwnerEnforced");
    expect(Object.values(settingsOf(bucket).publicAccess ?? {})).toEqual([true, true, true, true]);
  });

  it("are replaced one by one, and removed by undefined", () => {
    const tagged = withSettings(bucket, { tags: { a: "1" }, policy: "{}" });
    expect(tagged.settings).toEqual({ ...bucket.settings, tags: { a: "1" }, policy: "{}" });
    expect(withSettings(tagged, { tags: undefined, policy: undefined }).settings).toEqual(bucket.settings);
    expect(ownershipOf(withSettings(bucket, { ownership: undefined }))).toBe("ObjectWriter");
  });

  it("say how objects are encrypted by default", () => {
    expect(defaultEncryptionOf(bucket)).toBeUndefined();
    const kms = { algorithm: "aws:kms", keyId: "k", bucketKey: true } as const;
    expect(defaultEncryptionOf(withSettings(bucket, { encryption: kms }))).toEqual(kms);
    const blocking = withSettings(bucket, {
      encryption: { algorithm: undefined, bucketKey: false, blocksCustomerKeys: true },
    });
    expect(defaultEncryptionOf(blocking)).toBeUndefined();
    expect(blocksCustomerKeys(blocking)).toBe(true);
    expect(blocksCustomerKeys(bucket)).toBe(false);
  });

  it("count default retention in days or calendar years", () => {
    expect(defaultRetentionOf(bucket, nowMs)).toBeUndefined();
    const days = withSettings(bucket, { defaultRetention: { mode: "GOVERNANCE", days: 1 } });
    expect(defaultRetentionOf(days, nowMs)).toEqual({
      mode: "GOVERNANCE",
      untilMs: Date.UTC(2028, 2, 1, 12),
    });
    const years = withSettings(bucket, { defaultRetention: { mode: "COMPLIANCE", years: 1 } });
    expect(defaultRetentionOf(years, nowMs)?.untilMs).toBe(Date.UTC(2029, 2, 1, 12));
    expect(defaultRetentionOf({ ...days, objectLock: false }, nowMs)).toBeUndefined();
  });
});
