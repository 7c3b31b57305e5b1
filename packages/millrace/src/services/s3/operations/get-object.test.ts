import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bytesOf, codeOf, errorOf, TestS3 } from "../test-s3.ts";

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const secondMs = 1000;

async function withObject(): Promise<TestS3> {
  const s3 = await TestS3.start();
  await s3.bucket();
  s3.clock.advance(500);
  await s3.put("k", "0123456789");
  s3.clock.advance(10 * secondMs);
  return s3;
}

describe("GetObject", () => {
  it.each([
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=4-", "456789", "bytes 4-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=-100", "0123456789", "bytes 0-9/10"],
    ["bytes=8-100", "89", "bytes 8-9/10"],
    ["bytes=0-0", "0", "bytes 0-0/10"],
  ])("answers the range %s", async (Range, text, ContentRange) => {
    await using s3 = await withObject();
    const { Body, ...output } = await s3.run("GetObject", { Bucket: "data", Key: "k", Range });
    expect((await bytesOf(Body)).toString()).toBe(text);
    expect(output).toMatchObject({ ContentRange, ContentLength: text.length });
  });

  it.each(["bytes=0-1,3-4", "bytes=5-3", "bytes=-", "lines=1-2", "bytes=a-b", ""])(
    "answers the whole for %j",
    async (Range) => {
      await using s3 = await withObject();
      const { Body, ContentRange } = await s3.run("GetObject", { Bucket: "data", Key: "k", Range });
      expect((await bytesOf(Body)).toString()).toBe("0123456789");
      expect(ContentRange).toBeUndefined();
    },
  );

  it.each(["bytes=10-", "bytes=10-20", "bytes=-0"])("cannot satisfy %s", async (Range) => {
    await using s3 = await withObject();
    expect(await errorOf(s3.text("k", { Range }))).toMatchObject({
      code: "InvalidRange",
      status: 416,
      members: { ActualObjectSize: 10, RangeRequested: Range },
      headers: { "content-range": "bytes */10" },
    });
  });

  it("satisfies no range of an object without bytes", async () => {
    await using s3 = await withObject();
    await s3.put("empty", "");
    for (const Range of ["bytes=0-", "bytes=0-0", "bytes=-1"])
      expect(await codeOf(s3.text("empty", { Range }))).toBe("InvalidRange");
    expect(await s3.text("empty")).toBe("");
  });

  const etag = md5("0123456789");
  const other = md5("other");
  const at = (ms: number): Date => new Date(Date.UTC(2026, 0, 1) + ms);
  it.each([
    ["200", { IfMatch: etag }],
    ["200", { IfMatch: `"${other}", "${etag}"` }],
    ["200", { IfMatch: "*" }],
    ["PreconditionFailed", { IfMatch: other }],
    ["200", { IfNoneMatch: other }],
    ["NotModified", { IfNoneMatch: `W/"${etag}"` }],
    ["NotModified", { IfNoneMatch: "*" }],
    // The object was written half a second after the hour; dates have no halves.
    ["NotModified", { IfModifiedSince: at(0) }],
    ["200", { IfModifiedSince: at(-secondMs) }],
    ["200", { IfModifiedSince: at(60 * secondMs) }],
    ["200", { IfUnmodifiedSince: at(0) }],
    ["PreconditionFailed", { IfUnmodifiedSince: at(-secondMs) }],
    ["200", { IfMatch: etag, IfUnmodifiedSince: at(-secondMs) }],
    ["PreconditionFailed", { IfMatch: other, IfUnmodifiedSince: at(secondMs) }],
    ["NotModified", { IfNoneMatch: etag, IfModifiedSince: at(-secondMs) }],
    ["200", { IfNoneMatch: other, IfModifiedSince: at(0) }],
    ["NotModified", { IfMatch: etag, IfNoneMatch: etag }],
  ])("answers %s to %j", async (expected, conditions) => {
    await using s3 = await withObject();
    const answer = s3.text("k", conditions).then(
      () => "200",
      (error: { code: string }) => error.code,
    );
    expect(await answer).toBe(expected);
  });

  it("says in a 304 what the client has", async () => {
    await using s3 = await withObject();
    expect(await errorOf(s3.text("k", { IfNoneMatch: "*" }))).toMatchObject({
      status: 304,
      headers: { etag: `"${etag}"`, "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" },
    });
  });

  it("lets the client rename what comes back", async () => {
    await using s3 = await withObject();
    const output = await s3.run("GetObject", {
      Bucket: "data",
      Key: "k",
      ResponseContentType: "text/html",
      ResponseCacheControl: "no-store",
      ResponseContentDisposition: "attachment",
      ResponseContentEncoding: "br",
      ResponseContentLanguage: "fr",
      ResponseExpires: new Date(0),
    });
    expect(output).toMatchObject({
      ContentType: "text/html",
      CacheControl: "no-store",
      ContentDisposition: "attachment",
      ContentEncoding: "br",
      ContentLanguage: "fr",
      ExpiresString: "Thu, 01 Jan 1970 00:00:00 GMT",
    });
  });

  it("streams what is large, and lets go of it when the client leaves", async () => {
    await using s3 = await withObject();
    const bytes = Buffer.alloc(3 * 1024 * 1024, "x");
    await s3.put("large", bytes);
    const { Body } = await s3.run("GetObject", { Bucket: "data", Key: "large" });
    expect(Buffer.isBuffer(Body)).toBe(false);
    expect((await bytesOf(Body)).equals(bytes)).toBe(true);
    const gone = AbortSignal.abort();
    const left = await s3.run("GetObject", { Bucket: "data", Key: "large" }, { signal: gone });
    const rest = await bytesOf(left.Body).then(
      (read) => read.length,
      () => 0,
    );
    expect(rest).toBeLessThan(bytes.length);
  });

  it("tells missing keys, versions, delete markers and ids that are none apart", async () => {
    await using s3 = await TestS3.start();
    await s3.versionedBucket();
    expect(await errorOf(s3.text("none"))).toMatchObject({ code: "NoSuchKey", status: 404, headers: {} });
    const { VersionId } = await s3.put("k", "one");
    const marker = await s3.run("DeleteObject", { Bucket: "data", Key: "k" });
    expect(await errorOf(s3.text("k"))).toMatchObject({
      code: "NoSuchKey",
      headers: { "x-amz-delete-marker": "true", "x-amz-version-id": marker.VersionId },
    });
    expect(await errorOf(s3.text("k", { VersionId: marker.VersionId }))).toMatchObject({
      code: "MethodNotAllowed",
      status: 405,
      headers: { allow: "DELETE", "x-amz-delete-marker": "true" },
    });
    expect(await s3.text("k", { VersionId })).toBe("one");
    const absent = "0".repeat(32);
    expect(await errorOf(s3.text("k", { VersionId: absent }))).toMatchObject({
      code: "NoSuchVersion",
      status: 404,
      members: { Key: "k", VersionId: absent },
    });
    expect(await codeOf(s3.text("k", { VersionId: "" }))).toBe("InvalidArgument");
    expect(await codeOf(s3.text("k", { VersionId: "../x" }))).toBe("InvalidArgument");
  });

  it("asks for the client's key again where it was written with one", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const keyOf = (fill: number): Record<string, string> => {
      const key = Buffer.alloc(32, fill);
      return {
        SSECustomerAlgorithm: "AES256",
        SSECustomerKey: key.toString("base64"),
        SSECustomerKeyMD5: createHash("md5").update(key).digest("base64"),
      };
    };
    const put = await s3.put("secret", "content", keyOf(1));
    expect(put).toMatchObject({
      SSECustomerAlgorithm: "AES256",
      SSECustomerKeyMD5: keyOf(1)["SSECustomerKeyMD5"],
    });
    expect(await s3.text("secret", keyOf(1))).toBe("content");
    expect(await codeOf(s3.text("secret"))).toBe("InvalidRequest");
    expect(await codeOf(s3.text("secret", keyOf(2)))).toBe("AccessDenied");
    const { SSECustomerKeyMD5, ...rest } = keyOf(1);
    expect(await codeOf(s3.text("secret", rest))).toBe("InvalidArgument");
    expect(await codeOf(s3.text("secret", { ...rest, SSECustomerKeyMD5: `${SSECustomerKeyMD5}x` }))).toBe(
      "InvalidArgument",
    );
    expect(await codeOf(s3.text("secret", { ...keyOf(1), SSECustomerAlgorithm: "DES" }))).toBe(
      "InvalidEncryptionAlgorithmError",
    );
    expect(await codeOf(s3.text("secret", { ...keyOf(1), SSECustomerKey: "short" }))).toBe("InvalidArgument");
    await s3.put("plain", "content");
    expect(await codeOf(s3.text("plain", keyOf(1)))).toBe("InvalidRequest");
  });

  it("reads under a key of KMS only as long as the key lets it", async () => {
    await using s3 = await TestS3.start();
    await s3.bucket();
    const put = await s3.put("k", "content", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "1234" });
    const keyId = "arn:aws:kms:us-east-1:000000000000:key/1234";
    expect(put).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: keyId });
    expect(await s3.text("k")).toBe("content");
    expect(s3.needs("GetObject", { Bucket: "data", Key: "k" })).toEqual([
      "s3:GetObject arn:aws:s3:::data/k",
      `kms:Decrypt ${keyId}`,
    ]);
    s3.keys.failure = new Error("disabled");
    await expect(s3.text("k")).rejects.toThrow("disabled");
    const missing = s3.put("other", "", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "missing" });
    expect(await codeOf(missing)).toBe("KMS.NotFoundException");
  });

  it("says nothing of encryption where nothing is encrypted", async () => {
    await using s3 = await withObject();
    const { ServerSideEncryption } = await s3.run("GetObject", { Bucket: "data", Key: "k" });
    expect(ServerSideEncryption).toBeUndefined();
    await s3.put("secret", "content", { ServerSideEncryption: "AES256" });
    expect(await s3.run("GetObject", { Bucket: "data", Key: "secret" })).toMatchObject({
      ServerSideEncryption: "AES256",
      ContentLength: 7,
    });
  });

  it("tells only those who may list that a key is not there", async () => {
    await using s3 = await withObject();
    const input = { Bucket: "data", Key: "none" };
    expect(s3.needs("GetObject", input)).toEqual([
      "s3:GetObject arn:aws:s3:::data/none",
      "s3:ListBucket arn:aws:s3:::data",
    ]);
    expect(s3.needs("GetObject", { ...input, Key: "k" })).toEqual(["s3:GetObject arn:aws:s3:::data/k"]);
    expect(s3.needs("GetObject", { ...input, Key: "k", VersionId: "null" })).toEqual([
      "s3:GetObjectVersion arn:aws:s3:::data/k",
    ]);
  });
});
