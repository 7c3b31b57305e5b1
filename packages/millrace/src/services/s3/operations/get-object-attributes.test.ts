import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

const all = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"] as const;
const get = (s3: TestS3, input: object = {}): Promise<object> =>
  s3.run("GetObjectAttributes", { Bucket: "data", Key: "k", ObjectAttributes: [...all], ...input });

it("GetObjectAttributes answers what it is asked for, and nothing else", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k", "content", { ChecksumCRC32: "/sUwqQ==" });
  const LastModified = new Date(s3.clock.now());
  expect(await get(s3)).toEqual({
    LastModified,
    ETag: "9a0364b9e99bb480dd25e1f0284c8555",
    Checksum: { ChecksumCRC32: "/sUwqQ==", ChecksumType: "FULL_OBJECT" },
    StorageClass: "STANDARD",
    ObjectSize: 7,
  });
  expect(await get(s3, { ObjectAttributes: ["ObjectSize"] })).toEqual({ LastModified, ObjectSize: 7 });
  expect(await codeOf(get(s3, { ObjectAttributes: ["Mood"] }))).toBe("InvalidArgument");
  expect(await codeOf(get(s3, { Key: "none" }))).toBe("NoSuchKey");
});

it("GetObjectAttributes pages through the parts of an object", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const begin = { Bucket: "data", Key: "k", ChecksumAlgorithm: "CRC32" as const };
  const { UploadId } = await s3.run("CreateMultipartUpload", begin);
  const upload = { Bucket: "data", Key: "k", UploadId };
  const Parts = await Promise.all(
    [1, 2].map(async (PartNumber) => {
      const Body = Buffer.alloc(PartNumber === 1 ? 5 * 1024 * 1024 : 10);
      const { ETag, ChecksumCRC32 } = await s3.run("UploadPart", { ...upload, PartNumber, Body });
      return { PartNumber, ETag, ChecksumCRC32 };
    }),
  );
  const done = await s3.run("CompleteMultipartUpload", { ...upload, MultipartUpload: { Parts } });
  expect(await get(s3, { MaxParts: 1 })).toMatchObject({
    Checksum: { ChecksumCRC32: done.ChecksumCRC32?.replace("-2", ""), ChecksumType: "COMPOSITE" },
    ObjectParts: {
      TotalPartsCount: 2,
      PartNumberMarker: "0",
      NextPartNumberMarker: "1",
      MaxParts: 1,
      IsTruncated: true,
      Parts: [{ PartNumber: 1, Size: 5 * 1024 * 1024, ChecksumCRC32: Parts[0]?.ChecksumCRC32 }],
    },
  });
  expect(await get(s3, { PartNumberMarker: "1" })).toMatchObject({
    ObjectParts: { IsTruncated: false, Parts: [{ PartNumber: 2, Size: 10 }] },
  });
});

it("GetObjectAttributes needs to read the object and its attributes", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k");
  const input = { Bucket: "data", Key: "k", ObjectAttributes: [...all] };
  expect(s3.needs("GetObjectAttributes", input)).toEqual([
    "s3:GetObject arn:aws:s3:::data/k",
    "s3:GetObjectAttributes arn:aws:s3:::data/k",
  ]);
});
