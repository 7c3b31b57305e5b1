import type { Clock, Timer } from "../../../../core/clock.ts";
import {
  type Position,
  type Source,
  type SourceBlock,
  type SourceLimits,
  SourceLostError,
  type Split,
} from "../../connector-port.ts";
import { emptyBlock } from "../kinesis-source.ts";
import type { BucketObjects, FoundObject } from "../objects-port.ts";
import { type Lines, ObjectLines } from "./object-lines.ts";
import { partitionValues } from "./partition-path.ts";

export interface FilesystemSourceParts {
  readonly bucket: BucketObjects;
  readonly bucketName: string;
  readonly prefix: string;
  readonly clock: Clock;
  /** Undefined: what is there at the start is all. */
  readonly monitorMs: number | undefined;
  readonly isWanted: (key: string) => boolean;
  /** What the table's columns ask for: `file.path`, ..., `partition.<name>`. */
  readonly metadata: readonly string[];
  /** The partition's name of a value that is not there. */
  readonly nullName: string;
}

/** More than these are another work than that of one query. */
const maxObjects = 100_000;

/** The lines of a bucket's objects; positions are bytes of an object's text. */
export class FilesystemSource implements Source {
  readonly isBounded: boolean;
  readonly #parts: FilesystemSourceParts;
  readonly #open = new Map<string, ObjectLines>();
  #timer: Timer | undefined;
  #listener: (() => void) | undefined;

  constructor(parts: FilesystemSourceParts) {
    this.#parts = parts;
    this.isBounded = parts.monitorMs === undefined;
  }

  async splits(): Promise<readonly Split[]> {
    const { bucket, prefix, isWanted } = this.#parts;
    const splits: Split[] = [];
    for await (const { key, etag } of bucket.list(prefix)) {
      if (isHidden(key.slice(prefix.length)) || !isWanted(key)) continue;
      if (splits.length >= maxObjects) throw new Error(`more than ${maxObjects} objects in ${prefix}`);
      splits.push({ id: `${etag} ${key}`, start: 0, after: [] });
    }
    this.#lookAgainLater();
    return splits;
  }

  async read(split: string, from: Position, limits: SourceLimits): Promise<SourceBlock> {
    return this.#block(split, await this.#lines(split, (lines) => lines.read(Number(from), limits)));
  }

  async reread(split: string, from: Position, to: Position): Promise<SourceBlock> {
    const bytes = Number(to) - Number(from);
    if (bytes === 0) return emptyBlock(to);
    return this.#block(split, await this.#lines(split, (lines) => lines.reread(Number(from), bytes)));
  }

  onChange(listener: () => void): Disposable {
    this.#listener = listener;
    return {
      [Symbol.dispose]: () => {
        this.#listener = undefined;
      },
    };
  }

  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#listener = undefined;
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((lines) => lines.close()));
  }

  async #lines(split: string, read: (lines: ObjectLines) => Promise<Lines | undefined>): Promise<Lines> {
    const lines = this.#open.get(split) ?? this.#newLines(split);
    const found = await read(lines);
    if (found === undefined)
      throw new SourceLostError(`${this.#pathOf(keyOf(split))} is gone, or another object has its key`);
    if (found.isEnd) {
      this.#open.delete(split);
      await lines.close();
    }
    return found;
  }

  #newLines(split: string): ObjectLines {
    const key = keyOf(split);
    const lines = new ObjectLines(this.#parts.bucket, key, split.slice(0, split.length - key.length - 1));
    this.#open.set(split, lines);
    return lines;
  }

  #block(split: string, { bytes, starts, ends, next, isEnd, object }: Lines): SourceBlock {
    return {
      bytes,
      starts,
      ends,
      metadata: this.#metadata(keyOf(split), starts.length, object),
      next,
      isEnd,
    };
  }

  #metadata(key: string, records: number, object: FoundObject): SourceBlock["metadata"] {
    const { metadata, nullName, prefix } = this.#parts;
    const found: Record<string, Float64Array | readonly string[]> = {};
    const partition = partitionValues(key.slice(prefix.length).replace(/[^/]*$/, ""));
    for (const name of metadata) {
      if (name === "file.size") found[name] = new Float64Array(records).fill(object.sizeBytes);
      else if (name === "file.modification-time")
        found[name] = new Float64Array(records).fill(object.modifiedMs);
      else if (name === "file.path") found[name] = texts(records, this.#pathOf(key));
      else if (name === "file.name") found[name] = texts(records, key.slice(key.lastIndexOf("/") + 1));
      else found[name] = texts(records, partition.get(name.slice("partition.".length)) ?? nullName);
    }
    return found;
  }

  #pathOf(key: string): string {
    return `s3://${this.#parts.bucketName}/${key}`;
  }

  #lookAgainLater(): void {
    const { monitorMs, clock } = this.#parts;
    if (monitorMs === undefined) return;
    this.#timer?.cancel();
    this.#timer = clock.after(monitorMs, () => this.#listener?.());
  }
}

const texts = (count: number, text: string): readonly string[] => new Array<string>(count).fill(text);

const keyOf = (split: string): string => split.slice(split.indexOf(" ") + 1);

/** As Flink leaves out what other programs put beside the data: names that begin with `_` or `.`, and folders. */
function isHidden(path: string): boolean {
  return path.endsWith("/") || path.split("/").some((part) => part.startsWith("_") || part.startsWith("."));
}
