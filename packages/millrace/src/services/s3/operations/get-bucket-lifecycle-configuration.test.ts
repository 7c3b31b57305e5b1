import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketLifecycleConfiguration", () => {
  it("answers what was put", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketLifecycleConfiguration", {
      Bucket,
      LifecycleConfiguration: {
        Rules: [{ ID: "r", Status: "Enabled", Filter: {}, Expiration: { Days: 1 } }],
      },
    });
    expect(await s3.run("GetBucketLifecycleConfiguration", { Bucket })).toEqual({
      Rules: [{ ID: "r", Status: "Enabled", Filter: {}, Expiration: { Days: 1 } }],
      TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
    });
  });

  it("says that there is none", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("GetBucketLifecycleConfiguration", { Bucket }))).toBe(
      "NoSuchLifecycleConfiguration",
    );
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketLifecycleConfiguration", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketLifecycleConfiguration", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
