import type { ShardFilter, ShardFilterType } from "@aws-sdk/client-kinesis";
import type { Input } from "../../gateway/service.ts";
import type { ShardDocument, StreamDocument } from "./document.ts";
import { invalidArgument } from "./errors.ts";
import { horizonMs } from "./record-reader.ts";
import { listedShards, shardIndex } from "./stream-description.ts";

/** A checked filter, small enough for a page token. */
export interface ShardCondition {
  readonly type: ShardFilterType;
  readonly afterShard?: number;
  readonly timestampMs?: number;
}

export function shardCondition(
  document: StreamDocument,
  filter: Input<ShardFilter> | undefined,
): ShardCondition {
  if (filter === undefined) return { type: "FROM_TRIM_HORIZON" };
  const { Type: type, ShardId: shardId, Timestamp: timestamp } = filter;
  if ((type === "AFTER_SHARD_ID") !== (shardId !== undefined))
    throw invalidArgument(
      `ShardFilter of type ${type} ${shardId === undefined ? "requires" : "does not take"} a ShardId.`,
    );
  const takesTime = type === "AT_TIMESTAMP" || type === "FROM_TIMESTAMP";
  if (takesTime !== (timestamp !== undefined))
    throw invalidArgument(
      `ShardFilter of type ${type} ${timestamp ? "does not take" : "requires"} a Timestamp.`,
    );
  return {
    type,
    ...(shardId === undefined ? {} : { afterShard: shardIndex(shardId, document) }),
    ...(timestamp === undefined ? {} : { timestampMs: timestamp.getTime() }),
  };
}

/** The shards that a filter lets through, by index. */
export function filteredShards(
  document: StreamDocument,
  condition: ShardCondition,
  nowMs: number,
): readonly ShardDocument[] {
  const horizon = Math.max(horizonMs(document, nowMs), document.createdMs);
  const timeMs = Math.max(condition.timestampMs ?? 0, horizon);
  const wasOpenAt = (shard: ShardDocument): boolean =>
    startedMs(document, shard) <= timeMs && (shard.closedMs === undefined || shard.closedMs >= timeMs);
  return listedShards(document).filter((shard) => {
    switch (condition.type) {
      case "AFTER_SHARD_ID":
        return shard.index > (condition.afterShard ?? -1);
      case "AT_LATEST":
        return shard.closedMs === undefined;
      case "AT_TRIM_HORIZON":
      case "AT_TIMESTAMP":
        return wasOpenAt(shard);
      default:
        return shard.closedMs === undefined || shard.closedMs >= timeMs;
    }
  });
}

/** When a shard began to take records: with the stream, or when its parents were closed. */
function startedMs(document: StreamDocument, shard: ShardDocument): number {
  const parentClosedMs = shard.parent === undefined ? undefined : document.shards[shard.parent]?.closedMs;
  return parentClosedMs ?? document.createdMs;
}
