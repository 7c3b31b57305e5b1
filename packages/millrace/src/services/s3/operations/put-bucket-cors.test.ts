import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketCors", () => {
  const rule = (AllowedMethods: string[]) => ({ AllowedOrigins: ["https://a"], AllowedMethods });

  it("replaces the rules", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketCors", {
      Bucket,
      CORSConfiguration: { CORSRules: [rule(["GET"]), rule(["PUT"])] },
    });
    await s3.run("PutBucketCors", { Bucket, CORSConfiguration: { CORSRules: [rule(["POST"])] } });
    expect((await s3.run("GetBucketCors", { Bucket })).CORSRules).toEqual([rule(["POST"])]);
    expect(s3.needs("PutBucketCors", { Bucket, CORSConfiguration: { CORSRules: [] } })).toEqual([
      "s3:PutBucketCORS arn:aws:s3:::data",
    ]);
  });

  it("keeps the old rules when the new ones are refused", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketCors", { Bucket, CORSConfiguration: { CORSRules: [rule(["GET"])] } });
    const put = s3.run("PutBucketCors", { Bucket, CORSConfiguration: { CORSRules: [rule(["OPTIONS"])] } });
    expect(await codeOf(put)).toBe("InvalidRequest");
    expect((await s3.run("GetBucketCors", { Bucket })).CORSRules).toEqual([rule(["GET"])]);
  });

  it("does not mix what is put at the same time", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const tags = { TagSet: [{ Key: "a", Value: "1" }] };
    await Promise.all([
      s3.run("PutBucketCors", { Bucket, CORSConfiguration: { CORSRules: [rule(["GET"])] } }),
      s3.run("PutBucketTagging", { Bucket, Tagging: tags }),
      s3.run("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    ]);
    expect((await s3.run("GetBucketCors", { Bucket })).CORSRules).toEqual([rule(["GET"])]);
    expect(await s3.run("GetBucketTagging", { Bucket })).toEqual(tags);
    expect(await s3.run("GetBucketVersioning", { Bucket })).toEqual({ Status: "Enabled" });
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(
        s3.run("PutBucketCors", { Bucket: "none", CORSConfiguration: { CORSRules: [rule(["GET"])] } }),
      ),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketCors", {
      Bucket,
      CORSConfiguration: { CORSRules: [rule(["GET"])] },
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
