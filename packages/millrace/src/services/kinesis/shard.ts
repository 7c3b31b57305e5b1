import type { Shard as ApiShard, ChildShard } from "@aws-sdk/client-kinesis";
import type { Log } from "../../kernels/log/index.ts";
import type { ShardDocument } from "./document.ts";
import type { HashRange } from "./hash-key.ts";
import { endingSequenceNumber, type ShardIdentity, startingSequenceNumber } from "./sequence-number.ts";
import type { SubscriptionEnd } from "./subscription-end.ts";
import type { ShardThroughput } from "./throughput.ts";

export function shardIdOf(index: number): string {
  return `shardId-${String(index).padStart(12, "0")}`;
}

/** The index in a shard id; like AWS, also of a short form such as `1` or `shardId-1`. */
export function parseShardId(text: string): number | undefined {
  const digits = /^(?:shardId-)?(\d{1,12})$/.exec(text)?.[1];
  const index = digits === undefined ? Number.NaN : Number(digits);
  return index <= 0x7fff_ffff ? index : undefined;
}

export interface RunningSubscription {
  readonly startedMs: number;
  readonly end: SubscriptionEnd;
}

/** One shard at run time: what is kept of it, and its log. */
export class Shard {
  readonly id: string;
  readonly identity: ShardIdentity;
  readonly range: HashRange;
  readonly log: Log;
  readonly throughput: ShardThroughput;
  readonly startingSequenceNumber: string;
  document: ShardDocument;
  /** The running subscription of each consumer, by the consumer's ARN. */
  readonly subscriptions: Map<string, RunningSubscription> = new Map();

  constructor(document: ShardDocument, log: Log, throughput: ShardThroughput) {
    this.document = document;
    this.id = shardIdOf(document.index);
    this.identity = document;
    this.range = { start: BigInt(document.startHashKey), end: BigInt(document.endHashKey) };
    this.log = log;
    this.throughput = throughput;
    this.startingSequenceNumber = startingSequenceNumber(document);
  }

  get isOpen(): boolean {
    return this.document.closedMs === undefined;
  }

  /** Whether a reader at `offset` has seen all that this shard will ever hold. */
  isEndAt(offset: number): boolean {
    return !this.isOpen && this.log.sealed && offset >= this.log.durableOffset;
  }

  describe(): ApiShard {
    return describeShard(this.document);
  }
}

/** A shard as the API shows it. */
export function describeShard(document: ShardDocument): ApiShard {
  const { parent, adjacentParent, closedMs } = document;
  return {
    ShardId: shardIdOf(document.index),
    ...(parent === undefined ? {} : { ParentShardId: shardIdOf(parent) }),
    ...(adjacentParent === undefined ? {} : { AdjacentParentShardId: shardIdOf(adjacentParent) }),
    HashKeyRange: { StartingHashKey: document.startHashKey, EndingHashKey: document.endHashKey },
    SequenceNumberRange: {
      StartingSequenceNumber: startingSequenceNumber(document),
      ...(closedMs === undefined
        ? {}
        : { EndingSequenceNumber: endingSequenceNumber(document, Math.floor(closedMs / 1000)) }),
    },
  };
}

/** The children of a closed shard, which a reader at its end goes on with. */
export function childShardsOf(parent: number, shards: readonly ShardDocument[]): ChildShard[] {
  return shards
    .filter((shard) => shard.parent === parent || shard.adjacentParent === parent)
    .map((shard) => ({
      ShardId: shardIdOf(shard.index),
      ParentShards: [shard.parent, shard.adjacentParent]
        .filter((index) => index !== undefined)
        .map(shardIdOf),
      HashKeyRange: { StartingHashKey: shard.startHashKey, EndingHashKey: shard.endHashKey },
    }));
}
