import type { SplitShardInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { checkShardLimit } from "../account-limits.ts";
import type { ShardDocument, StreamDocument } from "../document.ts";
import { invalidArgument } from "../errors.ts";
import { parseHashKey } from "../hash-key.ts";
import { checkReshardable, openShardOf } from "../reshard-check.ts";
import { shardIdOf } from "../shard.ts";
import type { KinesisState } from "../state.ts";
import { findStream } from "../stream-lookup.ts";

export async function splitShard(
  state: KinesisState,
  input: Input<SplitShardInput>,
  call: Call,
): Promise<void> {
  const stream = findStream(state, input, call);
  await state.streams.startUpdate(stream, (document) => {
    checkReshardable(document);
    const shard = openShardOf(document, input.ShardToSplit);
    checkShardLimit(state, 1, document);
    checkHashKey(document, shard, input.NewStartingHashKey);
    return {
      ...document,
      pending: { kind: "split", shard: shard.index, atHashKey: input.NewStartingHashKey },
    };
  });
}

function checkHashKey(document: StreamDocument, shard: ShardDocument, text: string): void {
  const hashKey = parseHashKey(text);
  if (
    hashKey !== undefined &&
    hashKey > BigInt(shard.startHashKey) + 1n &&
    hashKey < BigInt(shard.endHashKey)
  )
    return;
  throw invalidArgument(
    `NewStartingHashKey ${text} used in SplitShard() on shard ${shardIdOf(shard.index)} in stream ${document.name} ` +
      `under account ${document.account} is not both greater than one plus the shard's StartingHashKey ` +
      `${shard.startHashKey} and less than the shard's EndingHashKey ${shard.endHashKey}.`,
  );
}
