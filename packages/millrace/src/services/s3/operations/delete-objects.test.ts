import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("DeleteObjects removes many at once, and says of each what became of it", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await Promise.all(Array.from({ length: 30 }, (_, i) => s3.put(`k${i}`)));
  const Objects = Array.from({ length: 1000 }, (_, i) => ({ Key: `k${i}` }));
  const { Deleted, Errors } = await s3.run("DeleteObjects", { Bucket: "data", Delete: { Objects } });
  expect(Deleted).toEqual(Objects);
  expect(Errors).toBeUndefined();
  expect((await s3.run("ListObjectsV2", { Bucket: "data" })).KeyCount).toBe(0);
});

it("DeleteObjects answers failures key by key, and nothing else when it is to be quiet", async () => {
  await using s3 = await TestS3.start();
  await s3.versionedBucket();
  const { VersionId } = await s3.put("a");
  await s3.put("b");
  const Objects = [
    { Key: "a", VersionId },
    { Key: "b" },
    { Key: "b", ETag: "another" },
    { Key: "x".repeat(1025) },
    { Key: "c", VersionId: "../c" },
    { Key: "d", Size: 3 },
  ];
  const { Deleted, Errors } = await s3.run("DeleteObjects", { Bucket: "data", Delete: { Objects } });
  expect(Deleted?.[0]).toEqual({ Key: "a", VersionId });
  expect(Deleted?.[1]).toMatchObject({ Key: "b", DeleteMarker: true });
  expect(Deleted).toHaveLength(2);
  expect(Errors?.map(({ Key, Code }) => [Key?.slice(0, 1), Code])).toEqual([
    ["b", "PreconditionFailed"],
    ["x", "KeyTooLongError"],
    ["c", "InvalidArgument"],
    ["d", "NotImplemented"],
  ]);
  const quiet = await s3.run("DeleteObjects", {
    Bucket: "data",
    Delete: { Quiet: true, Objects: [{ Key: "b" }, { Key: "c", VersionId: "?" }] },
  });
  expect(quiet.Deleted).toBeUndefined();
  expect(quiet.Errors).toHaveLength(1);
});

it("DeleteObjects takes 1 to 1,000 keys and needs each one's permission", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const remove = (count: number): Promise<unknown> =>
    s3.run("DeleteObjects", {
      Bucket: "data",
      Delete: { Objects: Array.from({ length: count }, (_, i) => ({ Key: String(i) })) },
    });
  expect(await codeOf(remove(0))).toBe("MalformedXML");
  expect(await codeOf(remove(1001))).toBe("MalformedXML");
  const Objects = [{ Key: "a" }, { Key: "b", VersionId: "null" }, { Key: "c", ETag: "x" }];
  expect(s3.needs("DeleteObjects", { Bucket: "data", Delete: { Objects } })).toEqual([
    "s3:DeleteObject arn:aws:s3:::data/a",
    "s3:DeleteObjectVersion arn:aws:s3:::data/b",
    "s3:DeleteObject arn:aws:s3:::data/c",
    "s3:GetObject arn:aws:s3:::data/c",
  ]);
});
