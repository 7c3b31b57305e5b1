import { expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

it("DeleteBucket removes an empty bucket, whose name is free again", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.run("DeleteBucket", { Bucket: "data" });
  expect(await codeOf(s3.run("DeleteBucket", { Bucket: "data" }))).toBe("NoSuchBucket");
  await s3.bucket({}, { account: "222222222222" });
});

it("DeleteBucket leaves a bucket with objects, versions or delete markers alone", async () => {
  await using s3 = await TestS3.start();
  await s3.versionedBucket();
  await s3.put("k");
  const error = { code: "BucketNotEmpty", status: 409, members: { BucketName: "data" } };
  expect(await errorOf(s3.run("DeleteBucket", { Bucket: "data" }))).toMatchObject(error);
  await s3.run("DeleteObject", { Bucket: "data", Key: "k" });
  expect(await errorOf(s3.run("DeleteBucket", { Bucket: "data" }))).toMatchObject(error);
});

it("DeleteBucket takes an upload that nobody finished with it", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const { UploadId } = await s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k" });
  await s3.run("DeleteBucket", { Bucket: "data" });
  await s3.bucket();
  expect(await codeOf(s3.run("ListParts", { Bucket: "data", Key: "k", UploadId }))).toBe("NoSuchUpload");
});
