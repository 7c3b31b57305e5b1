import { describe, expect, it } from "vitest";
import { policyFor } from "../test-policy.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("GetBucketPolicyStatus", () => {
  it("tells whether a policy is public", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("GetBucketPolicyStatus", { Bucket }))).toBe("NoSuchBucketPolicy");
    await s3.run("PutBucketPolicy", { Bucket, Policy: policyFor(Bucket) });
    expect(await s3.run("GetBucketPolicyStatus", { Bucket })).toEqual({ PolicyStatus: { IsPublic: false } });
    await s3.run("DeletePublicAccessBlock", { Bucket });
    await s3.run("PutBucketPolicy", { Bucket, Policy: policyFor(Bucket, { Principal: "*" }) });
    expect(await s3.run("GetBucketPolicyStatus", { Bucket })).toEqual({ PolicyStatus: { IsPublic: true } });
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("GetBucketPolicyStatus", { Bucket: "none" }))).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("GetBucketPolicyStatus", { Bucket, ExpectedBucketOwner: "999999999999" });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
