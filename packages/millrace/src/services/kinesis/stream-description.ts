import type { StreamDescription } from "@aws-sdk/client-kinesis";
import type { ShardDocument, StreamDocument } from "./document.ts";
import { shardNotFound } from "./errors.ts";
import { parseShardId } from "./shard.ts";

/** The members that DescribeStream and DescribeStreamSummary share. */
export function commonDescription(
  document: StreamDocument,
): Pick<
  StreamDescription,
  "RetentionPeriodHours" | "StreamCreationTimestamp" | "EnhancedMonitoring" | "EncryptionType" | "KeyId"
> {
  return {
    RetentionPeriodHours: document.retentionHours,
    StreamCreationTimestamp: new Date(document.createdMs),
    EnhancedMonitoring: [{ ShardLevelMetrics: [...document.monitoring] }],
    EncryptionType: document.keyId === undefined ? "NONE" : "KMS",
    ...(document.keyId === undefined ? {} : { KeyId: document.keyId }),
  };
}

/** The shards that clients see: none while CREATING, and closed ones until their records have expired. */
export function listedShards(document: StreamDocument): readonly ShardDocument[] {
  return document.status === "CREATING" ? [] : document.shards.filter((shard) => !shard.expired);
}

/** The index of a shard that an input names. It need not be listed any more, but must have existed. */
export function shardIndex(shardId: string, document: StreamDocument): number {
  const index = parseShardId(shardId);
  if (index === undefined || index >= document.shards.length)
    throw shardNotFound(shardId, document.name, document.account);
  return index;
}
