import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("DeleteBucketLifecycle", () => {
  it("removes what was put, and may be repeated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketLifecycleConfiguration", {
      Bucket,
      LifecycleConfiguration: {
        Rules: [{ ID: "r", Status: "Enabled", Filter: {}, Expiration: { Days: 1 } }],
      },
    });
    await s3.run("DeleteBucketLifecycle", { Bucket });
    await s3.run("DeleteBucketLifecycle", { Bucket });
    expect(await codeOf(s3.run("GetBucketLifecycleConfiguration", { Bucket }))).toBe(
      "NoSuchLifecycleConfiguration",
    );
    expect(s3.needs("DeleteBucketLifecycle", { Bucket })).toEqual([
      "s3:PutLifecycleConfiguration arn:aws:s3:::data",
    ]);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("DeleteBucketLifecycle", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("DeleteBucketLifecycle", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
