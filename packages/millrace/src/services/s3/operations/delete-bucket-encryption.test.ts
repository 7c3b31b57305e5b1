import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("DeleteBucketEncryption", () => {
  it("removes what was put, and may be repeated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketEncryption", {
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    });
    await s3.run("DeleteBucketEncryption", { Bucket });
    await s3.run("DeleteBucketEncryption", { Bucket });
    expect(await codeOf(s3.run("GetBucketEncryption", { Bucket }))).toBe(
      "ServerSideEncryptionConfigurationNotFoundError",
    );
    expect(s3.needs("DeleteBucketEncryption", { Bucket })).toEqual([
      "s3:PutEncryptionConfiguration arn:aws:s3:::data",
    ]);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("DeleteBucketEncryption", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("DeleteBucketEncryption", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
