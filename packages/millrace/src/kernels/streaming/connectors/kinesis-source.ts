import type { Position, Source, SourceBlock, SourceLimits, Split } from "../connector-port.ts";
import type { StreamMetadata, StreamReader, StreamStart } from "./streams-port.ts";

/** A round's bytes come again whatever its limits were. */
const rereadBytes = 64 * 1024 * 1024;

/** The shards of a data stream; positions are offsets in their logs. */
export class KinesisSource implements Source {
  readonly isBounded = false;
  readonly #reader: StreamReader;
  readonly #start: StreamStart;
  readonly #metadata: readonly StreamMetadata[];

  constructor(reader: StreamReader, start: StreamStart, metadata: readonly StreamMetadata[]) {
    this.#reader = reader;
    this.#start = start;
    this.#metadata = metadata;
  }

  async splits(): Promise<readonly Split[]> {
    const shards = this.#reader.shards();
    const ids = new Set(shards.map(({ id }) => id));
    return Promise.all(
      shards.map(async ({ id, parents }) => ({
        id,
        start: await this.#reader.startOf(id, this.#start),
        after: parents.filter((parent) => ids.has(parent)),
      })),
    );
  }

  read(split: string, from: Position, limits: SourceLimits): Promise<SourceBlock> {
    return this.#reader.read(split, Number(from), limits, this.#metadata);
  }

  reread(split: string, from: Position, to: Position): Promise<SourceBlock> {
    const limits = { maxBytes: rereadBytes, maxRecords: Number(to) - Number(from) };
    if (limits.maxRecords === 0) return Promise.resolve(emptyBlock(to));
    return this.#reader.read(split, Number(from), limits, this.#metadata);
  }

  onChange(listener: (split?: string) => void): Disposable {
    return this.#reader.onChange(listener);
  }

  lagMs(split: string, position: Position): number | undefined {
    return this.#reader.lagMs(split, Number(position));
  }

  async close(): Promise<void> {}
}

export function emptyBlock(next: Position): SourceBlock {
  return {
    ...{ bytes: new Uint8Array(0), starts: new Uint32Array(0), ends: new Uint32Array(0) },
    ...{ metadata: {}, next, isEnd: false },
  };
}
