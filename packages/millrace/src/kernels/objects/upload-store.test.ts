import fs from "node:fs";
import { expect, test } from "vitest";
import { NoSuchPartError, NoSuchUploadError, ObjectInputError, StoreFullError } from "./errors.ts";
import { FaultyFiles } from "./faulty-files.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Encryption } from "./object-version.ts";
import { bytesFrom, bytesOf, plain, StoreFixture, seededRandom } from "./store-fixture.ts";
import type { Upload } from "./store-options.ts";

const mebibyte = 1024 * 1024;
const none: Encryption = { kind: "none" };

function start(store: ObjectStore, encryption: Encryption = none): Promise<Upload> {
  return store.startUpload("b", "k", { attributes: plain, checksum: undefined, encryption });
}

test.each([none, { kind: "service" } as const])(
  "parts in any order become an object ($kind)",
  async (encryption) => {
    await using fixture = new StoreFixture();
    const store = await fixture.openWithBucket();
    const upload = await start(store, encryption);
    const bodies = [5, 5, 5, 1].map((size, i) => bytesFrom(i, size * mebibyte + (i === 3 ? 7 : 0)));
    await Promise.all(
      [2, 1, 4, 3].map((n) => store.putPart(upload, n, bodies[n - 1] ?? Buffer.alloc(0), { digests: [] })),
    );
    const version = await store.completeUpload(upload, { parts: [1, 2, 3, 4] });
    const whole = Buffer.concat(bodies);
    expect(version).toMatchObject({ size: whole.length, isLatest: true });
    expect((await bytesOf(store, version)).equals(whole)).toBe(true);
    const range = { start: 5 * mebibyte - 3, end: 15 * mebibyte + 5 };
    expect((await bytesOf(store, version, { range })).equals(whole.subarray(range.start, range.end))).toBe(
      true,
    );
    expect(store.find("b", "k")).toEqual(version);
    await store.close();
    expect(fixture.blobs()).toHaveLength(1);
  },
);

test("a part uploaded again replaces the first, an unlisted one is dropped, a missing one is refused", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const upload = await start(store);
  for (const n of [1, 2, 3]) await store.putPart(upload, n, bytesFrom(n, 5 * mebibyte), { digests: [] });
  await store.putPart(upload, 2, bytesFrom(20, 5 * mebibyte), { digests: [] });
  await expect(store.completeUpload(upload, { parts: [1, 7] })).rejects.toThrow(NoSuchPartError);
  const version = await store.completeUpload(upload, { parts: [1, 2] });
  const whole = Buffer.concat([bytesFrom(1, 5 * mebibyte), bytesFrom(20, 5 * mebibyte)]);
  expect((await bytesOf(store, version)).equals(whole)).toBe(true);
  expect(fs.statSync(store.path(version) ?? "").size).toBe(whole.length);
  await expect(store.completeUpload(upload, { parts: [1, 2] })).rejects.toThrow(NoSuchUploadError);
  await store.settled();
  expect(fixture.blobs()).toHaveLength(1);
});

test("an upload survives a restart, and leaves nothing when it is aborted", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const upload = await start(store);
  await store.putPart(upload, 1, bytesFrom(1, 5 * mebibyte), { digests: [] });
  await store.close();
  const again = await fixture.open();
  expect(again.listUploads("b", { limit: 10 }).items).toEqual([upload]);
  await again.putPart(upload, 2, bytesFrom(2, 100), { digests: [] });
  expect(again.parts(upload, { limit: 10 }).map(({ number, size }) => [number, size])).toEqual([
    [1, 5 * mebibyte],
    [2, 100],
  ]);
  await again.abortUpload(upload);
  expect(again.upload("b", "k", upload.id)).toBeUndefined();
  await again.settled();
  expect(fixture.blobs()).toEqual([]);
});

/** A body that waits in the middle until it is told to go on. */
function heldBody(bytes: Buffer) {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const body = (async function* (): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 2 * mebibyte);
    begun.resolve();
    await goOn.promise;
    yield bytes.subarray(2 * mebibyte);
  })();
  return { body, begun: begun.promise, goOn: () => goOn.resolve() };
}

test("a part that is still coming when the upload is completed changes nothing of the object", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const upload = await start(store);
  await store.putPart(upload, 1, bytesFrom(1, 5 * mebibyte), { digests: [] });
  const late = heldBody(bytesFrom(9, 5 * mebibyte));
  const putting = store.putPart(upload, 2, late.body, { digests: [], declaredBytes: 5 * mebibyte });
  await late.begun;
  await store.putPart(upload, 2, bytesFrom(2, 5 * mebibyte), { digests: [] });
  const version = await store.completeUpload(upload, { parts: [1, 2] });
  late.goOn();
  await expect(putting).rejects.toThrow(NoSuchUploadError);
  const whole = Buffer.concat([bytesFrom(1, 5 * mebibyte), bytesFrom(2, 5 * mebibyte)]);
  expect((await bytesOf(store, version)).equals(whole)).toBe(true);
  await store.settled();
  expect(fixture.blobs()).toHaveLength(1);
});

