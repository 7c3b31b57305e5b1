import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

async function withVersions(): Promise<TestS3> {
  const s3 = await TestS3.start();
  await s3.versionedBucket();
  await s3.put("a", "one");
  await s3.put("a", "two");
  await s3.put("b/1");
  await s3.run("DeleteObject", { Bucket: "data", Key: "b/1" });
  await s3.put("c");
  return s3;
}

it("ListObjectVersions lists versions and delete markers, the newest of a key first", async () => {
  await using s3 = await withVersions();
  const page = await s3.run("ListObjectVersions", { Bucket: "data" });
  expect(page).toMatchObject({ IsTruncated: false, KeyMarker: "", VersionIdMarker: "", MaxKeys: 1000 });
  expect(page.Versions?.map(({ Key, IsLatest, Size }) => [Key, IsLatest, Size])).toEqual([
    ["a", true, 3],
    ["a", false, 3],
    ["b/1", false, 7],
    ["c", true, 7],
  ]);
  expect(page.DeleteMarkers).toMatchObject([{ Key: "b/1", IsLatest: true }]);
  expect(page.DeleteMarkers?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
});

it("ListObjectVersions pages by key and version, each of them once", async () => {
  await using s3 = await withVersions();
  const seen: string[] = [];
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let pages = 0; pages < 10; pages++) {
    const page = await s3.run("ListObjectVersions", { Bucket: "data", MaxKeys: 2, ...markers });
    for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
      seen.push(`${Key} ${VersionId}`);
    if (page.IsTruncated !== true) break;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

it("ListObjectVersions gathers under prefixes, and refuses markers that mean nothing", async () => {
  await using s3 = await withVersions();
  const list = (input: object): Promise<object> => s3.run("ListObjectVersions", { Bucket: "data", ...input });
  expect(await list({ Delimiter: "/" })).toMatchObject({ CommonPrefixes: [{ Prefix: "b/" }] });
  expect(await list({ MaxKeys: 0 })).toMatchObject({ IsTruncated: false, MaxKeys: 0 });
  expect(await codeOf(list({ VersionIdMarker: "x" }))).toBe("InvalidArgument");
  expect(await codeOf(list({ KeyMarker: "a", VersionIdMarker: "" }))).toBe("InvalidArgument");
  expect(s3.needs("ListObjectVersions", { Bucket: "data" })).toEqual([
    "s3:ListBucketVersions arn:aws:s3:::data",
  ]);
});

it("ListObjectVersions calls the versions of a bucket without them null", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k");
  const { Versions } = await s3.run("ListObjectVersions", { Bucket: "data" });
  expect(Versions).toMatchObject([{ Key: "k", VersionId: "null", IsLatest: true }]);
});
