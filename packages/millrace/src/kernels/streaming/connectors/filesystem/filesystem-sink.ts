import { assert } from "../../../../core/assert.ts";
import type { Clock } from "../../../../core/clock.ts";
import { systemCode } from "../../../../core/errors.ts";
import type { Sink, SinkBlock, SinkGuarantee } from "../../connector-port.ts";
import { type BucketObjects, ObjectAccessError } from "../objects-port.ts";
import type { PartitionCommits, PendingPartition } from "./partition-commits.ts";
import { type StagedFile, StagedFiles } from "./staged-files.ts";
import type { StagingDirectory } from "./staging-directory.ts";

export interface FilesystemSinkParts {
  readonly bucket: BucketObjects;
  readonly staging: StagingDirectory;
  readonly clock: Clock;
  /** Ends with a slash where it is not empty. */
  readonly prefix: string;
  /** What tells this run's objects from those of others. */
  readonly producer: string;
  readonly subtask: number;
  /** With its point. */
  readonly extension: string;
  readonly contentType: string;
  readonly maxFileBytes: number;
  /** What an object is made of a file's lines; undefined: the lines. */
  readonly bodyOf: ((lines: AsyncIterable<Buffer>) => AsyncIterable<Buffer>) | undefined;
  readonly commits: PartitionCommits | undefined;
}

/** Puts that run at the same time. */
const maxPuts = 4;

/** A file with the key that its object is going to have. */
interface PendingFile {
  readonly name: string;
  readonly key: string;
  readonly bytes: number;
}

interface Handle {
  readonly files: readonly PendingFile[];
  readonly partitions: readonly PendingPartition[];
  /** `end` after the last row; null when there was none. */
  readonly watermark: number | "end" | null;
}

/**
 * Rows as objects of a bucket, exactly once: they wait in local files until their checkpoint is durable, and
 * become objects whose keys are the same when that is repeated. A file that is gone has become its object.
 */
export class FilesystemSink implements Sink {
  readonly guarantee: SinkGuarantee = "exactly-once";
  readonly visibility = "staged";
  readonly #parts: FilesystemSinkParts;
  #files: StagedFiles;
  /** Prepared and not committed. */
  #pending: readonly PendingFile[] = [];
  #lastRound = 0;
  #watermark = Number.NEGATIVE_INFINITY;

  constructor(parts: FilesystemSinkParts) {
    this.#parts = parts;
    this.#files = new StagedFiles(parts, 0);
    parts.commits?.join(parts.subtask);
  }

  async write(round: number, block: SinkBlock): Promise<void> {
    // A round that comes again is one whose rows could not be written out.
    if (round > this.#lastRound) {
      this.#files.append(block);
      this.#watermark = block.watermark;
      this.#lastRound = round;
    }
    await this.#files.flush();
  }

  async prepare(checkpoint: number): Promise<string> {
    const { commits, clock, subtask } = this.#parts;
    const sealed = await this.#files.seal();
    const files = sealed.map((file, index) => this.#pendingFile(file, checkpoint, index));
    this.#pending = [...this.#pending, ...files];
    const nowMs = clock.now();
    const written = [...new Set(sealed.map(({ partition }) => partition))];
    commits?.prepared(
      subtask,
      written.map((partition): PendingPartition => [partition, nowMs]),
      this.#watermark,
    );
    const handle: Handle = {
      files: this.#pending,
      partitions: commits?.pendingOf(subtask) ?? [],
      watermark: watermarkText(this.#watermark),
    };
    return JSON.stringify(handle);
  }

  async commit(text: string): Promise<void> {
    const { files } = JSON.parse(text) as Handle;
    const left = [...files];
    const put = async (): Promise<void> => {
      for (let file = left.pop(); file !== undefined; file = left.pop()) await this.#put(file);
    };
    await Promise.all(Array.from({ length: Math.min(maxPuts, files.length) }, put));
    const done = new Set(files.map(({ name }) => name));
    this.#pending = this.#pending.filter(({ name }) => !done.has(name));
    await this.#parts.commits?.committed(this.#parts.subtask);
  }

  async recover(text: string | undefined): Promise<void> {
    const { staging, commits, subtask } = this.#parts;
    const handle = text === undefined ? undefined : (JSON.parse(text) as Handle);
    const kept = new Set(handle?.files.map(({ name }) => name));
    for (const name of await staging.names()) if (!kept.has(name)) await staging.remove(name);
    const serials = [...kept].map(Number);
    this.#files = new StagedFiles(this.#parts, Math.max(-1, ...serials) + 1);
    this.#pending = handle?.files ?? [];
    this.#lastRound = 0;
    this.#watermark = watermarkOf(handle?.watermark ?? null);
    commits?.prepared(subtask, handle?.partitions ?? [], this.#watermark);
    if (text === undefined) await commits?.committed(subtask);
    else await this.commit(text);
  }

  isTransient(error: unknown): boolean {
    return error instanceof ObjectAccessError || systemCode(error) === "ENOSPC";
  }

  async close(keep: boolean): Promise<void> {
    this.#parts.commits?.leave(this.#parts.subtask);
    if (!keep) await this.#parts.staging.removeAll();
  }

  #pendingFile({ name, partition, bytes }: StagedFile, checkpoint: number, index: number): PendingFile {
    const { prefix, producer, subtask, extension } = this.#parts;
    const key = `${prefix}${partition}part-${producer}-${subtask}-${checkpoint}-${index}${extension}`;
    return { name, key, bytes };
  }

  async #put({ name, key, bytes }: PendingFile): Promise<void> {
    const { staging, bucket, contentType, bodyOf } = this.#parts;
    const size = await staging.size(name);
    if (size === undefined) return;
    assert(size === bytes, "a staged file is what it was when it was sealed");
    const lines = staging.read(name);
    await bucket.put({ key, sizeBytes: bytes, contentType, body: bodyOf?.(lines) ?? lines });
    await staging.remove(name);
  }
}

function watermarkText(watermark: number): Handle["watermark"] {
  if (watermark === Number.POSITIVE_INFINITY) return "end";
  return watermark === Number.NEGATIVE_INFINITY ? null : watermark;
}

function watermarkOf(text: Handle["watermark"]): number {
  if (text === "end") return Number.POSITIVE_INFINITY;
  return text ?? Number.NEGATIVE_INFINITY;
}
