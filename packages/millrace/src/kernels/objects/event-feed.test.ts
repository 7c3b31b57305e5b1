import { expect, test } from "vitest";
import type { ObjectEvent } from "./events.ts";
import { bucketNamed, bytesFrom, plain, StoreFixture, simply } from "./store-fixture.ts";

const names = (events: readonly ObjectEvent[]): string[] => events.map(({ name, key }) => `${name} ${key}`);

test("listeners hear of commits in their order, and a failing one disturbs nobody", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const heard: ObjectEvent[] = [];
  const allHeard = Promise.withResolvers<void>();
  store.subscribe(() => {
    throw new Error("a listener's own affair");
  });
  const stop = store.subscribe((event) => {
    if (heard.push(event) === 7) allHeard.resolve();
  });
  await store.put("b", "1", bytesFrom(1, 5), simply);
  await store.put("b", "1", bytesFrom(1, 6), { ...simply, eventName: "ObjectCreated:Copy" });
  await store.change(
    "b",
    "1",
    undefined,
    (version) => ({ ...version, tags: { a: "b" } }),
    "ObjectTagging:Put",
  );
  await store.remove("b", "1");
  await store.remove("b", "1");
  await store.changeBucket("b", (bucket) => ({ ...bucket, versioning: "enabled" }));
  const { versionId = "" } = await store.remove("b", "2");
  await store.remove("b", "2", { versionId, eventName: "LifecycleExpiration:Delete" });
  const upload = await store.startUpload("b", "3", {
    attributes: plain,
    checksum: undefined,
    encryption: { kind: "none" },
  });
  await store.putPart(upload, 1, bytesFrom(1, 7), { digests: [] });
  await store.completeUpload(upload, { parts: [1] });
  await allHeard.promise;
  expect(names(heard)).toEqual([
    "ObjectCreated:Put 1",
    "ObjectCreated:Copy 1",
    "ObjectTagging:Put 1",
    "ObjectRemoved:Delete 1",
    "ObjectRemoved:DeleteMarkerCreated 2",
    "LifecycleExpiration:Delete 2",
    "ObjectCreated:CompleteMultipartUpload 3",
  ]);
  expect(heard[0]).toMatchObject({ bucket: "b", versionId: undefined, size: 5, timeMs: fixture.clock.now() });
  expect(heard[4]?.versionId).toBe(versionId);
  const sequencers = heard.map(({ sequencer }) => sequencer);
  expect(sequencers).toEqual([...new Set(sequencers)].sort());
  expect(fixture.logged).toContain("a listener of object events failed");
  stop();
  const nextHeard = Promise.withResolvers<ObjectEvent>();
  store.subscribe(nextHeard.resolve);
  await store.put("b", "4", bytesFrom(1, 5), simply);
  expect((await nextHeard.promise).key).toBe("4");
  expect(heard).toHaveLength(7);
});

test("a durable feed goes on where it was committed, across restarts", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  await store.createBucket(bucketNamed("other"));
  const ofB = (event: ObjectEvent): boolean => event.bucket === "b";
  await store.put("b", "before", bytesFrom(1, 1), simply);
  const feed = await store.openFeed("f", ofB);
  for (const key of ["1", "2", "3"]) await store.put("b", key, bytesFrom(1, 1), simply);
  await store.put("other", "x", bytesFrom(1, 1), simply);
  const read = feed.read(2);
  expect(read.map(({ event }) => event.key)).toEqual(["1", "2"]);
  expect(feed.read(10).map(({ event }) => event.key)).toEqual(["1", "2", "3"]);
  await feed.commit(read[0]?.position ?? 0);
  expect(feed.read(10).map(({ event }) => event.key)).toEqual(["2", "3"]);
  await store.close();
  const again = await fixture.open();
  const reopened = await again.openFeed("f", ofB);
  expect(reopened.read(10).map(({ event }) => event.key)).toEqual(["2", "3"]);
  reopened.close();
  await again.put("b", "4", bytesFrom(1, 1), simply);
  expect(reopened.read(10).map(({ event }) => event.key)).toEqual(["2", "3"]);
});

test("one feed does not take events from another, and a failing filter loses none", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const one = await store.openFeed("one", () => true);
  const two = await store.openFeed("two", () => {
    throw new Error("a filter's own affair");
  });
  await store.put("b", "1", bytesFrom(1, 1), simply);
  await one.commit(one.read(1)[0]?.position ?? 0);
  expect(one.read(1)).toEqual([]);
  expect(two.read(10).map(({ event }) => event.key)).toEqual(["1"]);
});
