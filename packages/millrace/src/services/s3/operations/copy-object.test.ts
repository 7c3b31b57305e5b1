import { describe, expect, it } from "vitest";
import { codeOf, errorOf, type TestCall, TestS3 } from "../test-s3.ts";

async function withSource(): Promise<TestS3> {
  const s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("dir/source +ü", "content", {
    ContentType: "text/plain",
    Metadata: { a: "b" },
    Tagging: "t=1",
    ChecksumCRC32: "/sUwqQ==",
    WebsiteRedirectLocation: "/there",
  });
  return s3;
}

const CopySource = `data/${encodeURIComponent("dir/source +ü")}`;
const copy = (
  s3: TestS3,
  input: object = {},
  call: TestCall = {},
): Promise<{ VersionId?: string | undefined }> =>
  s3.run("CopyObject", { Bucket: "data", Key: "copy", CopySource, ...input }, call);

describe("CopyObject", () => {
  it("copies bytes, headers, metadata, tags and checksum, but no redirect", async () => {
    await using s3 = await withSource();
    expect(await copy(s3)).toEqual({
      CopyObjectResult: {
        ETag: '"9a0364b9e99bb480dd25e1f0284c8555"',
        LastModified: new Date(s3.clock.now()),
        ChecksumCRC32: "/sUwqQ==",
        ChecksumType: "FULL_OBJECT",
      },
    });
    expect(await s3.text("copy")).toBe("content");
    const head = await s3.run("HeadObject", { Bucket: "data", Key: "copy" });
    expect(head).toMatchObject({ ContentType: "text/plain", Metadata: { a: "b" }, TagCount: 1 });
    expect(head.WebsiteRedirectLocation).toBeUndefined();
  });

  it("replaces metadata or tags or both", async () => {
    await using s3 = await withSource();
    const head = (): Promise<object> => s3.run("HeadObject", { Bucket: "data", Key: "copy" });
    await copy(s3, { MetadataDirective: "REPLACE", Metadata: { new: "1" }, Tagging: "ignored=1" });
    expect(await head()).toMatchObject({
      ContentType: "binary/octet-stream",
      Metadata: { new: "1" },
      TagCount: 1,
    });
    await copy(s3, { TaggingDirective: "REPLACE", Tagging: "x=1&y=2" });
    expect(await head()).toMatchObject({ Metadata: { a: "b" }, TagCount: 2 });
  });

  it.each([`/${CopySource}`, "arn:aws:s3:::data/dir/source%20%2B%C3%BC", `${CopySource}?versionId=null`])(
    "finds its source in %s",
    async (source) => {
      await using s3 = await withSource();
      await copy(s3, { CopySource: source });
      expect(await s3.text("copy")).toBe("content");
    },
  );

  it.each(["data", "data/", "", "/", "data/%E0%A4%A"])("finds none in %j", async (source) => {
    await using s3 = await withSource();
    expect(await codeOf(copy(s3, { CopySource: source }))).toBe("InvalidArgument");
  });

  it("copies a version, and none that is a delete marker", async () => {
    await using s3 = await TestS3.start();
    await s3.versionedBucket();
    const { VersionId } = await s3.put("k", "one");
    await s3.put("k", "two");
    const copied = await copy(s3, { CopySource: `data/k?versionId=${VersionId}` });
    expect(copied).toMatchObject({ CopySourceVersionId: VersionId });
    expect(copied.VersionId).not.toBe(VersionId);
    expect(await s3.text("copy")).toBe("one");
    const marker = await s3.run("DeleteObject", { Bucket: "data", Key: "k" });
    expect(await codeOf(copy(s3, { CopySource: "data/k" }))).toBe("NoSuchKey");
    const ofMarker = copy(s3, { CopySource: `data/k?versionId=${marker.VersionId}` });
    expect(await codeOf(ofMarker)).toBe("InvalidRequest");
    expect(await codeOf(copy(s3, { CopySource: "none/k" }))).toBe("NoSuchBucket");
  });

  it("checks the conditions on its source and on its target", async () => {
    await using s3 = await withSource();
    const refused = async (input: object): Promise<unknown> => {
      const { code, members } = await errorOf(copy(s3, input));
      return [code, members["Condition"]];
    };
    expect(await refused({ CopySourceIfMatch: "x" })).toEqual([
      "PreconditionFailed",
      "x-amz-copy-source-If-Match",
    ]);
    expect(await refused({ CopySourceIfNoneMatch: "*" })).toEqual([
      "PreconditionFailed",
      "x-amz-copy-source-If-None-Match",
    ]);
    expect((await errorOf(copy(s3, { CopySourceIfModifiedSince: new Date(s3.clock.now()) }))).status).toBe(
      412,
    );
    expect((await errorOf(copy(s3, { CopySourceIfUnmodifiedSince: new Date(0) }))).status).toBe(412);
    await copy(s3, { IfNoneMatch: "*" });
    expect(await refused({ IfNoneMatch: "*" })).toEqual(["PreconditionFailed", "If-None-Match"]);
  });

  it("copies an object onto itself only to change it", async () => {
    await using s3 = await withSource();
    const self = { Key: "dir/source +ü" };
    expect(await codeOf(copy(s3, self))).toBe("InvalidRequest");
    await copy(s3, { ...self, StorageClass: "STANDARD_IA" });
    await copy(s3, { ...self, MetadataDirective: "REPLACE", Metadata: { x: "y" } });
    expect(await s3.text(self.Key)).toBe("content");
    expect(await s3.run("HeadObject", { Bucket: "data", ...self })).toMatchObject({ Metadata: { x: "y" } });
  });

  it("encrypts anew as it is asked, and needs the key of its source", async () => {
    await using s3 = await withSource();
    await copy(s3, { Key: "secret", ServerSideEncryption: "AES256" });
    expect(await s3.run("HeadObject", { Bucket: "data", Key: "secret" })).toMatchObject({
      ServerSideEncryption: "AES256",
    });
    await copy(s3, { CopySource: "data/secret", Key: "plain" });
    const plain = s3.objects.find("data", "plain");
    expect(plain?.encryption).toEqual({ kind: "none" });
    expect(await s3.text("plain")).toBe("content");
  });

  it("reads no archive, and no bucket of somebody else than expected", async () => {
    await using s3 = await withSource();
    await s3.put("cold", "content", { StorageClass: "DEEP_ARCHIVE" });
    expect(await codeOf(copy(s3, { CopySource: "data/cold" }))).toBe("InvalidObjectState");
    expect(await codeOf(copy(s3, { ExpectedSourceBucketOwner: "999999999999" }))).toBe("AccessDenied");
    expect(await codeOf(copy(s3, { ExpectedBucketOwner: "999999999999" }))).toBe("AccessDenied");
  });

  it("needs to read the source with its tags and to write the copy", async () => {
    await using s3 = await withSource();
    const input = { Bucket: "data", Key: "copy", CopySource };
    expect(s3.needs("CopyObject", input)).toEqual([
      "s3:GetObject arn:aws:s3:::data/dir/source +ü",
      "s3:GetObjectTagging arn:aws:s3:::data/dir/source +ü",
      "s3:PutObject arn:aws:s3:::data/copy",
      "s3:PutObjectTagging arn:aws:s3:::data/copy",
    ]);
  });
});
