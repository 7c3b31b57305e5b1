import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("ListObjects pages by the last key that a client saw", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  for (const key of ["a", "b/1", "b/2", "c"]) await s3.put(key);
  const first = await s3.run("ListObjects", { Bucket: "data", MaxKeys: 2 });
  expect(first).toMatchObject({ Marker: "", MaxKeys: 2, IsTruncated: true });
  expect(first.NextMarker).toBeUndefined();
  expect(first.Contents?.map(({ Key }) => Key)).toEqual(["a", "b/1"]);
  expect(first.Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
  const second = await s3.run("ListObjects", { Bucket: "data", Marker: "b/1" });
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(["b/2", "c"]);
  const prefixed = await s3.run("ListObjects", { Bucket: "data", Delimiter: "/", MaxKeys: 2 });
  expect(prefixed).toMatchObject({ NextMarker: "b/", CommonPrefixes: [{ Prefix: "b/" }] });
  const rest = await s3.run("ListObjects", { Bucket: "data", Delimiter: "/", Marker: "b/" });
  expect(rest.Contents?.map(({ Key }) => Key)).toEqual(["c"]);
  expect(rest.CommonPrefixes).toBeUndefined();
  expect(await codeOf(s3.run("ListObjects", { Bucket: "none" }))).toBe("NoSuchBucket");
});
