import fs from "node:fs";
import { expect, test } from "vitest";
import {
  BucketExistsError,
  BucketNotEmptyError,
  NoSuchBucketError,
  NoSuchVersionError,
  ObjectInputError,
} from "./errors.ts";
import { bucketNamed, bytesFrom, bytesOf, plain, StoreFixture, simply } from "./store-fixture.ts";

test("what was put is found, read, listed and removed", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const bytes = bytesFrom(1, 3_000_000);
  const put = await store.put("b", "a/ä", bytes, simply);
  expect(put).toMatchObject({ key: "a/ä", versionId: "null", size: bytes.length, isLatest: true });
  const found = store.find("b", "a/ä");
  expect(found).toEqual(put);
  expect((await bytesOf(store, put)).equals(bytes)).toBe(true);
  expect(
    (await bytesOf(store, put, { range: { start: 5, end: 1_000_005 } })).equals(bytes.subarray(5, 1_000_005)),
  ).toBe(true);
  expect(fs.readFileSync(store.path(put) ?? "").equals(bytes)).toBe(true);
  expect(store.list("b", { limit: 10 }).items).toEqual([put]);
  expect(await store.remove("b", "a/ä")).toEqual({ versionId: undefined, deleteMarker: false });
  expect(store.find("b", "a/ä")).toBeUndefined();
  await store.close();
  expect(fixture.blobs()).toEqual([]);
});

test("a store that is opened again has everything", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  await store.createBucket(bucketNamed("c", "enabled"));
  const first = await store.put("c", "k", bytesFrom(1, 10), simply);
  const second = await store.put("c", "k", bytesFrom(2, 20), simply);
  const marker = await store.remove("c", "k");
  await store.close();
  const again = await fixture.open();
  expect(again.buckets().map(({ name }) => name)).toEqual(["b", "c"]);
  const { items } = again.listVersions("c", { limit: 10 });
  expect(items.map(({ versionId }) => versionId)).toEqual([
    marker.versionId,
    second.versionId,
    first.versionId,
  ]);
  expect(items.map(({ isLatest }) => isLatest)).toEqual([true, false, false]);
  const old = again.find("c", "k", first.versionId);
  expect(old && (await bytesOf(again, old))).toEqual(bytesFrom(1, 10));
});

test("reset forgets everything, and the store goes on", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  await store.createBucket(bucketNamed("c", "enabled"));
  for (let i = 0; i < 450; i++)
    await store.put(i % 2 === 0 ? "b" : "c", `${i % 100}`, bytesFrom(i, 10), simply);
  const encryption = { kind: "none" } as const;
  const upload = await store.startUpload("b", "u", { attributes: plain, checksum: undefined, encryption });
  await store.putPart(upload, 1, bytesFrom(1, 10), { digests: [] });
  await store.reset();
  expect(store.buckets()).toEqual([]);
  expect(fixture.blobs()).toEqual([]);
  await store.createBucket(bucketNamed("b"));
  expect(store.list("b", { limit: 10 }).items).toEqual([]);
  expect(store.listUploads("b", { limit: 10 }).items).toEqual([]);
  await store.put("b", "k", bytesFrom(1, 10), simply);
});

test("the owner of a bucket's name is the first who asks; only an empty bucket goes", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.open();
  const asking = await Promise.allSettled([1, 2, 3].map(() => store.createBucket(bucketNamed("b"))));
  expect(asking.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
  await expect(store.createBucket(bucketNamed("b"))).rejects.toThrow(BucketExistsError);
  await store.changeBucket("b", (bucket) => ({ ...bucket, versioning: "enabled" }));
  const { versionId = "" } = await store.remove("b", "k");
  await expect(store.deleteBucket("b")).rejects.toThrow(BucketNotEmptyError);
  await store.remove("b", "k", { versionId });
  await store.deleteBucket("b");
  await expect(store.deleteBucket("b")).rejects.toThrow(NoSuchBucketError);
  expect(() => store.find("b", "k")).toThrow(NoSuchBucketError);
  await store.createBucket(bucketNamed("b"));
});

test.each(["", "\ud800", "x".repeat(1025), "\u{1f600}".repeat(257)])(
  "a key that cannot be kept is refused",
  async (key) => {
    await using fixture = new StoreFixture();
    const store = await fixture.openWithBucket();
    await expect(store.put("b", key, bytesFrom(1, 1), simply)).rejects.toThrow(ObjectInputError);
  },
);

test.each(["../../etc/passwd", "a\0b", "\u{1f600}".repeat(256), "/", "%2e%2e", "'; DROP TABLE versions; --"])(
  "any other key is a key like all (%j)",
  async (key) => {
    await using fixture = new StoreFixture();
    const store = await fixture.openWithBucket();
    const version = await store.put("b", key, bytesFrom(1, 10), simply);
    expect(store.list("b", { limit: 10 }).items).toEqual([version]);
    expect(store.path(version)).toMatch(new RegExp(`^${fixture.dir}/blobs/[0-9a-f]{6}/[0-9a-f]{32}$`));
    await store.remove("b", key);
    expect(store.list("b", { limit: 10 }).items).toEqual([]);
  },
);

test("attributes change in place, of the version that is meant", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.open();
  await store.createBucket(bucketNamed("b", "enabled"));
  const first = await store.put("b", "k", bytesFrom(1, 10), simply);
  const second = await store.put("b", "k", bytesFrom(2, 10), simply);
  const change = { tags: { a: "é" }, legalHold: true, storageClass: "GLACIER" };
  const retention = { mode: "COMPLIANCE", untilMs: 5 } as const;
  await store.change("b", "k", first.versionId, (version) => ({ ...version, ...change, retention }));
  expect(store.find("b", "k", first.versionId)).toEqual({ ...first, ...change, retention, isLatest: false });
  expect(store.find("b", "k")).toEqual(second);
  await expect(store.change("b", "k", "unknown", (version) => version)).rejects.toThrow(NoSuchVersionError);
  await expect(store.change("b", "none", undefined, (version) => version)).rejects.toThrow(
    NoSuchVersionError,
  );
});
