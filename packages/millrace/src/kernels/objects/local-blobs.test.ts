import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { AssertionError } from "../../core/assert.ts";
import { LocalBlobs } from "./local-blobs.ts";
import { nodeFiles } from "./node-files.ts";
import type { BlobStore } from "./port.ts";
import { bytesFrom } from "./store-fixture.ts";
import { type BlobStoreHarness, testBlobStore } from "./test-blob-store.ts";

class LocalHarness implements BlobStoreHarness {
  readonly store: BlobStore;
  readonly #dir: string;

  constructor(dir: string, store: BlobStore) {
    this.#dir = dir;
    this.store = store;
  }

  static async create(): Promise<LocalHarness> {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-blobs-"));
    return new LocalHarness(dir, await LocalBlobs.open({ dir, files: nodeFiles, durable: true }));
  }

  reopen(): Promise<BlobStore> {
    return LocalBlobs.open({ dir: this.#dir, files: nodeFiles, durable: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    fs.rmSync(this.#dir, { recursive: true, force: true });
  }
}

testBlobStore("local", () => LocalHarness.create());

test("pieces that are used at once may share their buffers, among many readers and after one that left", async () => {
  await using harness = await LocalHarness.create();
  const { store } = harness;
  const size = 3_000_001;
  const blobs = await Promise.all(
    [1, 2, 3, 4].map(async (seed) => {
      const bytes = bytesFrom(seed, size);
      return { bytes, id: (await store.write(bytes)).id };
    }),
  );
  const readAll = async ({ bytes, id }: { bytes: Buffer; id: string }): Promise<boolean> => {
    const copies: Buffer[] = [];
    for await (const piece of await store.open(id, { start: 1, end: size }, true)) {
      copies.push(Buffer.from(piece));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return Buffer.concat(copies).equals(bytes.subarray(1));
  };
  for (let round = 0; round < 5; round++) {
    for await (const _piece of await store.open(blobs[0]?.id ?? "", { start: 0, end: size }, true)) break;
    expect(await Promise.all(blobs.map(readAll))).toEqual([true, true, true, true]);
  }
});

test.each(["", "..", "../../etc/passwd", "000001/../../x", "000001/short", "/etc/passwd", "000001/\0"])(
  "an id that is none (%j) never becomes a path",
  async (id) => {
    await using harness = await LocalHarness.create();
    expect(() => harness.store.path(id)).toThrow(AssertionError);
    await expect(harness.store.open(id, { start: 0, end: 1 })).rejects.toThrow(AssertionError);
    await expect(harness.store.remove(id)).rejects.toThrow(AssertionError);
  },
);
