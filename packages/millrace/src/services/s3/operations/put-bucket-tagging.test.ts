import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestS3 } from "../test-s3.ts";

describe("PutBucketTagging", () => {
  const tagging = (...tags: readonly [string, string][]) => ({
    Tagging: { TagSet: tags.map(([Key, Value]) => ({ Key, Value })) },
  });

  it("replaces all tags", async () => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    await s3.run("PutBucketTagging", { Bucket, ...tagging(["a", "1"], ["b", ""]) });
    await s3.run("PutBucketTagging", { Bucket, ...tagging(["\u00fc k+e:y", "w/e@r"], ["__proto__", "x"]) });
    const { TagSet } = await s3.run("GetBucketTagging", { Bucket });
    expect(TagSet).toEqual(tagging(["\u00fc k+e:y", "w/e@r"], ["__proto__", "x"]).Tagging.TagSet);
    await s3.run("PutBucketTagging", { Bucket, ...tagging() });
    expect(await codeOf(s3.run("GetBucketTagging", { Bucket }))).toBe("NoSuchTagSet");
  });

  it.each<[string, string, [string, string][]]>([
    [
      "InvalidTag",
      "Cannot provide multiple Tags with the same key",
      [
        ["a", "1"],
        ["a", "2"],
      ],
    ],
    ["InvalidTag", "The TagKey you have provided is invalid", [["", ""]]],
    ["InvalidTag", "The TagKey you have provided is invalid", [["a,b", ""]]],
    ["InvalidTag", "The TagKey you have provided is invalid", [["x".repeat(129), ""]]],
    ["InvalidTag", "The TagValue you have provided is invalid", [["a", "1,2"]]],
    ["InvalidTag", "The TagValue you have provided is invalid", [["a", "x".repeat(257)]]],
    ["InvalidTag", "System tags cannot be added/updated by requester", [["AWS:a", "1"]]],
    ["BadRequest", "Bucket tag count", Array.from({ length: 51 }, (_, i) => [`k${i}`, ""])],
  ])("refuses with %s: %s", async (code, message, tags) => {
    await using s3 = await TestS3.start();
    const Bucket = await s3.bucket();
    const error = await errorOf(s3.run("PutBucketTagging", { Bucket, ...tagging(...tags) }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it("needs a bucket that is there and belongs to whom it is expected to", async () => {
    await using s3 = await TestS3.start();
    expect(await codeOf(s3.run("PutBucketTagging", { Bucket: "none", ...tagging(["a", "1"]) }))).toBe(
      "NoSuchBucket",
    );
    const Bucket = await s3.bucket();
    const call = s3.run("PutBucketTagging", {
      Bucket,
      ...tagging(["a", "1"]),
      ExpectedBucketOwner: "999999999999",
    });
    expect(await codeOf(call)).toBe("AccessDenied");
  });
});
