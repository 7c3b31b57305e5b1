import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketOwnershipControls", () => {
  it("answers what was put", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketOwnershipControls", {
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
    });
    expect(await s3.run("GetBucketOwnershipControls", { Bucket })).toEqual({
      OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
    });
  });

  it("says that there is none", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("DeleteBucketOwnershipControls", { Bucket });
    expect(await codeOf(s3.run("GetBucketOwnershipControls", { Bucket }))).toBe(
      "OwnershipControlsNotFoundError",
    );
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketOwnershipControls", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketOwnershipControls", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