test("a part that is still coming when the upload is aborted leaves nothing", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const upload = await start(store);
  const late = heldBody(bytesFrom(9, 5 * mebibyte));
  const putting = store.putPart(upload, 1, late.body, { digests: [], declaredBytes: 5 * mebibyte });
  await late.begun;
  await store.abortUpload(upload);
  late.goOn();
  await expect(putting).rejects.toThrow(NoSuchUploadError);
  await store.settled();
  expect(fixture.blobs()).toEqual([]);
});

test("an upload is completed once, however many ask", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const upload = await start(store);
  await store.putPart(upload, 1, bytesFrom(1, 5 * mebibyte), { digests: [] });
  const asking = Array.from({ length: 4 }, () => store.completeUpload(upload, { parts: [1] }));
  const results = await Promise.allSettled([...asking, store.abortUpload(upload)]);
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(failures).toHaveLength(4);
  for (const failure of failures) expect(failure).toBeInstanceOf(NoSuchUploadError);
  const found = store.find("b", "k");
  expect(found && (await bytesOf(store, found))).toEqual(bytesFrom(1, 5 * mebibyte));
});

test("completing with parts of one size moves no bytes", async () => {
  await using fixture = new StoreFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = await fixture.openWithBucket(files);
  const upload = await start(store);
  for (const n of [1, 2, 3]) await store.putPart(upload, n, bytesFrom(n, 5 * mebibyte), { digests: [] });
  files.spaceBytes = 0;
  const version = await store.completeUpload(upload, { parts: [1, 2, 3] });
  expect(version.size).toBe(15 * mebibyte);
});

test.each([
  ["copied", [6, 5, 6]],
  ["filled up", [6, 5, 9]],
] as const)("a full disk while parts are %s leaves the upload as it was", async (_how, sizes) => {
  await using fixture = new StoreFixture();
  const files = new FaultyFiles(seededRandom(1));
  const store = await fixture.openWithBucket(files);
  const upload = await start(store);
  for (const [i, size] of sizes.entries())
    await store.putPart(upload, i + 1, bytesFrom(i, size * mebibyte), { digests: [] });
  files.spaceBytes = 8 * mebibyte;
  await expect(store.completeUpload(upload, { parts: [1, 2, 3] })).rejects.toThrow(StoreFullError);
  expect(store.find("b", "k")).toBeUndefined();
  files.spaceBytes = Number.POSITIVE_INFINITY;
  const version = await store.completeUpload(upload, { parts: [1, 2, 3] });
  const whole = Buffer.concat(sizes.map((size, i) => bytesFrom(i, size * mebibyte)));
  expect((await bytesOf(store, version)).equals(whole)).toBe(true);
});

test("uploads are listed by key and age, in pages, and go with their bucket", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const ids: string[] = [];
  for (const key of ["a/1", "a/2", "b", "b", "b"]) {
    const upload = await store.startUpload("b", key, {
      attributes: plain,
      checksum: undefined,
      encryption: none,
    });
    await store.putPart(upload, 1, bytesFrom(1, 10), { digests: [] });
    ids.push(upload.id);
  }
  const first = store.listUploads("b", { limit: 3, delimiter: "/" });
  expect(first.commonPrefixes).toEqual(["a/"]);
  expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[3]]);
  expect(first).toMatchObject({ next: "b", nextUploadId: ids[3] });
  await store.abortUpload(first.items[1] as Upload);
  const rest = store.listUploads("b", { limit: 3, delimiter: "/", after: "b", afterUploadId: ids[3] ?? "" });
  expect(rest.items.map(({ id }) => id)).toEqual([ids[4]]);
  expect(rest.next).toBeUndefined();
  await store.deleteBucket("b");
  await store.settled();
  expect(fixture.blobs()).toEqual([]);
});

test.each([0, -1, 1.5, 10_001, Number.NaN])("%d is no number of a part", async (number) => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const upload = await start(store);
  await expect(store.putPart(upload, number, bytesFrom(1, 1), { digests: [] })).rejects.toThrow(
    ObjectInputError,
  );
});

test("a part that is longer than it was declared is refused", async () => {
  await using fixture = new StoreFixture();
  const store = await fixture.openWithBucket();
  const upload = await start(store);
  await store.putPart(upload, 2, bytesFrom(2, 5 * mebibyte), { digests: [] });
  const body = (async function* (): AsyncGenerator<Uint8Array> {
    yield bytesFrom(1, 6 * mebibyte);
  })();
  const options = { digests: [], declaredBytes: 5 * mebibyte };
  await expect(store.putPart(upload, 1, body, options)).rejects.toThrow(ObjectInputError);
  await store.putPart(upload, 1, bytesFrom(1, 5 * mebibyte), { digests: [] });
  const version = await store.completeUpload(upload, { parts: [1, 2] });
  const whole = Buffer.concat([bytesFrom(1, 5 * mebibyte), bytesFrom(2, 5 * mebibyte)]);
  expect((await bytesOf(store, version)).equals(whole)).toBe(true);
});
