import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("GetObjectTagging answers the tags of a version, none of them when there are none", async () => {
  await using s3 = await TestS3.start();
  await s3.versionedBucket();
  const { VersionId } = await s3.put("k", "", { Tagging: "b=2&a=1" });
  await s3.put("k", "");
  const get = (input: object = {}): Promise<object> =>
    s3.run("GetObjectTagging", { Bucket: "data", Key: "k", ...input });
  expect(await get({ VersionId })).toEqual({
    TagSet: [
      { Key: "b", Value: "2" },
      { Key: "a", Value: "1" },
    ],
    VersionId,
  });
  expect(await get()).toMatchObject({ TagSet: [] });
  expect(await codeOf(get({ Key: "none" }))).toBe("NoSuchKey");
  expect(s3.needs("GetObjectTagging", { Bucket: "data", Key: "k", VersionId })).toEqual([
    "s3:GetObjectVersionTagging arn:aws:s3:::data/k",
  ]);
});
