import { shardDoesNotExist, shardNotFound } from "./errors.ts";
import { parseShardId, type Shard, shardIdOf } from "./shard.ts";
import type { Stream } from "./stream.ts";

/** A shard to read from, open or closed, as long as it holds records. */
export function findShard(stream: Stream, shardId: string): Shard {
  const { name, account } = stream.document;
  const index = parseShardId(shardId);
  if (index === undefined) throw shardNotFound(shardId, name, account);
  const shard = stream.shards.get(index);
  if (shard === undefined) throw shardDoesNotExist(shardIdOf(index), name, account);
  return shard;
}
