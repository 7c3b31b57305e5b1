import { horizonMs } from "../record-reader.ts";
import { parseSequenceNumber } from "../sequence-number.ts";
import type { Shard } from "../shard.ts";
import type { Stream } from "../stream.ts";
import { ReplayError } from "./replay-error.ts";

/** A place in a stream. A sequence number is one of a shard: it says which shard is meant. */
export type ReplayPlace =
  | { readonly kind: "oldest" }
  | { readonly kind: "time"; readonly timeMs: number }
  | { readonly kind: "sequence"; readonly sequenceNumber: string };

export interface ReplayRange {
  readonly from: ReplayPlace;
  /** Undefined: what is there when the replay begins. A record at this time or number is not copied any more. */
  readonly to: ReplayPlace | undefined;
}

export interface ShardRange {
  /** Its index. */
  readonly shard: number;
  readonly parents: readonly number[];
  readonly from: number;
  /** The first offset that is not copied. */
  readonly end: number;
}

/** What is to be copied of each shard; shards without records in the range are left out. @throws ReplayError */
export async function shardRanges(
  stream: Stream,
  { from, to }: ReplayRange,
  nowMs: number,
): Promise<readonly ShardRange[]> {
  const only = [from, to].map((place) => place && shardOf(stream, place)).find((shard) => shard);
  const shards = only === undefined ? [...stream.shards.values()] : [only];
  // What comes while the ranges are found out is not part of them.
  const ends = new Map(shards.map((shard) => [shard, shard.log.durableOffset]));
  const ranges: ShardRange[] = [];
  for (const [shard, durable] of ends) {
    const horizon = await shard.log.offsetForTime(horizonMs(stream.document, nowMs));
    const start = Math.max(await offsetAt(shard, from), horizon, shard.log.firstOffset);
    const end = to === undefined ? durable : Math.min(await offsetAt(shard, to), durable);
    const { parent, adjacentParent } = shard.document;
    const parents = [parent, adjacentParent].filter((index) => index !== undefined);
    if (end > start) ranges.push({ shard: shard.identity.index, parents, from: start, end });
  }
  return ranges;
}

/** The shard that a sequence number belongs to. @throws ReplayError when it is not one of this stream */
function shardOf(stream: Stream, place: ReplayPlace): Shard | undefined {
  if (place.kind !== "sequence") return undefined;
  const position = parseSequenceNumber(place.sequenceNumber);
  const shard = position && stream.shards.get(position.shard.index);
  if (shard === undefined || position?.shard.createdSeconds !== shard.identity.createdSeconds)
    throw new ReplayError(
      "InvalidSequenceNumber",
      `${place.sequenceNumber} is not a sequence number of the stream ${stream.document.name}.`,
    );
  return shard;
}

async function offsetAt(shard: Shard, place: ReplayPlace): Promise<number> {
  if (place.kind === "oldest") return shard.log.firstOffset;
  if (place.kind === "time") return shard.log.offsetForTime(place.timeMs);
  return Math.max(parseSequenceNumber(place.sequenceNumber)?.offset ?? 0, 0);
}
