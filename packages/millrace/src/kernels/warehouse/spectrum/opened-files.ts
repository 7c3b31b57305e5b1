import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OpenedObject, StatementObjects } from "../objects-port.ts";
import { asked } from "./external-errors.ts";
import type { ListedFile } from "./file-list.ts";

/** A file of an external table that the engine can read in place. */
export interface LocalFile extends ListedFile {
  /** Holds the bytes of the object, or, for lines, what they were made into. */
  readonly path: string;
}

/** Objects that are opened, or read, at once. */
const parallelFiles = 16;

/**
 * What one statement has opened of S3: plain files are read in place, all others are copied into a folder of the
 * statement's own. `close` gives everything back.
 */
export class OpenedFiles {
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #opened: OpenedObject[] = [];
  readonly #connections: StatementObjects[] = [];
  /** Whose bytes a file of the engine holds, for its errors. */
  readonly #sources = new Map<string, ListedFile>();
  #hasFolder = false;

  /** @param temporaryDirectory below which the engine may read */
  constructor(temporaryDirectory: string, signal: AbortSignal) {
    this.#folder = join(temporaryDirectory, `spectrum-${randomUUID()}`);
    this.#signal = signal;
  }

  /** Closed with the others. */
  connected(objects: StatementObjects): StatementObjects {
    this.#connections.push(objects);
    return objects;
  }

  async open(file: ListedFile, objects: StatementObjects): Promise<OpenedObject> {
    const opened = await asked(() => objects.open(file.bucket, file.key));
    this.#opened.push(opened);
    return opened;
  }

  /** The object's bytes as a file. */
  async local(file: ListedFile, objects: StatementObjects): Promise<LocalFile> {
    const opened = await this.open(file, objects);
    const path = opened.path ?? (await this.write(opened.stream()));
    this.#sources.set(path, file);
    return { ...file, bytes: opened.bytes, path };
  }

  /** The object whose file a message of the engine names. */
  sourceIn(message: string): ListedFile | undefined {
    for (const [path, file] of this.#sources) if (message.includes(path)) return file;
    return undefined;
  }

  /** A file of the statement's own. @param source whose bytes it holds, in another form */
  async write(bytes: AsyncIterable<Uint8Array>, source?: ListedFile): Promise<string> {
    const path = await this.newPath();
    if (source !== undefined) this.#sources.set(path, source);
    try {
      await pipeline(Readable.from(bytes, { objectMode: true }), createWriteStream(path, { mode: 0o600 }), {
        signal: this.#signal,
      });
    } catch (error) {
      if (this.#signal.aborted) throw this.#signal.reason;
      throw error;
    }
    return path;
  }

  async newPath(): Promise<string> {
    if (!this.#hasFolder) await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    this.#hasFolder = true;
    return join(this.#folder, randomUUID());
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#opened.map((opened) => opened.close()));
    await Promise.allSettled(this.#connections.map((connection) => connection.close()));
    if (this.#hasFolder) await rm(this.#folder, { recursive: true, force: true });
  }
}

/** In the order of the items, a few at a time; the first failure ends it. */
export async function mapInParallel<T, R>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      signal.throwIfAborted();
      const index = next++;
      const item = items[index] as T;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await allSettledOrThrow(Array.from({ length: Math.min(parallelFiles, items.length) }, worker));
  return results;
}

/** Waits for all, so that nothing is opened any more when the failure is told. */
async function allSettledOrThrow(running: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(running);
  const failure = ends.find((end) => end.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
