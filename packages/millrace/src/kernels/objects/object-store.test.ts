import fs from "node:fs";
import { expect, test } from "vitest";
import { bucketNamed, bytesFrom, bytesOf, StoreFixture, simply } from "./store-fixture.ts";

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
