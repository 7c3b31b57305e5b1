import { expect, test } from "vitest";
import { ObjectGoneError } from "./errors.ts";
import type { BlobStore, PartOptions, StoredPart } from "./port.ts";
import { bytesFrom, gathered } from "./store-fixture.ts";

/** A store under test, and the same one as a later process opens it. */
export interface BlobStoreHarness extends AsyncDisposable {
  readonly store: BlobStore;
  reopen(): Promise<BlobStore>;
}

const mebibyte = 1024 * 1024;

async function* stream(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

async function read(store: BlobStore, id: string, start: number, end: number): Promise<Buffer> {
  return gathered(await store.open(id, { start, end }));
}

function part(
  number: number,
  declaredBytes: number | undefined,
  known: readonly StoredPart[] = [],
): PartOptions {
  return { number, declaredBytes, known: () => known };
}

/** What every `BlobStore` must do. Called once for each implementation, with how to make one. */
export function testBlobStore(name: string, create: () => Promise<BlobStoreHarness>): void {
  testBlobs(name, create);
  testUploads(name, create);
}

function testBlobs(name: string, create: () => Promise<BlobStoreHarness>): void {
  test(`${name}: bytes come back, whole and in ranges`, async () => {
    await using harness = await create();
    const { store } = harness;
    expect(store.name).not.toContain(":");
    for (const size of [0, 1, 3 * mebibyte + 5]) {
      const bytes = bytesFrom(size, size);
      for (const blob of [await store.write(bytes), await store.write(stream(bytes))]) {
        expect(blob.size).toBe(size);
        expect((await read(store, blob.id, 0, size)).equals(bytes)).toBe(true);
        const [start, end] = [Math.floor(size / 3), Math.floor(size / 2)];
        expect((await read(store, blob.id, start, end)).equals(bytes.subarray(start, end))).toBe(true);
      }
    }
  });

  test(`${name}: what was removed is gone, and may be removed again`, async () => {
    await using harness = await create();
    const { store } = harness;
    const { id } = await store.write(bytesFrom(1, 10));
    await store.remove(id);
    await store.remove(id);
    await expect(store.open(id, { start: 0, end: 10 })).rejects.toThrow(ObjectGoneError);
  });

  test(`${name}: a later process sees what was written before, and nothing of its own`, async () => {
    await using harness = await create();
    const { id } = await harness.store.write(bytesFrom(1, 10));
    const later = await harness.reopen();
    const own = await later.write(bytesFrom(2, 10));
    const older: string[] = [];
    for await (const found of later.older()) older.push(found);
    expect(older).toContain(id);
    expect(older).not.toContain(own.id);
    expect(await read(later, id, 0, 10)).toEqual(bytesFrom(1, 10));
  });
}

function testUploads(name: string, create: () => Promise<BlobStoreHarness>): void {
  test(`${name}: parts become a blob, in the order asked for, and can be put together again until the end`, async () => {
    await using harness = await create();
    const { store } = harness;
    const upload = await store.startUpload();
    const bodies = [6, 6, 6, 1].map((size, i) => bytesFrom(i, size * mebibyte));
    const writing = bodies.map((body, i) =>
      store.writePart(upload.id, stream(body), part(i + 1, body.length)),
    );
    const parts = await Promise.all(writing);
    for (const picked of [
      [0, 1, 2, 3],
      [0, 2],
      [0, 1, 2, 3],
    ]) {
      const listed = parts.filter((_, i) => picked.includes(i));
      const others = parts.filter((_, i) => !picked.includes(i));
      const blob = await store.compose(upload.id, listed, others);
      const whole = Buffer.concat(bodies.filter((_, i) => picked.includes(i)));
      expect((await read(store, blob.id, 0, blob.size)).equals(whole)).toBe(true);
    }
    const last = await store.compose(upload.id, parts, []);
    await store.endUpload(upload.id, parts, last);
    expect((await read(store, last.id, 0, last.size)).equals(Buffer.concat(bodies))).toBe(true);
  });

  test(`${name}: a part that is written again leaves the earlier one as it was`, async () => {
    await using harness = await create();
    const { store } = harness;
    const upload = await store.startUpload();
    const first = await store.writePart(upload.id, bytesFrom(1, 5 * mebibyte), part(1, 5 * mebibyte));
    const second = await store.writePart(
      upload.id,
      bytesFrom(2, 5 * mebibyte),
      part(1, 5 * mebibyte, [first]),
    );
    const blob = await store.compose(upload.id, [first], [second]);
    expect((await read(store, blob.id, 0, blob.size)).equals(bytesFrom(1, 5 * mebibyte))).toBe(true);
    await store.removePart(upload.id, first);
    const again = await store.compose(upload.id, [second], []);
    expect((await read(store, again.id, 0, again.size)).equals(bytesFrom(2, 5 * mebibyte))).toBe(true);
  });

  test(`${name}: a later process goes on with an upload`, async () => {
    await using harness = await create();
    const upload = await harness.store.startUpload();
    const [one, two] = [bytesFrom(1, 5 * mebibyte), bytesFrom(2, 5 * mebibyte)];
    const first = await harness.store.writePart(upload.id, one, part(1, one.length));
    const later = await harness.reopen();
    const second = await later.writePart(upload.id, two, part(2, two.length, [first]));
    const blob = await later.compose(upload.id, [first, second], []);
    expect((await read(later, blob.id, 0, blob.size)).equals(Buffer.concat([one, two]))).toBe(true);
  });
}
