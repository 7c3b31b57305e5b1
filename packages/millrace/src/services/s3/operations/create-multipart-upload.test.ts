import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("CreateMultipartUpload begins an upload that nobody can guess, and no object", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const answer = await s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k" });
  expect(answer).toEqual({ Bucket: "data", Key: "k", UploadId: expect.stringMatching(/^[\w.-]{40,}$/) });
  expect(await codeOf(s3.text("k"))).toBe("NoSuchKey");
});

it.each([
  [{ ChecksumAlgorithm: "CRC32" }, { ChecksumAlgorithm: "CRC32", ChecksumType: "COMPOSITE" }],
  [{ ChecksumAlgorithm: "CRC64NVME" }, { ChecksumAlgorithm: "CRC64NVME", ChecksumType: "FULL_OBJECT" }],
  [{ ChecksumAlgorithm: "CRC32C", ChecksumType: "FULL_OBJECT" }, { ChecksumType: "FULL_OBJECT" }],
  [{ ServerSideEncryption: "AES256" }, { ServerSideEncryption: "AES256" }],
])("CreateMultipartUpload with %j answers %j", async (input, answer) => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const begun = s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k", ...(input as object) });
  expect(await begun).toMatchObject(answer);
});

it.each([
  ["InvalidRequest", { ChecksumType: "FULL_OBJECT" }],
  ["InvalidRequest", { ChecksumAlgorithm: "SHA256", ChecksumType: "FULL_OBJECT" }],
  ["InvalidRequest", { ChecksumAlgorithm: "CRC64NVME", ChecksumType: "COMPOSITE" }],
  ["InvalidRequest", { ChecksumAlgorithm: "ADLER" }],
  ["NotImplemented", { ChecksumAlgorithm: "SHA512" }],
  ["InvalidStorageClass", { StorageClass: "SNOW" }],
  ["KeyTooLongError", { Key: "k".repeat(1025) }],
  ["NoSuchBucket", { Bucket: "none" }],
])("CreateMultipartUpload answers %s to %j", async (code, input) => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  expect(
    await codeOf(s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k", ...(input as object) })),
  ).toBe(code);
});
