import { expect, test } from "vitest";
import type { ObjectStore } from "./object-store.ts";
import { bucketNamed, bytesFrom, bytesOf, StoreFixture, seededRandom, simply } from "./store-fixture.ts";
import { StoreModel } from "./store-model.ts";

const bucket = "b";
/** Names whose order differs between UTF-8 and UTF-16, and names that share prefixes. */
const words = ["a", "b", "a/", "a/b", "a/b/c", "ab", "é", "\u{1f600}", "\uffff", "a\0", "a/\u{1f600}/x", "/"];

type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const keyOf = (random: Random): string => pick(random, words) + (random() < 0.5 ? pick(random, words) : "");

/** One random change, of the store and of the model. */
async function change(store: ObjectStore, model: StoreModel, random: Random): Promise<void> {
  const key = keyOf(random);
  const roll = random();
  if (roll < 0.55) {
    const seed = Math.floor(random() * 1e9);
    const version = await store.put(bucket, key, bytesFrom(seed, seed % 50), simply);
    model.put(key, version.versionId, seed);
  } else if (roll < 0.75) {
    const { versionId } = await store.remove(bucket, key);
    model.remove(key, versionId);
  } else if (roll < 0.95) {
    const versionId = pick(random, ["null", ...model.versionsOf(key).map((version) => version.versionId)]);
    const removal = await store.remove(bucket, key, { versionId });
    expect(removal).toEqual({ versionId, deleteMarker: model.removeVersion(key, versionId) });
  } else if (random() < 0.3) {
    const versioning = pick(random, ["enabled", "suspended"] as const);
    await store.changeBucket(bucket, (before) => ({ ...before, versioning }));
    model.versioning = versioning;
  }
}

function expectListings(store: ObjectStore, model: StoreModel, random: Random): void {
  const prefix = random() < 0.5 ? "" : keyOf(random).slice(0, 2);
  const delimiter = pick(random, ["", "", "/", "b", "/b"]);
  const limit = 1 + Math.floor(random() * 6);
  const options = { prefix: prefix.isWellFormed() ? prefix : "", delimiter, limit };
  const label = JSON.stringify(options);
  for (let after = random() < 0.3 ? keyOf(random) : undefined, pages = 0; ; pages++) {
    const page = store.list(bucket, after === undefined ? options : { ...options, after });
    const expected = model.list({ ...options, after });
    expect(
      page.items.map((item) => item.key),
      label,
    ).toEqual(expected.keys);
    expect(page.commonPrefixes, label).toEqual(expected.commonPrefixes);
    expect(page.next, label).toBe(expected.next);
    expect(page.items.every((item) => item.isLatest && !item.isDeleteMarker)).toBe(true);
    if (page.next === undefined) break;
    after = page.next;
    expect(pages, label).toBeLessThan(1000);
  }
  expectVersions(store, model, options);
}

function expectVersions(
  store: ObjectStore,
  model: StoreModel,
  options: { readonly prefix: string; readonly delimiter: string; readonly limit: number },
): void {
  const seen: string[] = [];
  for (let page = store.listVersions(bucket, options); ; ) {
    expect(page.items.length + page.commonPrefixes.length).toBeLessThanOrEqual(options.limit);
    const items = page.items.map((item) =>
      [item.key, item.versionId, item.isLatest, item.isDeleteMarker].join(),
    );
    seen.push(...[...items, ...page.commonPrefixes].sort());
    if (page.next === undefined) break;
    const place = { after: page.next, ...(page.nextVersionId && { afterVersionId: page.nextVersionId }) };
    page = store.listVersions(bucket, { ...options, ...place });
  }
  expect([...seen].sort()).toEqual([...model.allVersions(options)].sort());
}

async function expectBytes(store: ObjectStore, model: StoreModel): Promise<void> {
  for (const [key, versions] of model.all()) {
    for (const { versionId, seed } of versions) {
      const found = store.find(bucket, key, versionId);
      expect(found?.isDeleteMarker).toBe(seed === undefined);
      if (found === undefined || seed === undefined) continue;
      expect((await bytesOf(store, found)).equals(bytesFrom(seed, seed % 50))).toBe(true);
    }
    expect(store.find(bucket, key)?.versionId).toBe(versions[0]?.versionId);
  }
}

test.each(["off", "enabled", "suspended"] as const)(
  "does what a model does (versioning %s)",
  async (versioning) => {
    for (let seed = 1; seed <= 4; seed++) {
      await using fixture = new StoreFixture();
      const random = seededRandom(seed);
      const model = new StoreModel(versioning);
      let store = await fixture.open();
      await store.createBucket(bucketNamed(bucket, versioning));
      for (let step = 0; step < 150; step++) {
        await change(store, model, random);
        expectListings(store, model, random);
        if (step % 50 !== 49) continue;
        await expectBytes(store, model);
        await store.close();
        store = await fixture.open();
      }
      await expectBytes(store, model);
      await store.close();
      expect(fixture.blobs()).toHaveLength(model.objects());
    }
  },
);
