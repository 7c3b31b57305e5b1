import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetObjectLockConfiguration", () => {
  it("tells of buckets with object lock", async () => {
    await using s3 = await TestS3.start();
    const plain = await s3.bucket({ Bucket: "plain" });
    expect(await codeOf(s3.run("GetObjectLockConfiguration", { Bucket: plain }))).toBe(
      "ObjectLockConfigurationNotFoundError",
    );
    const Bucket = await s3.bucket({ ObjectLockEnabledForBucket: true });
    expect(await s3.run("GetObjectLockConfiguration", { Bucket })).toEqual({
      ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
    });
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetObjectLockConfiguration", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetObjectLockConfiguration", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
