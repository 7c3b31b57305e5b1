import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";
import {
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  ShardIteratorType,
  SplitShardCommand,
  type StartingPosition,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, entry, kinesisClient, textOf, untilActive } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const firstShard = "shardId-000000000000";
const fromStart: StartingPosition = { Type: ShardIteratorType.TRIM_HORIZON };
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

describe("SubscribeToShard by the AWS SDK for JavaScript", () => {
  it("brings what is there and pushes what comes, in order", async () => {
    const consumer = await consumerOf(client, "pushed");
    await put(client, "pushed", 0, 50);
    const texts = collectTexts(client, consumer, fromStart, 150);
    for (let from = 50; from < 150; from += 10) await put(client, "pushed", from, 10);
    expect(await texts).toEqual(Array.from({ length: 150 }, (_, i) => `${i}`));
  });

  it("goes on after a continuation number without a gap or a repetition", async () => {
    const consumer = await consumerOf(client, "continued");
    await put(client, "continued", 0, 30);
    let last: SubscribeToShardEvent | undefined;
    for await (const event of subscribe(client, consumer, fromStart)) {
      last = event;
      if ((event.Records?.length ?? 0) > 0) break;
    }
    await put(client, "continued", 30, 10);
    const second = await consumerOf(client, "continued", "second");
    const rest = await collectTexts(
      client,
      second,
      { Type: ShardIteratorType.AFTER_SEQUENCE_NUMBER, SequenceNumber: last?.ContinuationSequenceNumber },
      10,
    );
    expect(rest).toEqual(Array.from({ length: 10 }, (_, i) => `${i + 30}`));
  });

  it("says within its interval of silence that it lives", async () => {
    const consumer = await consumerOf(client, "silent");
    for await (const event of subscribe(client, consumer, { Type: ShardIteratorType.LATEST })) {
      expect(event.Records).toEqual([]);
      expect(event.ContinuationSequenceNumber).toMatch(/^\d{50,}$/);
      expect(event.MillisBehindLatest).toBe(0);
      break;
    }
  });

  it("ends at the end of a shard that was split, and names its children", async () => {
    const consumer = await consumerOf(client, "ended");
    await put(client, "ended", 0, 5);
    const events: SubscribeToShardEvent[] = [];
    const reading = (async () => {
      for await (const event of subscribe(client, consumer, fromStart)) events.push(event);
    })();
    await client.send(
      new SplitShardCommand({
        StreamName: "ended",
        ShardToSplit: firstShard,
        NewStartingHashKey: (2n ** 127n).toString(),
      }),
    );
    await untilActive(client, "ended");
    await reading;
    expect(events.flatMap(({ Records = [] }) => Records.map(textOf))).toEqual(["0", "1", "2", "3", "4"]);
    expect(events.at(-1)?.ContinuationSequenceNumber).toBeUndefined();
    expect(events.at(-1)?.ChildShards?.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
      ["shardId-000000000001", [firstShard]],
      ["shardId-000000000002", [firstShard]],
    ]);
  });

  it("is refused a second time for the same consumer and shard, until the first has ended", async () => {
    const consumer = await consumerOf(client, "single");
    const input = { ConsumerARN: consumer, ShardId: firstShard, StartingPosition: fromStart };
    const first = await client.send(new SubscribeToShardCommand(input));
    await expect(client.send(new SubscribeToShardCommand(input))).rejects.toThrow(ResourceInUseException);
    // Another shard's reader, or another consumer's, is not in the way.
    const other = await consumerOf(client, "single", "other");
    await put(client, "single", 0, 3);
    expect(await collectTexts(client, other, fromStart, 3)).toEqual(["0", "1", "2"]);
    expect(first.EventStream).toBeDefined();
  });

  it("is refused for consumers and shards that do not exist", async () => {
    const consumer = await consumerOf(client, "strict");
    const unknownShard = {
      ConsumerARN: consumer,
      ShardId: "shardId-000000000009",
      StartingPosition: fromStart,
    };
    await expect(client.send(new SubscribeToShardCommand(unknownShard))).rejects.toThrow(
      ResourceNotFoundException,
    );
    const unknownConsumer = { ...unknownShard, ConsumerARN: `${consumer}1`, ShardId: firstShard };
    await expect(client.send(new SubscribeToShardCommand(unknownConsumer))).rejects.toThrow(
      ResourceNotFoundException,
    );
  });

  it("serves twenty consumers of a shard at once", async () => {
    await createStream(client, "crowd");
    const consumers = [];
    for (let i = 0; i < 20; i++) consumers.push(await consumerOf(client, "crowd", `consumer-${i}`));
    const readers = consumers.map((consumer) => collectTexts(client, consumer, fromStart, 200));
    for (let from = 0; from < 200; from += 20) await put(client, "crowd", from, 20);
    const expected = Array.from({ length: 200 }, (_, i) => `${i}`);
    for (const texts of await Promise.all(readers)) expect(texts).toEqual(expected);
  });

  it("pushes over HTTPS with the certificate of the data directory", async () => {
    const before = tls.getCACertificates("default");
    tls.setDefaultCACertificates([...before, await certificateOf(millrace.port)]);
    const secure = kinesisClient(millrace.secureUrl);
    try {
      const consumer = await consumerOf(secure, "secure");
      const texts = collectTexts(secure, consumer, fromStart, 100);
      for (let from = 0; from < 100; from += 25) await put(secure, "secure", from, 25);
      expect(await texts).toEqual(Array.from({ length: 100 }, (_, i) => `${i}`));
    } finally {
      secure.destroy();
      tls.setDefaultCACertificates(before);
    }
  });
});

