import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("DeleteBucketTagging", () => {
  it("removes what was put, and may be repeated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketTagging", { Bucket, Tagging: { TagSet: [{ Key: "a", Value: "1" }] } });
    await s3.run("DeleteBucketTagging", { Bucket });
    await s3.run("DeleteBucketTagging", { Bucket });
    expect(await codeOf(s3.run("GetBucketTagging", { Bucket }))).toBe("NoSuchTagSet");
    expect(s3.needs("DeleteBucketTagging", { Bucket })).toEqual(["s3:PutBucketTagging arn:aws:s3:::data"]);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("DeleteBucketTagging", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("DeleteBucketTagging", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
