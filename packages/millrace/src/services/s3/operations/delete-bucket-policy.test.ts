import { describe, expect, it } from "vitest";
import { policyFor } from "../test-policy.ts";
import { account, codeOf, otherAccount, TestS3 } from "../test-s3.ts";

describe("DeleteBucketPolicy", () => {
  it("removes what was put, and may be repeated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketPolicy", { Bucket, Policy: policyFor(Bucket) });
    await s3.run("DeleteBucketPolicy", { Bucket });
    await s3.run("DeleteBucketPolicy", { Bucket });
    expect(await codeOf(s3.run("GetBucketPolicy", { Bucket }))).toBe("NoSuchBucketPolicy");
  });

  it("needs its permission, unless the root of the bucket's account calls", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(s3.needs("DeleteBucketPolicy", { Bucket })).toEqual([]);
    const needed = ["s3:DeleteBucketPolicy arn:aws:s3:::data"];
    const { principal } = s3.call("DeleteBucketPolicy", {});
    const user = { ...principal, arn: `arn:aws:iam::${account}:user/jo`, kind: "user" } as const;
    expect(s3.needs("DeleteBucketPolicy", { Bucket }, { principal: user })).toEqual(needed);
    expect(s3.needs("DeleteBucketPolicy", { Bucket }, { account: otherAccount })).toEqual(needed);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("DeleteBucketPolicy", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("DeleteBucketPolicy", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
