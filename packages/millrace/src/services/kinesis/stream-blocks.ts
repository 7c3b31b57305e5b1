import { ServiceError } from "../../core/errors.ts";
import type { RoleAccess } from "../../core/role-access.ts";
import { type Batch, toOffset } from "../../kernels/log/index.ts";
import {
  type SourceBlock,
  type SourceLimits,
  SourceLostError,
} from "../../kernels/streaming/connector-port.ts";
import {
  StreamAccessError,
  type StreamMetadata,
  type StreamReader,
  type StreamShard,
  type StreamStart,
} from "../../kernels/streaming/connectors/streams-port.ts";
import { RecordBatchReader } from "./record-batch.ts";
import { horizonMs } from "./record-reader.ts";
import { SequenceCounter } from "./sequence-number.ts";
import { parseShardId, type Shard, shardIdOf } from "./shard.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";
import { checkStreamKey, cipherFailure } from "./stream-encryption.ts";
import { StreamUse, type StreamUser } from "./stream-use.ts";
import { withUserRecords } from "./user-records.ts";

type Block = SourceBlock & { readonly next: number };

/** A stream as streaming queries read it: in bulk, bytes without an object for each record. */
export class KinesisStreamBlocks implements StreamReader {
  readonly #state: KinesisState;
  readonly #use: StreamUse;
  readonly #user: StreamUser;

  constructor(state: KinesisState, streamArn: string, user: StreamUser, roles: RoleAccess) {
    this.#state = state;
    this.#user = user;
    this.#use = new StreamUse(state, streamArn, { user, roles, refuse: accessRefusal });
  }

  shards(): readonly StreamShard[] {
    const stream = this.#use.stream();
    this.#use.require("kinesis:DescribeStream");
    return [...stream.shards.values()].map(({ id, document: { parent, adjacentParent } }) => ({
      id,
      parents: [parent, adjacentParent].filter((index) => index !== undefined).map(shardIdOf),
    }));
  }

  async startOf(shardId: string, start: StreamStart): Promise<number> {
    const { log } = this.#shard(this.#use.stream(), shardId);
    if (start.kind === "latest") return log.durableOffset;
    return start.kind === "oldest" ? log.firstOffset : log.offsetForTime(start.timeMs);
  }

