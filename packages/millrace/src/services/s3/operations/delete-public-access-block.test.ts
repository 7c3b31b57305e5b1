import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("DeletePublicAccessBlock", () => {
  it("removes what was put, and may be repeated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutPublicAccessBlock", {
      Bucket,
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    await s3.run("DeletePublicAccessBlock", { Bucket });
    await s3.run("DeletePublicAccessBlock", { Bucket });
    expect(await codeOf(s3.run("GetPublicAccessBlock", { Bucket }))).toBe(
      "NoSuchPublicAccessBlockConfiguration",
    );
    expect(s3.needs("DeletePublicAccessBlock", { Bucket })).toEqual([
      "s3:PutBucketPublicAccessBlock arn:aws:s3:::data",
    ]);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("DeletePublicAccessBlock", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("DeletePublicAccessBlock", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
