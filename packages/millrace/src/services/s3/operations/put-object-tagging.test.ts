import { expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

const put = (s3: TestS3, TagSet: { Key: string; Value: string }[], input: object = {}): Promise<object> =>
  s3.run("PutObjectTagging", { Bucket: "data", Key: "k", Tagging: { TagSet }, ...input });

it("PutObjectTagging replaces all tags and leaves the object as it is", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  const { ETag } = await s3.put("k", "content", { Tagging: "old=1" });
  await put(s3, [{ Key: "new", Value: "é +=._:/-@" }]);
  const { TagSet } = await s3.run("GetObjectTagging", { Bucket: "data", Key: "k" });
  expect(TagSet).toEqual([{ Key: "new", Value: "é +=._:/-@" }]);
  expect(await s3.run("HeadObject", { Bucket: "data", Key: "k" })).toMatchObject({ ETag, TagCount: 1 });
});

it("PutObjectTagging refuses tags that are none", async () => {
  await using s3 = await TestS3.start();
  await s3.bucket();
  await s3.put("k", "", { Tagging: "kept=1" });
  const tag = (Key: string, Value: string = ""): { Key: string; Value: string } => ({ Key, Value });
  expect(await codeOf(put(s3, [tag("a"), tag("a")]))).toBe("InvalidTag");
  expect(await codeOf(put(s3, [tag("")]))).toBe("InvalidTag");
  expect(await codeOf(put(s3, [tag("x".repeat(129))]))).toBe("InvalidTag");
  expect(await codeOf(put(s3, [tag("x", "y".repeat(257))]))).toBe("InvalidTag");
  expect(await codeOf(put(s3, [tag("x", "<script>")]))).toBe("InvalidTag");
  expect(await errorOf(put(s3, [tag("AWS:x")]))).toMatchObject({
    code: "InvalidTag",
    message: "Your TagKey cannot be prefixed with aws:",
  });
  expect(
    await codeOf(
      put(
        s3,
        Array.from({ length: 11 }, (_, i) => tag(String(i))),
      ),
    ),
  ).toBe("BadRequest");
  expect(await codeOf(put(s3, [], { Key: "none" }))).toBe("NoSuchKey");
  const { TagSet } = await s3.run("GetObjectTagging", { Bucket: "data", Key: "k" });
  expect(TagSet).toEqual([{ Key: "kept", Value: "1" }]);
});
