import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("DeleteBucketOwnershipControls", () => {
  it("removes what was put, and may be repeated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketOwnershipControls", {
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
    });
    await s3.run("DeleteBucketOwnershipControls", { Bucket });
    await s3.run("DeleteBucketOwnershipControls", { Bucket });
    expect(await codeOf(s3.run("GetBucketOwnershipControls", { Bucket }))).toBe(
      "OwnershipControlsNotFoundError",
    );
    expect(s3.needs("DeleteBucketOwnershipControls", { Bucket })).toEqual([
      "s3:PutBucketOwnershipControls arn:aws:s3:::data",
    ]);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("DeleteBucketOwnershipControls", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("DeleteBucketOwnershipControls", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