  async read(
    shardId: string,
    from: number,
    limits: SourceLimits,
    metadata: readonly StreamMetadata[],
  ): Promise<Block> {
    const stream = this.#use.stream();
    this.#use.require("kinesis:GetRecords");
    this.#use.requireKey("kms:Decrypt");
    const shard = this.#shard(stream, shardId);
    try {
      checkStreamKey(this.#state, stream);
      const batches = await this.#batches(stream, shard, from, limits);
      const block = blockOf(shard, batches, { from, ...limits }, metadata);
      const { starts, ends, next } = block;
      const bytes = (ends.at(-1) ?? 0) - (starts[0] ?? 0);
      this.#state.meter.read(stream, shard, next, starts.length, bytes, this.#user);
      return withUserRecords({ ...block, isEnd: shard.isEndAt(block.next) }, shard.range);
    } catch (error) {
      throw accessError(error);
    }
  }

  async #batches(
    stream: Stream,
    { log }: Shard,
    from: number,
    limits: SourceLimits,
  ): Promise<readonly Batch[]> {
    if (from < log.firstOffset)
      throw new SourceLostError(
        `records from offset ${from} on have expired: the stream ${stream.document.name} keeps them for ` +
          `${stream.document.retentionHours} hours, and its oldest one is at offset ${log.firstOffset}`,
      );
    if (from >= log.durableOffset) return [];
    const batches = await log.read(toOffset(from), limits);
    const [first] = batches;
    if (first !== undefined && first.appendTimeMs < horizonMs(stream.document, this.#state.clock.now()))
      throw new SourceLostError(`records from offset ${from} on have expired in ${stream.document.name}`);
    return batches;
  }

  onChange(listener: (shard?: string) => void): Disposable {
    return this.#use.onChange(listener);
  }

  lagMs(shardId: string, offset: number): number | undefined {
    const shard = this.#use.find()?.shards.get(parseShardId(shardId) ?? -1);
    if (shard === undefined) return undefined;
    if (offset >= shard.log.durableOffset) return 0;
    const { lastAppendTimeMs } = shard.log;
    return lastAppendTimeMs === undefined
      ? undefined
      : Math.max(0, this.#state.clock.now() - lastAppendTimeMs);
  }

  #shard(stream: Stream, shardId: string): Shard {
    const shard = stream.shards.get(parseShardId(shardId) ?? -1);
    if (shard !== undefined) return shard;
    throw new SourceLostError(`the records of ${shardId} in stream ${stream.document.name} have expired`);
  }
}

interface BlockPart {
  readonly reader: RecordBatchReader;
  readonly batch: Batch;
  readonly first: number;
  readonly count: number;
}

/** Memory of which less than this share is records' data is not given away for it. */
const minUsedShare = 0.5;

/**
 * Records in memory that may be given away. What the log keeps between their data, such as keys, lies between them
 * here too: one copy a batch, or none when the log gives away what it has read.
 */
function blockOf(
  shard: Shard,
  batches: readonly Batch[],
  limits: SourceLimits & { readonly from: number },
  metadata: readonly StreamMetadata[],
): Omit<Block, "isEnd"> {
  const parts = partsOf(batches, limits);
  let [bytes, records, next] = [0, 0, limits.from];
  for (const { reader, batch, first, count } of parts) {
    bytes += reader.dataEnd(first + count - 1) - reader.dataStart(first);
    records += count;
    next = batch.firstOffset + first + count;
  }
  const given = memoryOf(parts, bytes);
  const block = given ?? new Uint8Array(bytes);
  const starts = new Uint32Array(records);
  const ends = new Uint32Array(records);
  const collected = new MetadataColumns(shard, metadata, records);
  let [at, record] = [0, 0];
  for (const { reader, batch, first, count } of parts) {
    const [start, end] = [reader.dataStart(first), reader.dataEnd(first + count - 1)];
    if (given === undefined) block.set(batch.payload.subarray(start, end), at);
    else at = batch.payload.byteOffset + start;
    for (let index = first; index < first + count; index++) {
      starts[record] = at + reader.dataStart(index) - start;
      ends[record++] = at + reader.dataEnd(index) - start;
    }
    at += end - start;
    collected.add(reader, batch, first, count);
  }
  return { bytes: block, starts, ends, metadata: collected.columns, next };
}

/** What all batches lie in, when it may be given away as it is. */
function memoryOf(parts: readonly BlockPart[], bytes: number): Uint8Array<ArrayBuffer> | undefined {
  const memory = parts[0]?.batch.payload.buffer;
  if (!(memory instanceof ArrayBuffer) || bytes < memory.byteLength * minUsedShare) return undefined;
  const isGiven = parts.every(({ batch }) => batch.isOwn === true && batch.payload.buffer === memory);
  return isGiven ? new Uint8Array(memory) : undefined;
}

/** Of each batch, the records from an offset on that the limits have room for; one at least. */
function partsOf(
  batches: readonly Batch[],
  { from, maxBytes, maxRecords }: SourceLimits & { readonly from: number },
): readonly BlockPart[] {
  const parts: BlockPart[] = [];
  let [bytes, records, next] = [0, 0, from];
  for (const batch of batches) {
    const reader = new RecordBatchReader(batch.payload, batch.count);
    const first = Math.max(0, next - batch.firstOffset);
    const start = first < batch.count ? reader.dataStart(first) : 0;
    let last = Math.min(batch.count, first + maxRecords - records);
    while (last > first && bytes + reader.dataEnd(last - 1) - start > maxBytes) last--;
    if (records === 0 && last <= first && first < batch.count) last = first + 1;
    const count = Math.max(0, last - first);
    if (count > 0) {
      parts.push({ reader, batch, first, count });
      bytes += reader.dataEnd(last - 1) - start;
      records += count;
      next = batch.firstOffset + last;
    }
    if (last < batch.count) break;
  }
  return parts;
}

/** What is asked for of records besides their data. */
class MetadataColumns {
  readonly columns: Record<string, Float64Array | string[]> = {};
  readonly #shard: Shard;
  #record = 0;

  constructor(shard: Shard, wanted: readonly StreamMetadata[], records: number) {
    this.#shard = shard;
    for (const key of wanted) this.columns[key] = key === "timestamp" ? new Float64Array(records) : [];
  }

  add(reader: RecordBatchReader, batch: Batch, first: number, count: number): void {
    for (const [key, column] of Object.entries(this.columns)) {
      if (column instanceof Float64Array) column.fill(batch.appendTimeMs, this.#record, this.#record + count);
      else this.#addTexts(key, column, { reader, batch, first, count });
    }
    this.#record += count;
  }

  #addTexts(key: string, column: string[], { reader, batch, first, count }: BlockPart): void {
    const { id, identity } = this.#shard;
    if (key === "sequence-number") {
      const sequence = new SequenceCounter(identity, batch.firstOffset + first, batch.appendTimeMs);
      for (let index = 0; index < count; index++) column.push(sequence.next());
    } else
      for (let index = first; index < first + count; index++)
        column.push(key === "shard-id" ? id : reader.at(index).partitionKey);
  }
}

export const accessRefusal = (code: string, message: string): StreamAccessError =>
  new StreamAccessError(`${code}: ${message}`);

export function accessError(error: unknown): unknown {
  const cause = cipherFailure(error);
  if (!(cause instanceof ServiceError)) return cause;
  return new StreamAccessError(`${cause.code}: ${cause.message}`, { cause: error });
}
