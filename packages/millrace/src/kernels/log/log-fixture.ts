import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ManualClock } from "../../core/clock.ts";
import { type Logger, silentLogger } from "../../core/logger.ts";
import type { LogFiles } from "./files.ts";
import type { Batch, Log } from "./log.ts";
import type { LogOptions } from "./log-options.ts";
import { LogStore } from "./log-store.ts";
import { advance, type Offset } from "./offset.ts";

/** For tests: a directory of their own, a clock that stands still and stores that are closed at the end. */
export class LogFixture implements AsyncDisposable {
  readonly dir: string = fs.mkdtempSync(path.join(os.tmpdir(), "millrace-log-"));
  readonly clock: ManualClock = new ManualClock();
  readonly logged: string[] = [];
  readonly #stores: LogStore[] = [];

  get logger(): Logger {
    const note = (_fields: object, message: string): void => void this.logged.push(message);
    return { ...silentLogger, warn: note, error: note, child: () => this.logger };
  }

  store(defaults: Partial<LogOptions> = {}, files?: LogFiles): LogStore {
    const { dir, clock } = this;
    const parts = { dir, clock, log: this.logger, defaults };
    const store = new LogStore(files === undefined ? parts : { ...parts, files });
    this.#stores.push(store);
    return store;
  }

  /** The files of a log that lie on disk now. */
  names(directory: string): readonly string[] {
    return fs.readdirSync(path.join(this.dir, directory)).sort();
  }

  path(...names: readonly string[]): string {
    return path.join(this.dir, ...names);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const store of this.#stores) await store.close().catch(() => undefined);
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Every batch from the first visible one to the watermark, in calls of `maxBytes`. */
export async function readAll(log: Log, maxBytes: number = 1024 * 1024): Promise<readonly Batch[]> {
  const all: Batch[] = [];
  for (let from: Offset = log.firstOffset; from < log.durableOffset; ) {
    const batches = await log.read(from, { maxBytes });
    const last = batches.at(-1);
    if (last === undefined) break;
    all.push(...batches);
    from = advance(last.firstOffset, last.count);
  }
  return all;
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

/** A payload whose bytes follow from its seed, so that a reader can tell whether they are right. */
export function payloadOf(seed: number, bytes: number): Buffer {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  const random = seededRandom(seed);
  for (let i = 0; i < words.length; i++) words[i] = random() * 2 ** 32;
  return Buffer.from(words.buffer, 0, bytes);
}