/** Events until the stream ends or the caller breaks off. */
async function* subscribe(
  by: KinesisClient,
  ConsumerARN: string,
  StartingPosition: StartingPosition,
): AsyncGenerator<SubscribeToShardEvent> {
  const { EventStream = [] } = await by.send(
    new SubscribeToShardCommand({ ConsumerARN, ShardId: firstShard, StartingPosition }),
  );
  for await (const { SubscribeToShardEvent: event } of EventStream) if (event !== undefined) yield event;
}

async function collectTexts(
  by: KinesisClient,
  consumer: string,
  position: StartingPosition,
  count: number,
): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { Records = [] } of subscribe(by, consumer, position)) {
    texts.push(...Records.map(textOf));
    if (texts.length >= count) break;
  }
  return texts;
}

/** A consumer that can be used, of a stream that is created if it does not exist. */
async function consumerOf(by: KinesisClient, stream: string, name = "first"): Promise<string> {
  const { StreamDescriptionSummary } = await by
    .send(new DescribeStreamSummaryCommand({ StreamName: stream }))
    .catch(async (error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      await createStream(by, stream);
      return by.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
    });
  const { Consumer } = await by.send(
    new RegisterStreamConsumerCommand({ StreamARN: StreamDescriptionSummary?.StreamARN, ConsumerName: name }),
  );
  const ConsumerARN = Consumer?.ConsumerARN ?? "";
  for (;;) {
    const { ConsumerDescription } = await by.send(new DescribeStreamConsumerCommand({ ConsumerARN }));
    if (ConsumerDescription?.ConsumerStatus === "ACTIVE") return ConsumerARN;
    await sleep(20);
  }
}

async function put(by: KinesisClient, stream: string, from: number, count: number): Promise<void> {
  const Records = Array.from({ length: count }, (_, i) => entry("key", `${from + i}`));
  await by.send(new PutRecordsCommand({ StreamName: stream, Records }));
}

/** The certificate that Millrace shows, as a user would take it with `openssl s_client`. */
async function certificateOf(port: number): Promise<string> {
  const socket = tls.connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ALPNProtocols: ["h2"] });
  try {
    await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) throw new Error("Millrace showed no certificate.");
    return certificate.toString();
  } finally {
    socket.destroy();
  }
}
