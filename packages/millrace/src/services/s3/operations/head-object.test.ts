import { expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

it("HeadObject answers what GetObject does, without the bytes", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k", "0123456789", { Metadata: { a: "b" }, StorageClass: "STANDARD_IA" });
  const { Body: _body, ...read } = await s3.run("GetObject", { Bucket: "data", Key: "k" });
  expect(await s3.run("HeadObject", { Bucket: "data", Key: "k" })).toEqual(read);
  expect(read).toMatchObject({ StorageClass: "STANDARD_IA", ContentLength: 10 });
  const part = await s3.run("HeadObject", { Bucket: "data", Key: "k", Range: "bytes=0-1" });
  expect(part).toMatchObject({ ContentLength: 2, ContentRange: "bytes 0-1/10" });
});

it("HeadObject refuses as GetObject does", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k");
  const head = (input: object): Promise<unknown> =>
    s3.run("HeadObject", { Bucket: "data", Key: "k", ...input });
  expect(await errorOf(head({ Key: "none" }))).toMatchObject({ code: "NoSuchKey", status: 404 });
  expect(await codeOf(head({ Bucket: "none" }))).toBe("NoSuchBucket");
  expect(await errorOf(head({ IfNoneMatch: "*" }))).toMatchObject({ status: 304 });
  expect(await codeOf(head({ IfMatch: "x" }))).toBe("PreconditionFailed");
  expect(await codeOf(head({ PartNumber: 2 }))).toBe("InvalidPartNumber");
  expect(await codeOf(head({ PartNumber: 1, Range: "bytes=0-1" }))).toBe("InvalidRequest");
});

it("HeadObject needs s3:GetObject", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k", "", { Tagging: "stage=raw" });
  const input = { Bucket: "data", Key: "k" };
  expect(s3.needs("HeadObject", input)).toEqual(["s3:GetObject arn:aws:s3:::data/k"]);
  expect(s3.permissions("HeadObject", input)[0]?.context).toMatchObject({
    "s3:ExistingObjectTag/stage": "raw",
  });
});
