import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("UploadPartCopy makes a part of a range of an object", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("source", "0123456789");
  const { UploadId } = await s3.run("CreateMultipartUpload", {
    Bucket: "data",
    Key: "k",
    ChecksumAlgorithm: "CRC32",
  });
  const input = { Bucket: "data", Key: "k", UploadId, PartNumber: 1, CopySource: "data/source" };
  const answer = await s3.run("UploadPartCopy", { ...input, CopySourceRange: "bytes=2-4" });
  expect(answer.CopyPartResult).toMatchObject({
    ETag: '"289dff07669d7a23de0ef88d2f7129e7"',
    ChecksumCRC32: expect.any(String),
  });
  const { ETag, ChecksumCRC32 } = answer.CopyPartResult ?? {};
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] };
  await s3.run("CompleteMultipartUpload", { Bucket: "data", Key: "k", UploadId, MultipartUpload });
  expect(await s3.text("k")).toBe("234");
});

it("UploadPartCopy refuses ranges that do not lie in the source, and sources that are not there", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("source", "0123456789");
  const { UploadId } = await s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k" });
  const copy = (input: object): Promise<unknown> =>
    s3.run("UploadPartCopy", {
      Bucket: "data",
      Key: "k",
      UploadId,
      PartNumber: 1,
      CopySource: "data/source",
      ...input,
    });
  for (const CopySourceRange of ["bytes=0-10", "bytes=3-2", "bytes=-5", "bytes=5-", "0-5", "bytes=10-10"])
    expect(await codeOf(copy({ CopySourceRange }))).toBe("InvalidArgument");
  expect(await codeOf(copy({ CopySource: "data/none" }))).toBe("NoSuchKey");
  expect(await codeOf(copy({ CopySourceIfMatch: "x" }))).toBe("PreconditionFailed");
  expect(await codeOf(copy({ PartNumber: 0 }))).toBe("InvalidArgument");
  expect(await codeOf(copy({ UploadId: "none" }))).toBe("NoSuchUpload");
  const input = { Bucket: "data", Key: "k", UploadId, PartNumber: 1, CopySource: "data/source" };
  expect(s3.needs("UploadPartCopy", input)).toEqual([
    "s3:GetObject arn:aws:s3:::data/source",
    "s3:PutObject arn:aws:s3:::data/k",
  ]);
});
