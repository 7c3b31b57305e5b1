import type { ServerSideEncryptionRule } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

describe("PutBucketEncryption", () => {
  const configuration = (...Rules: ServerSideEncryptionRule[]) => ({
    ServerSideEncryptionConfiguration: { Rules },
  });
  const rule = (SSEAlgorithm: string, KMSMasterKeyID?: string): ServerSideEncryptionRule => ({
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: SSEAlgorithm as "AES256", KMSMasterKeyID },
  });

  it("keeps a key of KMS and whether data keys are shared", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const kms = { ...rule("aws:kms", "alias/mine"), BucketKeyEnabled: true };
    await s3.run("PutBucketEncryption", { Bucket, ...configuration(kms) });
    expect(await s3.run("GetBucketEncryption", { Bucket })).toEqual(configuration(kms));
  });

  it("encrypts what is put afterwards", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutObject", { Bucket, Key: "plain", Body: "x" });
    await s3.run("PutBucketEncryption", { Bucket, ...configuration(rule("AES256")) });
    await s3.run("PutObject", { Bucket, Key: "secret", Body: "x" });
    const of = async (Key: string) => (await s3.run("HeadObject", { Bucket, Key })).ServerSideEncryption;
    expect([await of("plain"), await of("secret")]).toEqual([undefined, "AES256"]);
  });

  it("can block keys of the client", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const blocking = {
      BucketKeyEnabled: false,
      BlockedEncryptionTypes: { EncryptionType: ["SSE-C" as const] },
    };
    await s3.run("PutBucketEncryption", { Bucket, ...configuration(blocking) });
    expect(await s3.run("GetBucketEncryption", { Bucket })).toEqual(configuration(blocking));
  });

  it.each<[string, ServerSideEncryptionRule[]]>([
    ["MalformedXML", []],
    ["MalformedXML", [rule("AES256"), rule("AES256")]],
    ["MalformedXML", [{}]],
    ["MalformedXML", [rule("ROT13")]],
    ["InvalidArgument", [rule("AES256", "key")]],
    ["NotImplemented", [rule("aws:kms:dsse")]],
  ])("is refused with %s: %j", async (code, rules) => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    expect(await codeOf(s3.run("PutBucketEncryption", { Bucket, ...configuration(...rules) }))).toBe(code);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(
      await codeOf(s3.run("PutBucketEncryption", { Bucket: "none", ...configuration(rule("AES256")) })),
    ).toBe("NoSuchBucket");
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketEncryption", {
      Bucket,
      ...configuration(rule("AES256")),
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
