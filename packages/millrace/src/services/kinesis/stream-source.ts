import type { _Record } from "@aws-sdk/client-kinesis";
import { ServiceError } from "../../core/errors.ts";
import type { RoleAccess } from "../../core/role-access.ts";
import {
  type SourcePosition,
  type SourceRead,
  type SourceReadLimits,
  type SourceRecord,
  type SourceShard,
  type StreamSource,
  StreamSourceError,
} from "../../kernels/delivery/index.ts";
import { readRecords } from "./record-reader.ts";
import { parseSequenceNumber } from "./sequence-number.ts";
import { parseShardId, type Shard, shardIdOf } from "./shard.ts";
import type { KinesisState } from "./state.ts";
import { checkStreamKey, cipherFailure } from "./stream-encryption.ts";
import { StreamUse, type StreamUser } from "./stream-use.ts";

/** Who reads a stream, and for what. */
export type StreamReader = StreamUser & { readonly roleArn: string };

/**
 * A stream as deliveries read it. It is found by its ARN each time: one that was deleted and made anew is
 * read from its beginning.
 */
export class KinesisStreamSource implements StreamSource {
  readonly #state: KinesisState;
  readonly #use: StreamUse;
  readonly #user: StreamReader;

  constructor(state: KinesisState, streamArn: string, user: StreamReader, roles: RoleAccess) {
    this.#state = state;
    this.#user = user;
    const refuse = (code: string, message: string): StreamSourceError =>
      new StreamSourceError(`Kinesis.${code}`, message);
    this.#use = new StreamUse(state, streamArn, { user, roles, refuse });
  }

  shards(): readonly SourceShard[] {
    const stream = this.#use.stream();
    this.#use.require("kinesis:DescribeStream");
    return [...stream.shards.values()].map(({ id, isOpen, document: { parent, adjacentParent } }) => ({
      id,
      isClosed: !isOpen,
      parents: [parent, adjacentParent].filter((index) => index !== undefined).map(shardIdOf),
    }));
  }

  async read(shardId: string, from: SourcePosition, limits: SourceReadLimits): Promise<SourceRead> {
    const stream = this.#use.stream();
    this.#use.require("kinesis:GetRecords");
    this.#use.requireKey("kms:Decrypt");
    const shard = stream.shards.get(parseShardId(shardId) ?? -1);
    if (shard === undefined) return { records: [], isEnd: true, millisBehindLatest: 0 };
    const startedMs = this.#state.clock.now();
    try {
      checkStreamKey(this.#state, stream);
      const offset = await offsetOf(shard, from);
      const read = await readRecords(stream.document, shard, offset, limits, startedMs);
      this.#state.meter.got(stream, shard, startedMs, read, this.#user);
      const { records, next, millisBehindLatest } = read;
      return { records: records.map(sourceRecord), isEnd: shard.isEndAt(next), millisBehindLatest };
    } catch (error) {
      throw sourceError(error);
    }
  }

  onChange(listener: () => void): Disposable {
    return this.#use.onChange(() => listener());
  }
}

async function offsetOf(shard: Shard, from: SourcePosition): Promise<number> {
  if (from.kind === "time") return shard.log.offsetForTime(from.timeMs);
  if (from.kind === "oldest") return shard.log.firstOffset;
  const position = parseSequenceNumber(from.sequenceNumber);
  const { index, createdSeconds } = shard.identity;
  const isOwn = position?.shard.index === index && position.shard.createdSeconds === createdSeconds;
  if (!isOwn || position === undefined) return shard.log.firstOffset;
  // A number from beyond the end, of a log that has lost its end, must not skip what comes next.
  return Math.min(position.offset + 1, shard.log.nextOffset);
}

function sourceRecord(record: _Record): SourceRecord {
  const data = record.Data ?? new Uint8Array();
  return {
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    arrivalTimeMs: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
    partitionKey: record.PartitionKey ?? "",
    sequenceNumber: record.SequenceNumber ?? "",
  };
}

function sourceError(error: unknown): unknown {
  const cause = cipherFailure(error);
  if (!(cause instanceof ServiceError)) return cause;
  return new StreamSourceError(`Kinesis.${cause.code}`, cause.message, { cause: error });
}
