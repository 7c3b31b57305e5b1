import { describe, expect, it } from "vitest";
import { policyFor } from "../test-policy.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketPolicy", () => {
  it("answers what was put", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketPolicy", { Bucket, Policy: policyFor(Bucket) });
    expect(await s3.run("GetBucketPolicy", { Bucket })).toEqual({ Policy: policyFor(Bucket) });
  });

  it("says that there is none", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("GetBucketPolicy", { Bucket }))).toBe("NoSuchBucketPolicy");
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketPolicy", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketPolicy", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
