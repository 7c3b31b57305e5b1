import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("AbortMultipartUpload forgets the upload and its parts", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const { UploadId } = await s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k" });
  const input = { Bucket: "data", Key: "k", UploadId };
  await s3.run("UploadPart", { ...input, PartNumber: 1, Body: "x" });
  const IfMatchInitiatedTime = new Date(0);
  expect(await codeOf(s3.run("AbortMultipartUpload", { ...input, IfMatchInitiatedTime }))).toBe(
    "NotImplemented",
  );
  expect(await s3.run("AbortMultipartUpload", input)).toEqual({});
  expect(await codeOf(s3.run("AbortMultipartUpload", input))).toBe("NoSuchUpload");
  expect(await codeOf(s3.run("UploadPart", { ...input, PartNumber: 2, Body: "x" }))).toBe("NoSuchUpload");
  expect((await s3.run("ListMultipartUploads", { Bucket: "data" })).Uploads).toBeUndefined();
  expect(s3.needs("AbortMultipartUpload", input)).toEqual(["s3:AbortMultipartUpload arn:aws:s3:::data/k"]);
});
