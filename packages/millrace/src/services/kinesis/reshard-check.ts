import type { ShardDocument, StreamDocument } from "./document.ts";
import { invalidArgument, shardNotFound, validation } from "./errors.ts";
import { parseShardId, shardIdOf } from "./shard.ts";
import { requireActive } from "./stream-lookup.ts";

/** Only ACTIVE streams in provisioned mode are resharded by hand. */
export function checkReshardable(document: StreamDocument): void {
  if (document.mode === "ON_DEMAND")
    throw validation(
      `Request is invalid. Stream ${document.name} under account ${document.account} is in On-Demand mode.`,
    );
  requireActive({ document });
}

/** An open shard by its id. */
export function openShardOf(document: StreamDocument, shardId: string): ShardDocument {
  const index = parseShardId(shardId);
  const shard = index === undefined ? undefined : document.shards[index];
  const { name, account } = document;
  if (shard === undefined) throw shardNotFound(shardId, name, account);
  if (shard.closedMs !== undefined)
    throw invalidArgument(
      `Shard ${shardIdOf(shard.index)} in stream ${name} under account ${account} has already been merged or split, ` +
        "and thus is not eligible for merging or splitting.",
    );
  return shard;
}
