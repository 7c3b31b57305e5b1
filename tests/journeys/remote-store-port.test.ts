import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { systemClock } from "../../packages/millrace/src/core/clock.ts";
import { silentLogger } from "../../packages/millrace/src/core/logger.ts";
import { openS3Blobs } from "../../packages/millrace/src/engines/s3/index.ts";
import type { BlobStore } from "../../packages/millrace/src/kernels/objects/port.ts";
import {
  type BlobStoreHarness,
  testBlobStore,
} from "../../packages/millrace/src/kernels/objects/test-blob-store.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

let endpoint: MillraceProcess;

beforeAll(async () => {
  endpoint = await MillraceProcess.start();
});
afterAll(() => endpoint.dispose());

/** A bucket, which nobody has made yet, at a Millrace of its own. */
class RemoteHarness implements BlobStoreHarness {
  readonly store: BlobStore;
  readonly #opened: BlobStore[] = [];
  readonly #bucket = `port-${randomBytes(4).toString("hex")}`;

  constructor() {
    this.store = this.#open();
  }

  async reopen(): Promise<BlobStore> {
    return this.#open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#opened) await store.close();
  }

  #open(): BlobStore {
    const store = openS3Blobs({
      name: "s3=port/",
      bucket: this.#bucket,
      prefix: "some/folder/",
      endpoint: endpoint.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      owner: "00112233445566ff",
      clock: systemClock,
      log: silentLogger,
    });
    this.#opened.push(store);
    return store;
  }
}

testBlobStore("another Millrace", async () => new RemoteHarness());
