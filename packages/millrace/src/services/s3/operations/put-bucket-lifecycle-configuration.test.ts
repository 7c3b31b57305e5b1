import type { LifecycleRule } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketLifecycleConfiguration", () => {
  const configuration = (changes: Partial<LifecycleRule> = {}) => ({
    LifecycleConfiguration: {
      Rules: [{ ID: "r", Status: "Enabled" as const, Filter: {}, Expiration: { Days: 1 }, ...changes }],
    },
  });

  it("answers how small objects are treated", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const TransitionDefaultMinimumObjectSize = "varies_by_storage_class";
    const put = { Bucket, ...configuration(), TransitionDefaultMinimumObjectSize } as const;
    expect(await s3.run("PutBucketLifecycleConfiguration", put)).toEqual({
      TransitionDefaultMinimumObjectSize,
    });
    expect(await s3.run("GetBucketLifecycleConfiguration", { Bucket })).toMatchObject({
      TransitionDefaultMinimumObjectSize,
    });
    expect(s3.needs("PutBucketLifecycleConfiguration", { Bucket })).toEqual([
      "s3:PutLifecycleConfiguration arn:aws:s3:::data",
    ]);
  });

  it("is followed soon", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "old", Body: "x" });
    s3.clock.advance(3 * 86_400_000);
    await s3.run("PutObject", { Bucket, Key: "new", Body: "x" });
    await s3.run("PutBucketLifecycleConfiguration", { Bucket, ...configuration() });
    s3.clock.advance(60_000);
    await s3.state.lifecycle.idle();
    const { Contents } = await s3.run("ListObjectsV2", { Bucket });
    expect(Contents?.map(({ Key }) => Key)).toEqual(["new"]);
  });

  it("refuses rules that say nothing", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const codes = [{ Bucket }, { Bucket, LifecycleConfiguration: { Rules: [] } }].map((input) =>
      codeOf(s3.run("PutBucketLifecycleConfiguration", input)),
    );
    expect(await Promise.all(codes)).toEqual(["MalformedXML", "MalformedXML"]);
    const idle = { Bucket, ...configuration({ Expiration: undefined }) };
    expect(await codeOf(s3.run("PutBucketLifecycleConfiguration", idle))).toBe("InvalidRequest");
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(s3.run("PutBucketLifecycleConfiguration", { Bucket: "none", ...configuration() })),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketLifecycleConfiguration", {
      Bucket,
      ...configuration(),
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
