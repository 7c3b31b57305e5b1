import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ManualClock } from "../../core/clock.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import { MasterKey } from "../../core/master-key.ts";
import type { Bucket } from "./bucket.ts";
import type { ObjectFiles } from "./files.ts";
import type { ObjectKeys } from "./object-keys-port.ts";
import { ObjectStore } from "./object-store.ts";
import type { ObjectAttributes, ObjectVersion } from "./object-version.ts";
import type { PutOptions, ReadOptions } from "./store-options.ts";

/** For tests: a directory of their own, a clock that stands still and stores that are closed at the end. */
export class StoreFixture implements AsyncDisposable {
  readonly dir: string = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-objects-"));
  readonly clock: ManualClock = new ManualClock();
  readonly master: MasterKey = MasterKey.parse(Buffer.alloc(32, 7).toString("base64"));
  readonly logged: string[] = [];
  readonly keys: TestKeys = new TestKeys();
  readonly #stores: ObjectStore[] = [];

  get logger(): Logger {
    const note = (_fields: object, message: string): void => void this.logged.push(message);
    return { ...silentLogger, warn: note, error: note, child: () => this.logger };
  }

  async open(files?: ObjectFiles): Promise<ObjectStore> {
    const { dir, clock, master, keys } = this;
    const parts = { dir, clock, master, keys, log: this.logger, sync: "full" as const };
    const store = await ObjectStore.open(files === undefined ? parts : { ...parts, files });
    this.#stores.push(store);
    return store;
  }

  /** A store with one bucket, `b`. */
  async openWithBucket(files?: ObjectFiles): Promise<ObjectStore> {
    const store = await this.open(files);
    await store.createBucket(bucketNamed("b"));
    return store;
  }

  /** The blobs that lie on disk now. */
  blobs(): readonly string[] {
    const root = path.join(this.dir, "blobs");
    return fs.readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("/"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#stores) await store.close().catch(() => undefined);
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A key service in memory: a wrapped key is the number of the key in it. */
export class TestKeys implements ObjectKeys {
  /** What opening and making keys throws now. */
  failure: Error | undefined;
  readonly #made: { readonly plaintext: Uint8Array; readonly boundTo: string }[] = [];

  async createDataKey(
    keyId: string,
    context: Readonly<Record<string, string>>,
  ): Promise<{ readonly plaintext: Uint8Array; readonly wrapped: Uint8Array }> {
    if (this.failure !== undefined) throw this.failure;
    const plaintext = Buffer.alloc(32, this.#made.length + 1);
    this.#made.push({ plaintext, boundTo: JSON.stringify([keyId, context]) });
    return { plaintext, wrapped: Buffer.from(String(this.#made.length - 1)) };
  }

  async openDataKey(
    keyId: string,
    wrapped: Uint8Array,
    context: Readonly<Record<string, string>>,
  ): Promise<Uint8Array> {
    if (this.failure !== undefined) throw this.failure;
    const made = this.#made[Number(Buffer.from(wrapped).toString())];
    if (made?.boundTo !== JSON.stringify([keyId, context])) throw new Error("another key or context");
    return made.plaintext;
  }
}

export function bucketNamed(name: string, versioning: "off" | "enabled" | "suspended" = "off"): Bucket {
  const account = "123456789012";
  return { name, account, region: "us-east-1", createdAtMs: 0, versioning, objectLock: false, settings: {} };
}

export const plain: ObjectAttributes = Object.freeze({
  headers: {},
  metadata: {},
  tags: {},
  storageClass: "STANDARD",
  retention: undefined,
  legalHold: false,
  settings: {},
});

/** To put without encryption and without further digests. */
export const simply: PutOptions = Object.freeze({
  attributes: plain,
  digests: [],
  encryption: { kind: "none" } as const,
});

export async function bytesOf(
  store: ObjectStore,
  version: ObjectVersion,
  options: ReadOptions = {},
): Promise<Buffer> {
  return gathered(await store.read(version, options));
}

export async function gathered(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Random numbers that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes that follow from their seed, so that a reader can tell whether they are right. */
export function bytesFrom(seed: number, bytes: number): Buffer {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  const random = seededRandom(seed);
  for (let i = 0; i < words.length; i++) words[i] = random() * 2 ** 32;
  return Buffer.from(words.buffer, 0, bytes);
}
