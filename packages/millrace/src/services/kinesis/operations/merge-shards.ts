import type { MergeShardsInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { invalidArgument } from "../errors.ts";
import { areInOrder } from "../reshard.ts";
import { checkReshardable, openShardOf } from "../reshard-check.ts";
import { shardIdOf } from "../shard.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

export async function mergeShards(
  state: KinesisState,
  input: Input<MergeShardsInput>,
  call: Call,
): Promise<void> {
  const stream = findStream(state, input, call);
  await state.streams.startUpdate(stream, (document) => {
    checkReshardable(document);
    const shard = openShardOf(document, input.ShardToMerge);
    const adjacent = openShardOf(document, input.AdjacentShardToMerge);
    if (!areInOrder(shard, adjacent) && !areInOrder(adjacent, shard))
      throw invalidArgument(
        `Shards ${shardIdOf(shard.index)} and ${shardIdOf(adjacent.index)} in stream ${document.name} under account ` +
          `${document.account} are not an adjacent pair of shards eligible for merging`,
      );
    return { ...document, pending: { kind: "merge", shard: shard.index, adjacent: adjacent.index } };
  });
}
