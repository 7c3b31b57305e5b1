import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  ScalingType,
  type Shard,
  SplitShardCommand,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, entry, kinesisClient, textOf, untilActive } from "../fixtures/kinesis-client.ts";
import { LeaseTable } from "../fixtures/lease-table.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { StreamConsumer } from "../fixtures/stream-consumer.ts";

const keyCount = 120;
const pauseMs = 150;
const patienceMs = 60_000;
let millrace: MillraceProcess;
let client: KinesisClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = kinesisClient(millrace.url);
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

describe("a consumer of a stream that is split, merged and scaled under load", () => {
  it("misses nothing and keeps each key in order by GetRecords", async () => {
    await createStream(client, "polled", 2);
    await journey("polled", undefined);
  });

  it("misses nothing and keeps each key in order by SubscribeToShard", async () => {
    await createStream(client, "pushed", 2);
    await journey("pushed", await consumerOf("pushed"));
  });
});

async function journey(stream: string, consumerArn: string | undefined): Promise<void> {
  const leases = new LeaseTable();
  const received = new Received();
  const pushed = consumerArn === undefined ? {} : { consumerArn };
  const consume = async (): Promise<StreamConsumer> => {
    const handle = received.take.bind(received);
    const consumer = new StreamConsumer({ client, stream, leases, handle, ...pushed });
    await consumer.start();
    return consumer;
  };
  const writer = new Writer(stream);
  const writing = writer.run();
  // It is awaited below; until then its failure is not unhandled.
  writing.catch(() => undefined);
  let consumer = await consume();
  try {
    for (const reshard of [splitWidest, mergeFirst, scaleTo(4), splitWidest, scaleTo(3), mergeFirst]) {
      await sleep(pauseMs);
      await reshard(stream);
      await untilActive(client, stream);
      await sleep(pauseMs);
      await consumer.stop();
      consumer = await consume();
    }
  } finally {
    writer.stop();
    await writing;
  }
  const sent = await writing;
  const deadlineMs = Date.now() + patienceMs;
  while (received.count < sent.length && Date.now() < deadlineMs) await sleep(20);
  await consumer.stop();
  expect(received.disorder).toEqual([]);
  expect(received.count).toBe(sent.length);
  expect(received.texts).toEqual(new Set(sent));
  expect(leases.size).toBeGreaterThan(12);
}

/** Writes until it is told to stop: each key counts up, one batch at a time. */
class Writer {
  readonly #stream: string;
  #isStopped = false;

  constructor(stream: string) {
    this.#stream = stream;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves with the texts of all records, each acknowledged. */
  async run(): Promise<readonly string[]> {
    const sent: string[] = [];
    for (let round = 0; !this.#isStopped; round++) {
      const texts = Array.from({ length: keyCount }, (_, key) => `key-${key} ${round}`);
      const Records = texts.map((text) => entry(text.split(" ")[0] ?? "", text));
      const { FailedRecordCount } = await client.send(
        new PutRecordsCommand({ StreamName: this.#stream, Records }),
      );
      expect(FailedRecordCount).toBe(0);
      sent.push(...texts);
    }
    return sent;
  }
}

/** What a consumer has handled, over all its lives. */
class Received {
  readonly texts = new Set<string>();
  readonly disorder: string[] = [];
  readonly #lastRound = new Map<string, number>();
  count = 0;

  take(records: readonly { readonly Data: Uint8Array | undefined }[]): void {
    for (const record of records) {
      const text = textOf(record);
      const [key = "", round = ""] = text.split(" ");
      const expected = (this.#lastRound.get(key) ?? -1) + 1;
      if (Number(round) !== expected) this.disorder.push(`${text}, where round ${expected} was due`);
      this.#lastRound.set(key, Number(round));
      this.texts.add(text);
      this.count++;
    }
  }
}

async function splitWidest(stream: string): Promise<void> {
  const shards = await openShards(stream);
  const [widest] = shards.toSorted((a, b) => (width(b) > width(a) ? 1 : -1));
  if (widest === undefined) throw new Error("The stream has no open shard.");
  const middle = BigInt(widest.HashKeyRange?.StartingHashKey ?? 0) + width(widest) / 2n;
  await client.send(
    new SplitShardCommand({
      StreamName: stream,
      ShardToSplit: widest.ShardId,
      NewStartingHashKey: `${middle}`,
    }),
  );
}

async function mergeFirst(stream: string): Promise<void> {
  const [first, second] = (await openShards(stream)).toSorted((a, b) => (start(a) > start(b) ? 1 : -1));
  await client.send(
    new MergeShardsCommand({
      StreamName: stream,
      ShardToMerge: first?.ShardId,
      AdjacentShardToMerge: second?.ShardId,
    }),
  );
}

function scaleTo(TargetShardCount: number) {
  return async (StreamName: string): Promise<void> => {
    const input = { StreamName, TargetShardCount, ScalingType: ScalingType.UNIFORM_SCALING };
    await client.send(new UpdateShardCountCommand(input));
  };
}

async function openShards(StreamName: string): Promise<readonly Shard[]> {
  const { Shards = [] } = await client.send(
    new ListShardsCommand({ StreamName, ShardFilter: { Type: "AT_LATEST" } }),
  );
  return Shards;
}

function start(shard: Shard): bigint {
  return BigInt(shard.HashKeyRange?.StartingHashKey ?? 0);
}

function width(shard: Shard): bigint {
  return BigInt(shard.HashKeyRange?.EndingHashKey ?? 0) - start(shard);
}

async function consumerOf(stream: string): Promise<string> {
  const { StreamDescriptionSummary } = await client.send(
    new DescribeStreamSummaryCommand({ StreamName: stream }),
  );
  const { Consumer } = await client.send(
    new RegisterStreamConsumerCommand({
      StreamARN: StreamDescriptionSummary?.StreamARN,
      ConsumerName: "journey",
    }),
  );
  const ConsumerARN = Consumer?.ConsumerARN ?? "";
  for (;;) {
    const { ConsumerDescription } = await client.send(new DescribeStreamConsumerCommand({ ConsumerARN }));
    if (ConsumerDescription?.ConsumerStatus === "ACTIVE") return ConsumerARN;
    await sleep(20);
  }
}
