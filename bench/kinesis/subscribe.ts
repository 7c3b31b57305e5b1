/**
 * Latency from a put to its arrival at a SubscribeToShard consumer: 10,000 records/s of 100 B in 100 calls of
 * 100 records, each record stamped with the time before its call, one subscription a shard.
 */
import { Buffer } from "node:buffer";
import {
  type KinesisClient as Client,
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
} from "@aws-sdk/client-kinesis";

const stream = "pushed";
const callsPerSecond = 100;
const recordsPerCall = 100;

export interface PushLatency {
  readonly p50: number;
  readonly p99: number;
  readonly recordsPerSec: number;
}

export async function measurePush(port: number, seconds: number): Promise<PushLatency> {
  const client = new KinesisClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const consumerArn = await prepare(client);
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: stream }));
  const latencies: number[] = [];
  const stop = new AbortController();
  const readers = Shards.map(({ ShardId }) => read(client, consumerArn, ShardId, latencies, stop.signal));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const sent = await produce(client, seconds);
  await new Promise((resolve) => setTimeout(resolve, 500));
  stop.abort();
  await Promise.allSettled(readers);
  client.destroy();
  if (latencies.length !== sent) throw new Error(`${sent} records were put, ${latencies.length} were pushed`);
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number): number => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99), recordsPerSec: Math.round(sent / seconds) };
}

async function prepare(client: Client): Promise<string | undefined> {
  await client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 4 }));
  const summary = async () =>
    (await client.send(new DescribeStreamSummaryCommand({ StreamName: stream }))).StreamDescriptionSummary;
  while ((await summary())?.StreamStatus !== "ACTIVE")
    await new Promise((resolve) => setTimeout(resolve, 20));
  const registered = await client.send(
    new RegisterStreamConsumerCommand({ StreamARN: (await summary())?.StreamARN, ConsumerName: "latency" }),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  return registered.Consumer?.ConsumerARN;
}

async function read(
  client: Client,
  ConsumerARN: string | undefined,
  ShardId: string | undefined,
  latencies: number[],
  signal: AbortSignal,
): Promise<void> {
  const { EventStream } = await client.send(
    new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition: { Type: "TRIM_HORIZON" } }),
    { abortSignal: signal },
  );
  for await (const { SubscribeToShardEvent: event } of EventStream ?? []) {
    const now = performance.timeOrigin + performance.now();
    for (const { Data } of event?.Records ?? [])
      latencies.push(now - Number(Buffer.from(Data ?? []).toString()));
    if (signal.aborted) return;
  }
}

/** Puts at a fixed rate, whether or not earlier calls have been answered. */
async function produce(client: Client, seconds: number): Promise<number> {
  const calls: Promise<unknown>[] = [];
  const startedMs = performance.now();
  for (let i = 0; i < seconds * callsPerSecond; i++) {
    const waitMs = startedMs + (i * 1000) / callsPerSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const stamp = (performance.timeOrigin + performance.now()).toFixed(3).padEnd(100);
    const Records = Array.from({ length: recordsPerCall }, (_, k) => ({
      Data: Buffer.from(stamp),
      PartitionKey: `key-${i}-${k}`,
    }));
    calls.push(client.send(new PutRecordsCommand({ StreamName: stream, Records })));
  }
  await Promise.all(calls);
  return calls.length * recordsPerCall;
}
