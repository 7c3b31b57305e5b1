import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { AssertionError } from "../../core/assert.ts";
import { LocalBlobs } from "./local-blobs.ts";
import { nodeFiles } from "./node-files.ts";
import type { BlobStore } from "./port.ts";
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

test.each(["", "..", "../../etc/passwd", "000001/../../x", "000001/short", "/etc/passwd", "000001/\0"])(
  "an id that is none (%j) never becomes a path",
  async (id) => {
    await using harness = await LocalHarness.create();
    expect(() => harness.store.path(id)).toThrow(AssertionError);
    await expect(harness.store.open(id, { start: 0, end: 1 })).rejects.toThrow(AssertionError);
    await expect(harness.store.remove(id)).rejects.toThrow(AssertionError);
  },
);
