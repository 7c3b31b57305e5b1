import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import { silentLogger } from "../../../core/logger.ts";
import { MasterKey } from "../../../core/master-key.ts";
import type { LogSink } from "../../../core/telemetry.ts";
import { ObjectStore } from "../../../kernels/objects/index.ts";

/** The objects that the crawlers of a test read; made when the first is put. */
export class TestObjects {
  readonly #clock: Clock;
  #directory: string | undefined;
  #opened: Promise<ObjectStore> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(): Promise<ObjectStore> {
    this.#directory ??= mkdtempSync(join(tmpdir(), "millrace-crawled-"));
    this.#opened ??= ObjectStore.open({
      dir: this.#directory,
      sync: "off",
      clock: this.#clock,
      log: silentLogger,
      master: MasterKey.random(),
      keys: { createDataKey: noKeys, openDataKey: noKeys },
    });
    return this.#opened;
  }

  /** Puts objects by their keys into a bucket, which is made when it is not there. */
  async put(bucket: string, objects: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    const store = await this.open();
    if (store.bucket(bucket) === undefined)
      await store.createBucket({ ...plainBucket, name: bucket, createdAtMs: this.#clock.now() });
    for (const [key, body] of Object.entries(objects)) {
      const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
      await store.put(bucket, key, bytes, {
        attributes: plainAttributes,
        encryption: { kind: "none" },
        digests: [],
      });
    }
  }

  async remove(bucket: string, ...keys: readonly string[]): Promise<void> {
    const store = await this.open();
    for (const key of keys) await store.remove(bucket, key);
  }

  async close(): Promise<void> {
    await (await this.#opened)?.close();
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** Keeps the lines that crawlers write. */
export class NotedLines implements LogSink {
  readonly lines: string[] = [];
  readonly streams: Set<string> = new Set();

  async write(
    _account: string,
    _region: string,
    group: string,
    stream: string,
    _timeMs: number,
    message: string,
  ): Promise<void> {
    this.streams.add(`${group} ${stream}`);
    // Without the id of the crawl.
    this.lines.push(message.replace(/^\[[0-9a-f-]{36}\] /, ""));
  }

  /** Whether a line has this text in it. */
  has(text: string): boolean {
    return this.lines.some((line) => line.includes(text));
  }
}

const plainBucket = {
  account: "000000000000",
  region: "us-east-1",
  versioning: "off",
  objectLock: false,
  settings: {},
} as const;

const plainAttributes = {
  headers: {},
  metadata: {},
  tags: {},
  storageClass: "STANDARD",
  retention: undefined,
  legalHold: false,
  settings: {},
} as const;

async function noKeys(): Promise<never> {
  throw new Error("these objects have no keys");
}
