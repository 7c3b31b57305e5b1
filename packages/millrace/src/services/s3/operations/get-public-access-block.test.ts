import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetPublicAccessBlock", () => {
  it("answers what was put", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutPublicAccessBlock", {
      Bucket,
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    expect(await s3.run("GetPublicAccessBlock", { Bucket })).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: false,
        BlockPublicPolicy: false,
        RestrictPublicBuckets: false,
      },
    });
  });

  it("says that there is none", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("DeletePublicAccessBlock", { Bucket });
    expect(await codeOf(s3.run("GetPublicAccessBlock", { Bucket }))).toBe(
      "NoSuchPublicAccessBlockConfiguration",
    );
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetPublicAccessBlock", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetPublicAccessBlock", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
