import type { PublicAccessBlockConfiguration } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { resourcePolicies } from "../access/resource-policies.ts";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutPublicAccessBlock", () => {
  const blocking = (PublicAccessBlockConfiguration: PublicAccessBlockConfiguration) => ({
    PublicAccessBlockConfiguration,
  });

  it("begins with everything blocked", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const { PublicAccessBlockConfiguration: blocked = {} } = await s3.run("GetPublicAccessBlock", { Bucket });
    expect(Object.values(blocked)).toEqual([true, true, true, true]);
  });

  it("blocks public lists, or ignores them", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket({ ObjectOwnership: "ObjectWriter" });
    expect(await codeOf(s3.run("PutBucketAcl", { Bucket, ACL: "public-read" }))).toBe("AccessDenied");
    await s3.run("PutPublicAccessBlock", { Bucket, ...blocking({ IgnorePublicAcls: true }) });
    await s3.run("PutBucketAcl", { Bucket, ACL: "public-read" });
    expect(resourcePolicies(s3.objects, "arn:aws:s3:::data")).toEqual([]);
    await s3.run("PutPublicAccessBlock", { Bucket, ...blocking({}) });
    expect(resourcePolicies(s3.objects, "arn:aws:s3:::data")).toHaveLength(1);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("PutPublicAccessBlock", { Bucket: "none", ...blocking({}) }))).toBe(
      "NoSuchBucket",
    );
    const Bucket = await s3.bucket();
    const call = s3.run("PutPublicAccessBlock", {
      Bucket,
      ...blocking({}),
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
