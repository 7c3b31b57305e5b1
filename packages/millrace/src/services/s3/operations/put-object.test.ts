import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bytesOf, codeOf, errorOf, TestS3 } from "../test-s3.ts";

const md5 = (text: string, encoding: "hex" | "base64" = "hex"): string =>
  createHash("md5").update(text).digest(encoding);

function crc32Of(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString("base64");
}

describe("PutObject", () => {
  it("keeps the bytes, headers, metadata and tags, and answers their entity tag", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const answer = await s3.put("a/b", "hello", {
      ContentType: "text/plain",
      CacheControl: "max-age=1",
      ContentEncoding: "gzip,aws-chunked",
      ContentLanguage: "de",
      ContentDisposition: "inline",
      Metadata: { Name: "Grün", plain: "x" },
      Tagging: "a=1&b=%20two",
      WebsiteRedirectLocation: "/other",
      ...{ ExpiresString: "never" },
    });
    expect(answer).toEqual({ ETag: `"${md5("hello")}"` });
    const { Body, ...read } = await s3.run("GetObject", { Bucket: "data", Key: "a/b" });
    expect((await bytesOf(Body)).toString()).toBe("hello");
    expect(read).toEqual({
      AcceptRanges: "bytes",
      LastModified: new Date(s3.clock.now()),
      ContentLength: 5,
      ETag: `"${md5("hello")}"`,
      ContentType: "text/plain",
      CacheControl: "max-age=1",
      ContentEncoding: "gzip",
      ContentLanguage: "de",
      ContentDisposition: "inline",
      ExpiresString: "never",
      WebsiteRedirectLocation: "/other",
      Metadata: { name: "=?UTF-8?B?R3LDvG4=?=", plain: "x" },
      TagCount: 2,
    });
  });

  it("gives no name to bytes that nobody named, and takes none of aws-chunked", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    await s3.put("k", "", { ContentEncoding: "aws-chunked" });
    const head = await s3.run("HeadObject", { Bucket: "data", Key: "k" });
    expect(head).toMatchObject({ ContentType: "binary/octet-stream", ContentLength: 0 });
    expect(head.ContentEncoding).toBeUndefined();
  });

  it("checks a checksum in a header or behind the body, and gives it back to those who ask", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const sent = await s3.put("header", "hello", { ChecksumCRC32: crc32Of("hello") });
    expect(sent).toMatchObject({ ChecksumCRC32: crc32Of("hello"), ChecksumType: "FULL_OBJECT" });
    await s3.run(
      "PutObject",
      { Bucket: "data", Key: "trailer", Body: "hello", ChecksumAlgorithm: "CRC32" },
      { trailers: { "x-amz-checksum-crc32": crc32Of("hello") } },
    );
    const plain = await s3.run("HeadObject", { Bucket: "data", Key: "trailer" });
    expect(plain.ChecksumCRC32).toBeUndefined();
    const checked = await s3.run("HeadObject", { Bucket: "data", Key: "trailer", ChecksumMode: "ENABLED" });
    expect(checked).toMatchObject({ ChecksumCRC32: crc32Of("hello"), ChecksumType: "FULL_OBJECT" });
    // The SDK for C++ sends a word that the other SDKs do not know.
    const mode = "enabled" as "ENABLED";
    const lower = await s3.run("HeadObject", { Bucket: "data", Key: "trailer", ChecksumMode: mode });
    expect(lower).toMatchObject({ ChecksumCRC32: crc32Of("hello") });
  });

  it.each([
    ["BadDigest", { ChecksumCRC32: crc32Of("other") }],
    ["BadDigest", { ChecksumSHA256: createHash("sha256").update("other").digest("base64") }],
    ["BadDigest", { ContentMD5: md5("other", "base64") }],
    ["InvalidDigest", { ContentMD5: "no base64" }],
    ["InvalidRequest", { ChecksumCRC32: "AAA=" }],
    ["InvalidRequest", { ChecksumCRC32C: "not base64" }],
    [
      "InvalidRequest",
      { ChecksumCRC32: crc32Of("hello"), ChecksumSHA1: createHash("sha1").digest("base64") },
    ],
    ["InvalidRequest", { ChecksumAlgorithm: "SHA256" as const }],
    ["InvalidRequest", { ChecksumAlgorithm: "SHA256" as const, ChecksumCRC32: crc32Of("hello") }],
    ["NotImplemented", { ChecksumSHA512: "x" }],
    ["NotImplemented", { WriteOffsetBytes: 5 }],
    ["NotImplemented", { IfNoneMatch: '"x"' }],
    ["NotImplemented", { IfNoneMatch: "*", IfMatch: "x" }],
    ["InvalidStorageClass", { StorageClass: "OUTPOSTS" as const }],
    ["InvalidArgument", { Tagging: "a=1&a=2" }],
    ["InvalidTag", { Tagging: `${"k".repeat(129)}=1` }],
    ["BadRequest", { Tagging: Array.from({ length: 11 }, (_, i) => `k${i}=v`).join("&") }],
    ["MetadataTooLarge", { Metadata: { a: "x".repeat(2048) } }],
    ["InvalidRedirectLocation", { WebsiteRedirectLocation: "elsewhere" }],
    ["InvalidArgument", { SSEKMSKeyId: "key" }],
    ["InvalidArgument", { ServerSideEncryption: "rot13" as never }],
    ["NotImplemented", { ServerSideEncryption: "aws:kms:dsse" as const }],
    ["InvalidRequest", { ObjectLockMode: "GOVERNANCE" as const }],
  ])("answers %s and keeps nothing: %j", async (code, input) => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    expect(await codeOf(s3.put("k", "hello", input))).toBe(code);
    expect(await codeOf(s3.text("k"))).toBe("NoSuchKey");
  });

  it("wants to know the length beforehand, and takes no more than 5 GiB", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const put = (declaredBytes: number | null): Promise<unknown> =>
      s3.run("PutObject", { Bucket: "data", Key: "k", Body: "x" }, { declaredBytes });
    expect(await errorOf(put(null))).toMatchObject({ code: "MissingContentLength", status: 411 });
    expect(await errorOf(put(5 * 1024 ** 3 + 1))).toMatchObject({ code: "EntityTooLarge" });
  });

  it("takes keys of 1,024 bytes, and any that are text", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const keys = [
      "../../etc/passwd",
      "/",
      "//",
      "a//b",
      "a/./b/..",
      "ü+ %2F?#&",
      "\u0001\u0002",
      "🛰".repeat(256),
    ];
    for (const key of keys) await s3.put(key, key);
    for (const key of keys) expect(await s3.text(key)).toBe(key);
    expect(await codeOf(s3.put(`${"🛰".repeat(256)}x`))).toBe("KeyTooLongError");
  });

  it("leaves nothing of a body that breaks off, nor of one in a bucket that is not there", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(100_000);
      throw new Error("the client is gone");
    }
    await expect(s3.put("k", broken())).rejects.toThrow("the client is gone");
    expect(await codeOf(s3.text("k"))).toBe("NoSuchKey");
    expect(await errorOf(s3.put("k", "x", { Bucket: "none" }))).toMatchObject({
      code: "NoSuchBucket",
      status: 404,
      members: { BucketName: "none" },
    });
  });

  it("lets one of many win who all want to be the first", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const puts = Array.from({ length: 20 }, (_, i) => s3.put("k", `writer ${i}`, { IfNoneMatch: "*" }));
    const outcomes = await Promise.allSettled(puts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    for (const error of refused) expect(error).toMatchObject({ code: "PreconditionFailed", status: 412 });
  });

  it("overwrites only what If-Match names", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    expect(await codeOf(s3.put("k", "x", { IfMatch: "*" }))).toBe("NoSuchKey");
    const { ETag = "" } = await s3.put("k", "one");
    expect(await codeOf(s3.put("k", "x", { IfMatch: md5("x") }))).toBe("PreconditionFailed");
    await s3.put("k", "two", { IfMatch: ETag });
    expect(await s3.text("k")).toBe("two");
  });

  it("makes versions where the bucket has them", async () => {
    await using s3 = await TestS3.start();
    await s3.versionedBucket();
    const one = await s3.put("k", "one");
    const two = await s3.put("k", "two");
    expect(one.VersionId).not.toBe(two.VersionId);
    expect(await s3.text("k")).toBe("two");
    expect(await s3.text("k", { VersionId: one.VersionId })).toBe("one");
  });

  it("says when the bucket's rules will let the object expire", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    await s3.run("PutBucketLifecycleConfiguration", {
      Bucket: "data",
      LifecycleConfiguration: {
        Rules: [{ ID: "soon", Status: "Enabled", Filter: { Prefix: "tmp/" }, Expiration: { Days: 1 } }],
      },
    });
    const Expiration = 'expiry-date="Sat, 03 Jan 2026 00:00:00 GMT", rule-id="soon"';
    s3.clock.advance(1000);
    expect(await s3.put("tmp/k")).toMatchObject({ Expiration });
    expect(await s3.run("HeadObject", { Bucket: "data", Key: "tmp/k" })).toMatchObject({ Expiration });
    expect((await s3.put("k")).Expiration).toBeUndefined();
  });

  it("encrypts as the bucket says when the writer says nothing", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    await s3.run("PutBucketEncryption", {
      Bucket: "data",
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "1234" },
            BucketKeyEnabled: true,
          },
        ],
      },
    });
    const SSEKMSKeyId = "arn:aws:kms:us-east-1:000000000000:key/1234";
    expect(await s3.put("k")).toMatchObject({
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId,
      BucketKeyEnabled: true,
    });
    expect(s3.objects.find("data", "k")?.encryption).toMatchObject({
      context: { "aws:s3:arn": "arn:aws:s3:::data" },
    });
    expect(await s3.text("k")).toBe("content");
    expect(await s3.put("other", "", { ServerSideEncryption: "AES256" })).toMatchObject({
      ServerSideEncryption: "AES256",
    });
  });

  it("locks as the bucket says when the writer says nothing", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket({ ObjectLockEnabledForBucket: true });
    await s3.run("PutObjectLockConfiguration", {
      Bucket: "data",
      ObjectLockConfiguration: {
        ObjectLockEnabled: "Enabled",
        Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 3 } },
      },
    });
    await s3.put("k");
    const { Retention } = await s3.run("GetObjectRetention", { Bucket: "data", Key: "k" });
    expect(Retention).toEqual({
      Mode: "GOVERNANCE",
      RetainUntilDate: new Date(s3.clock.now() + 3 * 86_400_000),
    });
  });

  it("needs more than s3:PutObject for what is said along with the object", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const input = { Bucket: "data", Key: "a/b", Body: "" };
    expect(s3.needs("PutObject", input)).toEqual(["s3:PutObject arn:aws:s3:::data/a/b"]);
    const more = s3.needs("PutObject", {
      ...input,
      Tagging: "a=1",
      ACL: "private",
      ObjectLockMode: "GOVERNANCE",
      ObjectLockLegalHoldStatus: "ON",
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: "1234",
    });
    expect(more).toEqual([
      "s3:PutObject arn:aws:s3:::data/a/b",
      "s3:PutObjectTagging arn:aws:s3:::data/a/b",
      "s3:PutObjectAcl arn:aws:s3:::data/a/b",
      "s3:PutObjectRetention arn:aws:s3:::data/a/b",
      "s3:PutObjectLegalHold arn:aws:s3:::data/a/b",
      "kms:GenerateDataKey arn:aws:kms:us-east-1:000000000000:key/1234",
    ]);
    expect(s3.permissions("PutObject", { ...input, Tagging: "a=1" })[0]).toMatchObject({
      resourceAccount: "000000000000",
      context: { "s3:RequestObjectTag/a": "1", "s3:RequestObjectTagKeys": ["a"] },
    });
  });
});
