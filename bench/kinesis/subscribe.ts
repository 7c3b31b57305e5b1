/**
 * Latency from a put to its arrival at a SubscribeToShard consumer: 10,000 records/s of 100 B in 100 calls of
 * 100 records, each record stamped with the time before its call, one subscription a shard.
 */
import { Buffer } from "node:buffer";
import { Agent, request } from "node:http";
import {
  type KinesisClient as Client,
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListShardsCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
} from "@aws-sdk/client-kinesis";

const stream = "pushed";
const callsPerSecond = 100;
const recordsPerCall = 100;
/** Records put before this are not measured: client and server are still being compiled. */
const warmUpMs = 3_000;

interface Arrival {
  readonly sentMs: number;
  readonly latencyMs: number;
}

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
  const latencies: Arrival[] = [];
  const stop = new AbortController();
  const readers = Shards.map(({ ShardId }) => read(client, consumerArn, ShardId, latencies, stop.signal));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const sent = await produce(port, seconds);
  await new Promise((resolve) => setTimeout(resolve, 500));
  stop.abort();
  await Promise.allSettled(readers);
  client.destroy();
  if (latencies.length !== sent) throw new Error(`${sent} records were put, ${latencies.length} were pushed`);
  const firstMs = Math.min(...latencies.map(({ sentMs }) => sentMs).slice(0, 10_000));
  const measured = latencies.filter(({ sentMs }) => sentMs >= firstMs + warmUpMs);
  const sorted = Float64Array.from(measured, ({ latencyMs }) => latencyMs).sort();
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
  latencies: Arrival[],
  signal: AbortSignal,
): Promise<void> {
  const { EventStream } = await client.send(
    new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition: { Type: "TRIM_HORIZON" } }),
    { abortSignal: signal },
  );
  for await (const { SubscribeToShardEvent: event } of EventStream ?? []) {
    const now = performance.timeOrigin + performance.now();
    for (const { Data } of event?.Records ?? []) {
      const sentMs = Number(Buffer.from(Data ?? []).toString());
      latencies.push({ sentMs, latencyMs: now - sentMs });
    }
    if (signal.aborted) return;
  }
}

/**
 * Puts at a fixed rate, whether or not earlier calls have been answered. Plain HTTP requests on kept
 * connections, so that the time measured is the server's and not that of a client building its calls.
 */
async function produce(port: number, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const calls: Promise<unknown>[] = [];
  const startedMs = performance.now();
  for (let i = 0; i < seconds * callsPerSecond; i++) {
    const waitMs = startedMs + (i * 1000) / callsPerSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    calls.push(put(agent, port, i));
  }
  await Promise.all(calls);
  agent.destroy();
  return calls.length * recordsPerCall;
}

function put(agent: Agent, port: number, call: number): Promise<void> {
  const stamp = (performance.timeOrigin + performance.now()).toFixed(3).padEnd(100);
  const Data = Buffer.from(stamp).toString("base64");
  const Records = Array.from({ length: recordsPerCall }, (_, k) => ({
    Data,
    PartitionKey: `key-${call}-${k}`,
  }));
  const headers = {
    "x-amz-target": "Kinesis_20131202.PutRecords",
    "content-type": "application/x-amz-json-1.1",
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, port, host: "127.0.0.1", method: "POST", headers }, (answer) => {
      answer.resume();
      answer.once("end", () => (answer.statusCode === 200 ? resolve() : reject(new Error("a put failed"))));
    });
    outgoing.once("error", reject);
    outgoing.end(JSON.stringify({ StreamName: stream, Records }));
  });
}
