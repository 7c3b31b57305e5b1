import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("ListParts pages through the parts of an upload", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const { UploadId } = await s3.run("CreateMultipartUpload", {
    Bucket: "data",
    Key: "k",
    StorageClass: "STANDARD_IA",
  });
  const input = { Bucket: "data", Key: "k", UploadId };
  for (const PartNumber of [2, 5, 7])
    await s3.run("UploadPart", { ...input, PartNumber, Body: "x".repeat(PartNumber) });
  const first = await s3.run("ListParts", { ...input, MaxParts: 2 });
  expect(first).toMatchObject({
    ...input,
    PartNumberMarker: "0",
    NextPartNumberMarker: "5",
    MaxParts: 2,
    IsTruncated: true,
    StorageClass: "STANDARD_IA",
  });
  expect(first.Parts).toMatchObject([
    { PartNumber: 2, Size: 2, LastModified: new Date(s3.clock.now()) },
    { PartNumber: 5, Size: 5 },
  ]);
  const second = await s3.run("ListParts", { ...input, PartNumberMarker: "5" });
  expect(second).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 7 }] });
  expect(await s3.run("ListParts", { ...input, MaxParts: 0 })).toMatchObject({ IsTruncated: false });
  expect(await codeOf(s3.run("ListParts", { ...input, MaxParts: -1 }))).toBe("InvalidArgument");
  expect(await codeOf(s3.run("ListParts", { ...input, PartNumberMarker: "x" }))).toBe("InvalidArgument");
  expect(await codeOf(s3.run("ListParts", { ...input, UploadId: "none" }))).toBe("NoSuchUpload");
});
