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
import { parseStreamArn } from "./arn.ts";
import { readRecords } from "./record-reader.ts";
import { parseSequenceNumber } from "./sequence-number.ts";
import { parseShardId, type Shard, shardIdOf } from "./shard.ts";
import type { KinesisState } from "./state.ts";
import type { Stream } from "./stream.ts";
import { checkStreamKey, cipherFailure } from "./stream-encryption.ts";

/** Who reads a stream, and for what. */
export interface StreamReader {
  readonly roleArn: string;
  /** `firehose.amazonaws.com` */
  readonly service: string;
  /** What the records are read for. */
  readonly sourceArn: string;
  /** Kinesis reads them itself, for a channel: then the role need not be allowed to. */
  readonly isKinesis?: true;
}

/**
 * A stream as deliveries read it. It is found by its ARN each time: one that was deleted and made anew is
 * read from its beginning.
 */
export class KinesisStreamSource implements StreamSource {
  readonly #state: KinesisState;
  readonly #streamArn: string;
  readonly #reader: StreamReader;
  readonly #roles: RoleAccess;

  constructor(state: KinesisState, streamArn: string, reader: StreamReader, roles: RoleAccess) {
    this.#state = state;
    this.#streamArn = streamArn;
    this.#reader = reader;
    this.#roles = roles;
  }

  shards(): readonly SourceShard[] {
    const stream = this.#stream();
    this.#require("kinesis:DescribeStream");
    return [...stream.shards.values()].map(({ id, isOpen, document: { parent, adjacentParent } }) => ({
      id,
      isClosed: !isOpen,
      parents: [parent, adjacentParent].filter((index) => index !== undefined).map(shardIdOf),
    }));
  }

  async read(shardId: string, from: SourcePosition, limits: SourceReadLimits): Promise<SourceRead> {
    const stream = this.#stream();
    this.#require("kinesis:GetRecords");
    this.#requireKey(stream);
    const shard = stream.shards.get(parseShardId(shardId) ?? -1);
    if (shard === undefined) return { records: [], isEnd: true, millisBehindLatest: 0 };
    const startedMs = this.#state.clock.now();
    try {
      checkStreamKey(this.#state, stream);
      const offset = await offsetOf(shard, from);
      const read = await readRecords(stream.document, shard, offset, limits, startedMs);
      this.#state.meter.got(stream, shard, startedMs, read);
      const { records, next, millisBehindLatest } = read;
      return { records: records.map(sourceRecord), isEnd: shard.isEndAt(next), millisBehindLatest };
    } catch (error) {
      throw sourceError(error);
    }
  }

  onChange(listener: () => void): Disposable {
    const arn = this.#streamArn;
    const shards = new Map<Shard, Disposable>();
    const follow = (stream: Stream): void => {
      for (const shard of stream.shards.values())
        if (!shards.has(shard)) shards.set(shard, shard.log.onDurable(listener));
      const current = new Set(stream.shards.values());
      for (const [shard, subscription] of shards) {
        if (current.has(shard)) continue;
        subscription[Symbol.dispose]();
        shards.delete(shard);
      }
    };
    const existing = this.#find();
    if (existing !== undefined) follow(existing);
    const watch = this.#state.streams.watch((stream) => {
      if (stream.arn !== arn) return;
      follow(stream);
      listener();
    });
    return {
      [Symbol.dispose]: () => {
        watch[Symbol.dispose]();
        for (const subscription of shards.values()) subscription[Symbol.dispose]();
        shards.clear();
      },
    };
  }

  #find(): Stream | undefined {
    const { account, region, stream } = parseStreamArn(this.#streamArn);
    return this.#state.streams.get(account, region, stream);
  }

  #stream(): Stream {
    const stream = this.#find();
    if (stream !== undefined) return stream;
    const { account, stream: name } = parseStreamArn(this.#streamArn);
    throw new StreamSourceError(
      "Kinesis.ResourceNotFound",
      `Stream ${name} under account ${account} not found.`,
    );
  }

  /** Records of an encrypted stream are opened in the name of the role, whoever reads them. */
  #requireKey({ arn, document }: Stream): void {
    const { keyId, account, region } = document;
    if (keyId === undefined) return;
    const permission = this.#state.keys.permission({
      action: "kms:Decrypt",
      keyId,
      owner: { account, region },
      caller: this.#reader.roleArn.split(":")[4] ?? "",
      context: { "aws:kinesis:arn": arn },
    });
    const refusal = permission && this.#roles.refusal({ ...this.#reader, ...permission });
    if (refusal !== undefined)
      throw new StreamSourceError("Kinesis.KMSAccessDeniedException", refusal.message);
  }

  #require(action: string): void {
    if (this.#reader.isKinesis) return;
    const refusal = this.#roles.refusal({ ...this.#reader, action, resources: [this.#streamArn] });
    if (refusal !== undefined) throw new StreamSourceError("Kinesis.AccessDenied", refusal.message);
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
