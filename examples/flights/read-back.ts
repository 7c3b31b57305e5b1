import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from "@aws-sdk/client-kinesis";
import { KeyDigests } from "./key-digests.ts";
import type { Progress } from "./progress.ts";

/** Reads every shard of the stream from its start to its newest record. A key is always in one shard. */
export async function readBack(
  client: KinesisClient,
  streamName: string,
  progress: Progress,
): Promise<KeyDigests> {
  const digests = new KeyDigests();
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: streamName }));
  await Promise.all(Shards.map(({ ShardId }) => readShard(client, streamName, ShardId, digests, progress)));
  return digests;
}

async function readShard(
  client: KinesisClient,
  StreamName: string,
  ShardId: string | undefined,
  digests: KeyDigests,
  progress: Progress,
): Promise<void> {
  const start = { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
  let { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
  while (ShardIterator !== undefined) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator }));
    const { Records = [] } = page;
    if (Records.length === 0 && page.MillisBehindLatest === 0) return;
    let bytes = 0;
    for (const { PartitionKey = "", Data = new Uint8Array() } of Records) {
      digests.add(PartitionKey, Data);
      bytes += PartitionKey.length + Data.length;
    }
    progress.add(Records.length, bytes);
    ShardIterator = page.NextShardIterator;
  }
}
