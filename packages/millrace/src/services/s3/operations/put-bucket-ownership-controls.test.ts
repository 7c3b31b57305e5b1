import { describe, expect, it } from "vitest";
import { canonicalUserId } from "../../../core/canonical-user.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketOwnershipControls", () => {
  const controls = (...owners: string[]) => ({
    OwnershipControls: { Rules: owners.map((owner) => ({ ObjectOwnership: owner as "ObjectWriter" })) },
  });

  it("changes what a bucket began with", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await s3.run("GetBucketOwnershipControls", { Bucket })).toEqual(controls("BucketOwnerEnforced"));
    await s3.run("PutBucketOwnershipControls", { Bucket, ...controls("BucketOwnerPreferred") });
    expect(await s3.run("GetBucketOwnershipControls", { Bucket })).toEqual(controls("BucketOwnerPreferred"));
  });

  it.each([[[]], [["ObjectWriter", "ObjectWriter"]], [["Nobody"]]])("refuses %j", async (owners) => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const put = s3.run("PutBucketOwnershipControls", { Bucket, ...controls(...owners) });
    expect(await codeOf(put)).toBe("MalformedXML");
  });

  it("does not take from those who were given something", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectOwnership: "ObjectWriter" });
    await s3.run("PutBucketAcl", { Bucket, GrantRead: `id=${canonicalUserId("111111111111")}` });
    const enforce = { Bucket, ...controls("BucketOwnerEnforced") };
    expect(await codeOf(s3.run("PutBucketOwnershipControls", enforce))).toBe(
      "InvalidBucketAclWithObjectOwnership",
    );
    await s3.run("PutBucketAcl", { Bucket, ACL: "private" });
    await s3.run("PutBucketOwnershipControls", enforce);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(s3.run("PutBucketOwnershipControls", { Bucket: "none", ...controls("ObjectWriter") })),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketOwnershipControls", {
      Bucket,
      ...controls("ObjectWriter"),
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
