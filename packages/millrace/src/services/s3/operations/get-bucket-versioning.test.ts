import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketVersioning", () => {
  it("says nothing before it is put", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await s3.run("GetBucketVersioning", { Bucket })).toEqual({});
    const Status = "Suspended";
    await s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status } });
    expect(await s3.run("GetBucketVersioning", { Bucket })).toEqual({ Status });
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketVersioning", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketVersioning", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
