import type { ListObjectsV2Output } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { codeOf, otherAccount, TestS3 } from "../test-s3.ts";

async function withKeys(...keys: readonly string[]): Promise<TestS3> {
  const s3 = await TestS3.start();
  await s3.bucket();
  await Promise.all(keys.map((key) => s3.put(key)));
  return s3;
}

const keysOf = (page: { Contents?: { Key?: string | undefined }[] | undefined }): (string | undefined)[] =>
  (page.Contents ?? []).map(({ Key }) => Key);
const prefixesOf = (page: {
  CommonPrefixes?: { Prefix?: string | undefined }[] | undefined;
}): (string | undefined)[] => (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix);

describe("ListObjectsV2", () => {
  it("lists keys in the order of their bytes, with what is known of them", async () => {
    await using s3 = await withKeys("b", "a", "A", "\uffff", "🛰", "a/b");
    const page = await s3.run("ListObjectsV2", { Bucket: "data" });
    expect(keysOf(page)).toEqual(["A", "a", "a/b", "b", "\uffff", "🛰"]);
    expect(page).toMatchObject({ Name: "data", Prefix: "", MaxKeys: 1000, KeyCount: 6, IsTruncated: false });
    expect(page.Contents?.[0]).toEqual({
      Key: "A",
      LastModified: new Date(s3.clock.now()),
      ETag: '"9a0364b9e99bb480dd25e1f0284c8555"',
      Size: 7,
      StorageClass: "STANDARD",
    });
    const owned = await s3.run("ListObjectsV2", { Bucket: "data", FetchOwner: true });
    expect(owned.Contents?.[0]?.Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
  });

  it("gathers keys under common prefixes, which count as one", async () => {
    await using s3 = await withKeys("a/1", "a/2", "b", "c/1", "c/d/2", "e::f::g");
    const list = (input: object): Promise<ListObjectsV2Output> =>
      s3.run("ListObjectsV2", { Bucket: "data", Delimiter: "/", ...input });
    const root = await list({});
    expect([keysOf(root), prefixesOf(root), root.KeyCount]).toEqual([["b", "e::f::g"], ["a/", "c/"], 4]);
    const inside = await list({ Prefix: "c/" });
    expect([keysOf(inside), prefixesOf(inside)]).toEqual([["c/1"], ["c/d/"]]);
    const long = await list({ Delimiter: "::", Prefix: "e" });
    expect([keysOf(long), prefixesOf(long)]).toEqual([[], ["e::"]]);
    expect(keysOf(await list({ Prefix: "none" }))).toEqual([]);
  });

  it("pages through keys and prefixes, each of them once", async () => {
    const keys = Array.from({ length: 23 }, (_, i) => `k${String(i).padStart(2, "0")}`);
    await using s3 = await withKeys(...keys, "k05/a", "k05/b", "z/1", "z/2");
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    for (let pages = 0; pages < 20; pages++) {
      const token = ContinuationToken === undefined ? {} : { ContinuationToken };
      const page = await s3.run("ListObjectsV2", { Bucket: "data", Delimiter: "/", MaxKeys: 4, ...token });
      seen.push(...keysOf(page), ...prefixesOf(page));
      expect(page.KeyCount).toBeLessThanOrEqual(4);
      ContinuationToken = page.NextContinuationToken;
      expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
      if (ContinuationToken === undefined) break;
    }
    expect(seen.toSorted()).toEqual([...keys, "k05/", "z/"].toSorted());
  });

  it("starts behind a key, which need not be there", async () => {
    await using s3 = await withKeys("a", "b", "c");
    const page = await s3.run("ListObjectsV2", { Bucket: "data", StartAfter: "a~" });
    expect(page).toMatchObject({ StartAfter: "a~" });
    expect(keysOf(page)).toEqual(["b", "c"]);
  });

  it("answers nothing to those who ask for nothing", async () => {
    await using s3 = await withKeys("a");
    const page = await s3.run("ListObjectsV2", { Bucket: "data", MaxKeys: 0 });
    expect(page).toMatchObject({ KeyCount: 0, MaxKeys: 0, IsTruncated: false });
  });

  it("encodes keys that XML cannot hold", async () => {
    await using s3 = await withKeys("a b+c/ü(1)*'!~\u0001");
    const input = { Bucket: "data", EncodingType: "url" as const, Prefix: "a b", Delimiter: "(" };
    const page = await s3.run("ListObjectsV2", input);
    expect(page).toMatchObject({ Prefix: "a+b", Delimiter: "%28", EncodingType: "url" });
    expect(prefixesOf(page)).toEqual(["a+b%2Bc/%C3%BC%28"]);
    const whole = await s3.run("ListObjectsV2", { Bucket: "data", EncodingType: "url" });
    expect(keysOf(whole)).toEqual(["a+b%2Bc/%C3%BC%281%29*%27%21%7E%01"]);
  });

  it("tells of checksums, and of what was restored to those who ask", async () => {
    await using s3 = await withKeys();
    await s3.put("k", "", { ChecksumCRC32: "AAAAAA==", StorageClass: "GLACIER" });
    const list = (input: object = {}): Promise<object> =>
      s3.run("ListObjectsV2", { Bucket: "data", ...input });
    expect(await list()).toMatchObject({
      Contents: [{ ChecksumAlgorithm: ["CRC32"], ChecksumType: "FULL_OBJECT", StorageClass: "GLACIER" }],
    });
    const asked = { OptionalObjectAttributes: ["RestoreStatus"] };
    expect(await list(asked)).toMatchObject({
      Contents: [{ RestoreStatus: { IsRestoreInProgress: false } }],
    });
    expect(await codeOf(list({ OptionalObjectAttributes: ["Mood"] }))).toBe("InvalidArgument");
  });

  it("refuses wrong tokens, sizes and encodings", async () => {
    await using s3 = await withKeys("a", "b");
    await s3.bucket({ Bucket: "other" });
    const list = (
      input: object,
      call: object = {},
    ): Promise<{ NextContinuationToken?: string | undefined }> =>
      s3.run("ListObjectsV2", { Bucket: "data", ...input }, call);
    const { NextContinuationToken: token } = await list({ MaxKeys: 1 });
    expect(await codeOf(list({ ContinuationToken: "" }))).toBe("InvalidArgument");
    expect(await codeOf(list({ ContinuationToken: `${token}x` }))).toBe("InvalidArgument");
    expect(await codeOf(list({ ContinuationToken: token, Bucket: "other" }))).toBe("InvalidArgument");
    expect(await codeOf(list({ ContinuationToken: token }, { account: otherAccount }))).toBe(
      "InvalidArgument",
    );
    expect(await codeOf(list({ MaxKeys: -1 }))).toBe("InvalidArgument");
    expect(await codeOf(list({ EncodingType: "base64" }))).toBe("InvalidArgument");
    expect(await codeOf(list({ Bucket: "none" }))).toBe("NoSuchBucket");
  });

  it("needs s3:ListBucket, with what is listed as conditions", async () => {
    await using s3 = await withKeys();
    const input = { Bucket: "data", Prefix: "home/", Delimiter: "/", MaxKeys: 5 };
    expect(s3.permissions("ListObjectsV2", input)).toEqual([
      {
        action: "s3:ListBucket",
        resources: ["arn:aws:s3:::data"],
        resourceAccount: "000000000000",
        context: { "s3:prefix": "home/", "s3:delimiter": "/", "s3:max-keys": "5" },
      },
    ]);
  });
});
