import { expect, it } from "vitest";
import { codeOf, TestS3 } from "../test-s3.ts";

it("DeleteObjectTagging takes all tags from the version it names", async () => {
  await using s3 = await TestS3.start();
  await s3.versionedBucket();
  const { VersionId } = await s3.put("k", "", { Tagging: "a=1" });
  await s3.put("k", "", { Tagging: "b=1" });
  const input = { Bucket: "data", Key: "k" };
  expect(await s3.run("DeleteObjectTagging", { ...input, VersionId })).toEqual({ VersionId });
  expect((await s3.run("GetObjectTagging", { ...input, VersionId })).TagSet).toEqual([]);
  expect((await s3.run("GetObjectTagging", input)).TagSet).toHaveLength(1);
  await s3.run("DeleteObject", input);
  expect(await codeOf(s3.run("DeleteObjectTagging", input))).toBe("NoSuchKey");
});
