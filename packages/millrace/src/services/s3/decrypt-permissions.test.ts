import { expect, it } from "vitest";
import { otherAccount, TestS3 } from "./test-s3.ts";

const key = "arn:aws:kms:us-east-1:000000000000:key/1234";
const underKms = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "1234" } as const;
const writing = "s3:PutObject arn:aws:s3:::data/k";
const decrypting = `kms:Decrypt ${key}`;

async function needsOfUpload(input: object): Promise<Record<"part" | "copied" | "complete", string[]>> {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("source");
  const { UploadId = "" } = await s3.run("CreateMultipartUpload", { Bucket: "data", Key: "k", ...input });
  const upload = { Bucket: "data", Key: "k", UploadId };
  return {
    part: s3.needs("UploadPart", { ...upload, PartNumber: 1 }),
    copied: s3.needs("UploadPartCopy", { ...upload, PartNumber: 1, CopySource: "data/source" }),
    complete: s3.needs("CompleteMultipartUpload", upload),
  };
}

it("parts of an upload under a key of KMS need to be decrypted when they are joined", async () => {
  expect(await needsOfUpload(underKms)).toEqual({
    part: [writing, decrypting],
    copied: ["s3:GetObject arn:aws:s3:::data/source", writing, decrypting],
    complete: [writing],
  });
  const { complete } = await needsOfUpload({ ...underKms, ChecksumAlgorithm: "CRC32" });
  expect(complete).toEqual([writing, decrypting]);
});

it("other uploads, and those that are not there, need no key", async () => {
  const { part, complete } = await needsOfUpload({ ServerSideEncryption: "AES256" });
  expect([...part, ...complete]).toEqual([writing, writing]);
  await using s3 = await TestS3.start();
  const nowhere = { Bucket: "data", Key: "k", UploadId: "none", PartNumber: 1 };
  expect(s3.needs("UploadPart", nowhere)).toEqual([writing]);
  await s3.bucket();
  expect(s3.needs("UploadPart", nowhere)).toEqual([writing]);
});

it("a key is used on behalf of the caller, under the object's ARN or its bucket's", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const input = { Bucket: "data", Key: "k", ...underKms };
  const contextOf = (more: object): unknown =>
    s3.permissions("PutObject", { ...input, ...more }, { account: otherAccount }).at(-1)?.context;
  expect(contextOf({})).toEqual({ caller: otherAccount, "aws:s3:arn": "arn:aws:s3:::data/k" });
  expect(contextOf({ BucketKeyEnabled: true })).toMatchObject({ "aws:s3:arn": "arn:aws:s3:::data" });
  const SSEKMSEncryptionContext = Buffer.from('{"team":"a"}').toString("base64");
  expect(contextOf({ SSEKMSEncryptionContext })).toMatchObject({ team: "a" });
  await s3.put("k", "", underKms);
  const reading = s3.permissions("GetObject", { Bucket: "data", Key: "k" }, { account: otherAccount });
  expect(reading.at(-1)).toMatchObject({
    resources: [key],
    context: { caller: otherAccount, "aws:s3:arn": "arn:aws:s3:::data/k" },
  });
});
