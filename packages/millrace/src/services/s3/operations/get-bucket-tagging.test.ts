import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketTagging", () => {
  it("answers what was put", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketTagging", { Bucket, Tagging: { TagSet: [{ Key: "a", Value: "1" }] } });
    expect(await s3.run("GetBucketTagging", { Bucket })).toEqual({ TagSet: [{ Key: "a", Value: "1" }] });
  });

  it("says that there is none", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("GetBucketTagging", { Bucket }))).toBe("NoSuchTagSet");
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketTagging", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketTagging", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
