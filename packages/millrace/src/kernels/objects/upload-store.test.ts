import fs from "node:fs";
import { expect, test } from "vitest";
import { NoSuchPartError, NoSuchUploadError } from "./errors.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Encryption } from "./object-version.ts";
import { bytesFrom, bytesOf, plain, StoreFixture } from "./store-fixture.ts";
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
  await store.close();
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
  await again.close();
  expect(fixture.blobs()).toEqual([]);
});
