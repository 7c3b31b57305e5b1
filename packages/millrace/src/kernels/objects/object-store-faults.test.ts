import fs from "node:fs";
import { expect, test } from "vitest";
import {
  DamagedObjectError,
  NoSuchBucketError,
  ObjectGoneError,
  StoreClosedError,
  StoreFailedError,
  StoreFullError,
  StoreInputOutputError,
} from "./errors.ts";
import { FaultyFiles } from "./faulty-files.ts";
import type { ObjectStore } from "./object-store.ts";
import type { ObjectVersion } from "./object-version.ts";
import { bytesFrom, bytesOf, plain, StoreFixture, seededRandom, simply } from "./store-fixture.ts";

const mebibyte = 1024 * 1024;

/** Lets the store settle, and tells how many files it has then. */
async function closedBlobs(fixture: StoreFixture, store: ObjectStore): Promise<number> {
  await store.settled();
  await store.close();
  return fixture.blobs().length;
}

async function* failing(bytes: number, error: Error): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < bytes; sent += 65_536) yield Buffer.alloc(65_536);
  throw error;
}

test("short writes are completed, whatever their pieces", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket(new FaultyFiles(seededRandom(1), { shortWrites: true }));
  for (const size of [1, 1000, 100_000, 3 * mebibyte]) {
    const version = await store.put("b", "k", bytesFrom(size, size), simply);
    expect((await bytesOf(store, version)).equals(bytesFrom(size, size))).toBe(true);
  }
});

test("a full disk refuses the write, shows nothing of it and keeps none of its bytes", async () => {
  await using fixture = new StoreFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = await fixture.openWithBucket(files);
  const before = await store.put("b", "k", bytesFrom(1, 100), simply);
  files.spaceBytes = mebibyte;
  const failure = await store
    .put("b", "k", bytesFrom(2, 3 * mebibyte), simply)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreFullError);
  expect(failure).toMatchObject({ code: "ENOSPC", retryable: true });
  expect(store.find("b", "k")).toEqual(before);
  files.spaceBytes = Number.POSITIVE_INFINITY;
  const after = await store.put("b", "l", bytesFrom(3, 3 * mebibyte), simply);
  expect((await bytesOf(store, after)).equals(bytesFrom(3, 3 * mebibyte))).toBe(true);
  expect(await closedBlobs(fixture, store)).toBe(2);
});

test.each(["sync", "sync-directory", "open"] as const)(
  "a failing %s of a blob keeps nothing",
  async (fault) => {
    await using fixture = new StoreFixture();
    const files = new FaultyFiles(seededRandom(1));
    const store = await fixture.openWithBucket(files);
    files.only = "blobs";
    await store.put("b", "first", bytesFrom(1, 10), simply);
    files.fail(fault);
    await expect(store.put("b", "k", bytesFrom(1, 10), simply)).rejects.toThrow(StoreInputOutputError);
    expect(store.find("b", "k")).toBeUndefined();
    await store.put("b", "k", bytesFrom(2, 10), simply);
    expect(await closedBlobs(fixture, store)).toBe(2);
  },
);

test("what a source throws goes through, and its bytes go", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const error = new Error("the client hung up");
  await expect(store.put("b", "k", failing(3 * mebibyte, error), simply)).rejects.toBe(error);
  expect(store.find("b", "k")).toBeUndefined();
  expect(await closedBlobs(fixture, store)).toBe(0);
});

test("what verify and check throw goes through, and the bytes go", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const refuse = (): never => {
    throw new Error("refused");
  };
  for (const refusal of [{ verify: refuse }, { check: refuse }])
    await expect(store.put("b", "k", bytesFrom(1, 10), { ...simply, ...refusal })).rejects.toThrow("refused");
  expect(store.list("b", { limit: 10 }).items).toEqual([]);
  expect(await closedBlobs(fixture, store)).toBe(0);
});

test("of many writers that want there to be nothing, one wins", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const check = (current: ObjectVersion | undefined): void => {
    if (current !== undefined) throw new Error("exists");
  };
  const writers = Array.from({ length: 20 }, (_, i) =>
    store.put("b", "k", bytesFrom(i, 10), { ...simply, check }),
  );
  const results = await Promise.allSettled(writers);
  const winners = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  expect(winners).toHaveLength(1);
  expect(store.find("b", "k")).toEqual(winners[0]);
  expect(await closedBlobs(fixture, store)).toBe(1);
});

test("nobody is shown what is not durable", async () => {
  await using fixture = new StoreFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = await fixture.openWithBucket(files);
  files.only = "-wal";
  const held = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  let syncs = 0;
  files.beforeSync = () => {
    syncs += 1;
    // The first one is the blob's, the second that of the metadata.
    if (syncs === 2) reached.resolve();
    return syncs < 2 ? Promise.resolve() : held.promise;
  };
  const putting = store.put("b", "k", bytesFrom(1, 10), simply);
  await reached.promise;
  expect(store.find("b", "k")).toBeUndefined();
  expect(store.list("b", { limit: 10 }).items).toEqual([]);
  held.resolve();
  const put = await putting;
  expect(store.find("b", "k")).toEqual(put);
});

