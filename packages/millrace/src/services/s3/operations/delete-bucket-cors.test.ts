import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("DeleteBucketCors", () => {
  it("removes what was put, and may be repeated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketCors", {
      Bucket,
      CORSConfiguration: { CORSRules: [{ AllowedOrigins: ["*"], AllowedMethods: ["GET"] }] },
    });
    await s3.run("DeleteBucketCors", { Bucket });
    await s3.run("DeleteBucketCors", { Bucket });
    expect(await codeOf(s3.run("GetBucketCors", { Bucket }))).toBe("NoSuchCORSConfiguration");
    expect(s3.needs("DeleteBucketCors", { Bucket })).toEqual(["s3:PutBucketCORS arn:aws:s3:::data"]);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("DeleteBucketCors", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("DeleteBucketCors", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
