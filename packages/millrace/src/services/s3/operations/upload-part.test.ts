import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { expect, it } from "vitest";
import { codeOf, errorOf, type TestCall, TestS3 } from "../test-s3.ts";

async function begun(input: object = {}): Promise<{ s3: TestS3; UploadId: string }> {
  const s3 = await TestS3.start();
  await s3.bucket();
  const { UploadId = "" } = await s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k", ...input });
  return { s3, UploadId };
}

const part = (
  s3: TestS3,
  UploadId: string,
  input: object = {},
  call: TestCall = {},
): Promise<{ ETag?: string | undefined }> =>
  s3.run("UploadPart", { Bucket: "data", Key: "k", PartNumber: 1, Body: "hello", UploadId, ...input }, call);

it("UploadPart keeps a part, with the upload's checksum whether or not the client sends one", async () => {
  const { s3: opened, UploadId } = await begun({ ChecksumAlgorithm: "CRC32" });
  await using s3 = opened;
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32("hello"));
  const ChecksumCRC32 = value.toString("base64");
  const ETag = `"${createHash("md5").update("hello").digest("hex")}"`;
  expect(await part(s3, UploadId)).toEqual({ ETag, ChecksumCRC32 });
  expect(await part(s3, UploadId, { PartNumber: 10_000, ChecksumCRC32 })).toEqual({ ETag, ChecksumCRC32 });
});

it("UploadPart replaces a part, and keeps the one before when that fails", async () => {
  const { s3: opened, UploadId } = await begun();
  await using s3 = opened;
  await part(s3, UploadId, { Body: "first" });
  expect(await codeOf(part(s3, UploadId, { Body: "second", ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }))).toBe(
    "BadDigest",
  );
  const list = async (): Promise<unknown> =>
    (await s3.run("ListParts", { Bucket: "data", Key: "k", UploadId })).Parts?.map(({ Size }) => Size);
  expect(await list()).toEqual([5]);
  await part(s3, UploadId, { Body: "second" });
  expect(await list()).toEqual([6]);
});

it("UploadPart refuses what cannot be a part", async () => {
  const { s3: opened, UploadId } = await begun({ ChecksumAlgorithm: "SHA256" });
  await using s3 = opened;
  for (const PartNumber of [0, 10_001, -1])
    expect(await codeOf(part(s3, UploadId, { PartNumber }))).toBe("InvalidArgument");
  expect(await codeOf(part(s3, UploadId, { ChecksumCRC32: "AAAAAA==" }))).toBe("InvalidRequest");
  expect(await codeOf(part(s3, UploadId, {}, { declaredBytes: null }))).toBe("MissingContentLength");
  expect(await codeOf(part(s3, UploadId, {}, { declaredBytes: 6 * 1024 ** 3 }))).toBe("EntityTooLarge");
  for (const wrong of ["none", "", `${UploadId}x`, `x${UploadId}`, `${UploadId.slice(0, -1)}x`])
    expect(await errorOf(part(s3, wrong))).toMatchObject({ code: "NoSuchUpload", status: 404 });
  expect(await codeOf(part(s3, UploadId, { Key: "other" }))).toBe("NoSuchUpload");
});

it("UploadPart wants the client's key for each part", async () => {
  const key = Buffer.alloc(32, 1);
  const keys = {
    SSECustomerAlgorithm: "AES256",
    SSECustomerKey: key.toString("base64"),
    SSECustomerKeyMD5: createHash("md5").update(key).digest("base64"),
  };
  const { s3: opened, UploadId } = await begun(keys);
  await using s3 = opened;
  expect(await codeOf(part(s3, UploadId))).toBe("InvalidRequest");
  expect(await part(s3, UploadId, keys)).toMatchObject({ SSECustomerAlgorithm: "AES256" });
});