test("a failing sync of metadata stops all changes, shows nothing, and opening again helps", async () => {
  await using fixture = new StoreFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = await fixture.openWithBucket(files);
  const kept = await store.put("b", "kept", bytesFrom(1, 10), simply);
  files.only = "-wal";
  files.fail("sync");
  await expect(store.put("b", "k", bytesFrom(2, 10), simply)).rejects.toThrow(StoreFailedError);
  expect(store.find("b", "k")).toBeUndefined();
  await expect(store.remove("b", "kept")).rejects.toThrow(StoreFailedError);
  expect(await bytesOf(store, kept)).toEqual(bytesFrom(1, 10));
  await store.close();
  const again = await fixture.open();
  expect(again.find("b", "kept")).toEqual(kept);
  // The outcome was unknown: if it came back, it is whole.
  const unknown = again.find("b", "k");
  if (unknown !== undefined) expect(await bytesOf(again, unknown)).toEqual(bytesFrom(2, 10));
  await again.put("b", "k", bytesFrom(3, 10), simply);
});

test("a reader that has begun is not disturbed by a removal; one that comes late is told", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const bytes = bytesFrom(1, 3 * mebibyte);
  const version = await store.put("b", "k", bytes, simply);
  const reading = await store.read(version);
  await store.remove("b", "k");
  await store.createBucket({ ...(store.bucket("b") ?? never()), name: "c" });
  const read: Uint8Array[] = [];
  for await (const piece of reading) read.push(piece);
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
  await expect(store.read(version)).rejects.toThrow(ObjectGoneError);
});

function never(): never {
  throw new Error("there is no such bucket");
}

test("a plain file that became shorter is an error, and readers that stop early give their file back", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const version = await store.put("b", "k", bytesFrom(1, 3 * mebibyte), simply);
  for await (const piece of await store.read(version)) {
    expect(piece.byteLength).toBeGreaterThan(0);
    break;
  }
  const unread = await store.read(version);
  await unread.close();
  await unread.close();
  fs.truncateSync(store.path(version) ?? "", 2 * mebibyte);
  await expect(bytesOf(store, version)).rejects.toThrow(DamagedObjectError);
});

test("a failing read is an error of the disk", async () => {
  await using fixture = new StoreFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = await fixture.openWithBucket(files);
  const version = await store.put("b", "k", bytesFrom(1, 3 * mebibyte), simply);
  files.fail("read");
  await expect(bytesOf(store, version)).rejects.toThrow(StoreInputOutputError);
  expect(await bytesOf(store, version)).toHaveLength(3 * mebibyte);
});

test("bytes that cannot be removed are removed by the next start, and what is owned stays", async () => {
  await using fixture = new StoreFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = await fixture.openWithBucket(files);
  const kept = await store.put("b", "kept", bytesFrom(1, 10), simply);
  await store.put("b", "k", bytesFrom(2, 10), simply);
  const upload = await store.startUpload("b", "u", {
    attributes: plain,
    checksum: undefined,
    encryption: { kind: "none" },
  });
  await store.putPart(upload, 1, bytesFrom(3, 5 * mebibyte), { digests: [] });
  await store.putPart(upload, 2, bytesFrom(4, 6 * mebibyte), { digests: [] });
  files.fail("remove", 5);
  await store.remove("b", "k");
  expect(await closedBlobs(fixture, store)).toBe(4);
  expect(fixture.logged).toContain("the bytes of a removed object could not be removed");
  const again = await fixture.open();
  expect(await bytesOf(again, kept)).toEqual(bytesFrom(1, 10));
  expect(await closedBlobs(fixture, again)).toBe(3);
  const last = await fixture.open();
  const version = await last.completeUpload(upload, { parts: [1, 2] });
  expect(version.size).toBe(11 * mebibyte);
});

test("a bucket that goes while a body comes leaves nothing", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const body = (async function* (): AsyncGenerator<Uint8Array> {
    yield bytesFrom(1, 100);
    begun.resolve();
    await goOn.promise;
  })();
  const putting = store.put("b", "k", body, simply);
  await begun.promise;
  await store.deleteBucket("b");
  goOn.resolve();
  await expect(putting).rejects.toThrow(NoSuchBucketError);
  expect(await closedBlobs(fixture, store)).toBe(0);
});

test("a closed store refuses", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  await store.close();
  await store.close();
  await expect(store.put("b", "k", bytesFrom(1, 1), simply)).rejects.toThrow(StoreClosedError);
});

test("a change that fails in the middle takes nothing with it", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const before = await store.put("b", "k", bytesFrom(1, 10), simply);
  // No JSON can be made of it: that turns out when the older object has made room already.
  const attributes = { ...plain, settings: { number: 1n } };
  const [failed, other] = await Promise.allSettled([
    store.put("b", "k", bytesFrom(2, 10), { ...simply, attributes }),
    store.put("b", "l", bytesFrom(3, 10), simply),
  ]);
  expect([failed.status, other.status]).toEqual(["rejected", "fulfilled"]);
  expect(store.find("b", "k")).toEqual(before);
  expect(await bytesOf(store, before)).toEqual(bytesFrom(1, 10));
  expect(await closedBlobs(fixture, store)).toBe(2);
});
