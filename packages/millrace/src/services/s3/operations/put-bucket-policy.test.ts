import { describe, expect, it } from "vitest";
import { resourcePolicies } from "../access/resource-policies.ts";
import { policyFor } from "../test-policy.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketPolicy", () => {
  it("decides about the bucket and what is in it", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const Policy = policyFor(Bucket);
    await s3.run("PutBucketPolicy", { Bucket, Policy });
    const of = (arn: string) => resourcePolicies(s3.objects, arn);
    expect(of("arn:aws:s3:::data")).toEqual([Policy]);
    expect(of("arn:aws:s3:::data/some/key\n")).toEqual([Policy]);
    expect(of("arn:aws:s3:::other")).toEqual([]);
    expect(of("arn:aws:sqs:us-east-1:000000000000:data")).toEqual([]);
  });

  it("is not public where that is blocked, and reaches nobody else where that is restricted", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const Policy = policyFor(Bucket, { Principal: "*" });
    expect(await codeOf(s3.run("PutBucketPolicy", { Bucket, Policy }))).toBe("AccessDenied");
    const restrict = { RestrictPublicBuckets: true };
    await s3.run("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: restrict });
    await s3.run("PutBucketPolicy", { Bucket, Policy });
    const [, second = ""] = resourcePolicies(s3.objects, "arn:aws:s3:::data");
    expect(JSON.parse(second)).toMatchObject({ Statement: { Effect: "Deny", Principal: "*" } });
    await s3.run("DeletePublicAccessBlock", { Bucket });
    expect(resourcePolicies(s3.objects, "arn:aws:s3:::data")).toEqual([Policy]);
  });

  it("refuses what cannot be evaluated, and keeps what there was", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketPolicy", { Bucket, Policy: policyFor(Bucket) });
    for (const Policy of ["", "{}", "[]", policyFor("other"), policyFor(Bucket, { Effect: "Maybe" })]) {
      expect(await codeOf(s3.run("PutBucketPolicy", { Bucket, Policy }))).toBe("MalformedPolicy");
    }
    expect(await s3.run("GetBucketPolicy", { Bucket })).toEqual({ Policy: policyFor(Bucket) });
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("PutBucketPolicy", { Bucket: "none", Policy: policyFor("data") }))).toBe(
      "NoSuchBucket",
    );
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketPolicy", {
      Bucket,
      Policy: policyFor("data"),
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
