import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("ListMultipartUploads lists and pages uploads by key and age", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const begin = async (Key: string): Promise<string> => {
    s3.clock.advance(1000);
    return (await s3.run("CreateMultipartUpload", { Bucket: "data", Key })).UploadId ?? "";
  };
  const ids = [await begin("b/1"), await begin("a"), await begin("a"), await begin("c")];
  const all = await s3.run("ListMultipartUploads", { Bucket: "data" });
  expect(all.Uploads?.map(({ Key, UploadId }) => [Key, UploadId])).toEqual([
    ["a", ids[1]],
    ["a", ids[2]],
    ["b/1", ids[0]],
    ["c", ids[3]],
  ]);
  const seen: (string | undefined)[] = [];
  let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
  for (let pages = 0; pages < 10; pages++) {
    const page = await s3.run("ListMultipartUploads", { Bucket: "data", MaxUploads: 1, ...markers });
    seen.push(...(page.Uploads ?? []).map(({ UploadId }) => UploadId));
    if (page.IsTruncated !== true) break;
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
  expect(seen).toEqual([ids[1], ids[2], ids[0], ids[3]]);
  const prefixed = await s3.run("ListMultipartUploads", { Bucket: "data", Delimiter: "/" });
  expect(prefixed).toMatchObject({ CommonPrefixes: [{ Prefix: "b/" }] });
  expect(await codeOf(s3.run("ListMultipartUploads", { Bucket: "none" }))).toBe("NoSuchBucket");
  expect(s3.needs("ListMultipartUploads", { Bucket: "data" })).toEqual([
    "s3:ListBucketMultipartUploads arn:aws:s3:::data",
  ]);
});
