import { createHash, randomBytes } from "node:crypto";
import {
  DescribeStreamSummaryCommand,
  EncryptionType,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  ShardIteratorType,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateMaxRecordSizeCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createStream,
  entry,
  isAscending,
  kinesisClient,
  recordsByShard,
  recordsOf,
  shardsOf,
  textOf,
  untilActive,
} from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const firstShard = "shardId-000000000000";
const mib = 1024 * 1024;
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

describe("records by the AWS SDK for JavaScript", () => {
  it("come back as they were put, byte for byte", async () => {
    await createStream(client, "bytes");
    const contents = [
      Buffer.alloc(0),
      Buffer.from([0, 255, 128]),
      Buffer.from("Grüße, 世界 🛰"),
      randomBytes(5_000),
    ];
    const beforeMs = Date.now();
    const numbers: (string | undefined)[] = [];
    for (const [i, Data] of contents.entries()) {
      const put = await client.send(
        new PutRecordCommand({ StreamName: "bytes", PartitionKey: `Schlüssel-${i}-🔑`, Data }),
      );
      expect(put.ShardId).toBe(firstShard);
      numbers.push(put.SequenceNumber);
    }
    const records = await recordsOf(client, "bytes", firstShard);
    expect(records.map(({ Data }) => Buffer.from(Data ?? []))).toEqual(contents);
    expect(records.map(({ PartitionKey }) => PartitionKey)).toEqual(
      contents.map((_, i) => `Schlüssel-${i}-🔑`),
    );
    expect(records.map(({ SequenceNumber }) => SequenceNumber)).toEqual(numbers);
    for (const { ApproximateArrivalTimestamp } of records) {
      expect(ApproximateArrivalTimestamp?.getTime()).toBeGreaterThanOrEqual(beforeMs);
      expect(ApproximateArrivalTimestamp?.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });

  it("go to the shard whose range holds the MD5 of their key, or their explicit hash key", async () => {
    await createStream(client, "routing", 5);
    const ranges = (await shardsOf(client, "routing")).map(({ ShardId, HashKeyRange }) => ({
      id: ShardId,
      start: BigInt(HashKeyRange?.StartingHashKey ?? -1),
      end: BigInt(HashKeyRange?.EndingHashKey ?? -1),
    }));
    const keys = Array.from({ length: 200 }, (_, i) => `key ${i}`);
    const explicit = ranges.flatMap(({ start, end }) => [start, end]);
    const { Records = [], FailedRecordCount } = await client.send(
      new PutRecordsCommand({
        StreamName: "routing",
        Records: [
          ...keys.map((key) => entry(key, key)),
          ...explicit.map((hash) => ({ ...entry("same key", `${hash}`), ExplicitHashKey: `${hash}` })),
        ],
      }),
    );
    expect(FailedRecordCount).toBe(0);
    const hashes = [...keys.map(md5), ...explicit];
    expect(Records.map(({ ShardId }) => ShardId)).toEqual(
      hashes.map((hash) => ranges.find(({ start, end }) => start <= hash && hash <= end)?.id),
    );
  });

  it("keep the order of a shard over batches, and each iterator starts where it says", async () => {
    await createStream(client, "order");
    const puts = [];
    for (let batch = 0; batch < 4; batch++) {
      const entries = Array.from({ length: 100 }, (_, i) => entry(`key-${i % 7}`, `${batch * 100 + i}`));
      puts.push(await client.send(new PutRecordsCommand({ StreamName: "order", Records: entries })));
    }
    const records = await recordsOf(client, "order", firstShard);
    expect(records.map((record) => Number(textOf(record)))).toEqual(Array.from({ length: 400 }, (_, i) => i));
    expect(isAscending(records)).toBe(true);
    const numbers = puts.flatMap(({ Records = [] }) => Records.map(({ SequenceNumber }) => SequenceNumber));
    expect(records.map(({ SequenceNumber }) => SequenceNumber)).toEqual(numbers);

    const start = { StartingSequenceNumber: numbers[123] };
    expect(
      await firstText("order", { ShardIteratorType: ShardIteratorType.AT_SEQUENCE_NUMBER, ...start }),
    ).toBe("123");
    expect(
      await firstText("order", { ShardIteratorType: ShardIteratorType.AFTER_SEQUENCE_NUMBER, ...start }),
    ).toBe("124");
    const Timestamp = records[200]?.ApproximateArrivalTimestamp;
    const first = records.find(
      (record) => record.ApproximateArrivalTimestamp?.getTime() === Timestamp?.getTime(),
    );
    expect(await firstText("order", { ShardIteratorType: ShardIteratorType.AT_TIMESTAMP, Timestamp })).toBe(
      first && textOf(first),
    );
    expect(await firstText("order", { ShardIteratorType: ShardIteratorType.LATEST })).toBeUndefined();
  });

  it("are pages of at most Limit, and say how far behind they are", async () => {
    await createStream(client, "pages");
    const entries = Array.from({ length: 50 }, (_, i) => entry("key", `${i}`));
    await client.send(new PutRecordsCommand({ StreamName: "pages", Records: entries }));
    const iterator = await iteratorOf("pages", { ShardIteratorType: ShardIteratorType.TRIM_HORIZON });
    const first = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 20 }));
    expect(first.Records).toHaveLength(20);
    expect(first.MillisBehindLatest).toBeGreaterThanOrEqual(0);
    const rest = await client.send(
      new GetRecordsCommand({ ShardIterator: first.NextShardIterator, Limit: 100 }),
    );
    expect(rest.Records?.map(textOf)).toEqual(Array.from({ length: 30 }, (_, i) => `${i + 20}`));
    expect(rest.MillisBehindLatest).toBe(0);
  });

  it("of 10 MiB pass once the stream allows them", async () => {
    await createStream(client, "big");
    await client.send(
      new UpdateMaxRecordSizeCommand({ StreamARN: await arnOf("big"), MaxRecordSizeInKiB: 10_240 }),
    );
    await untilActive(client, "big");
    const Data = randomBytes(10 * mib - 3);
    const put = await client.send(new PutRecordCommand({ StreamName: "big", PartitionKey: "key", Data }));
    await client.send(
      new PutRecordCommand({ StreamName: "big", PartitionKey: "key", Data: Buffer.from("after") }),
    );
    const [big, after] = await recordsOf(client, "big", firstShard);
    expect(big?.SequenceNumber).toBe(put.SequenceNumber);
    expect(Buffer.compare(Buffer.from(big?.Data ?? []), Data)).toBe(0);
    expect(after && textOf(after)).toBe("after");
  });

  it("in batches of 500 and several MiB, many at once", async () => {
    await createStream(client, "batches", 4);
    const batches = await Promise.all(
      Array.from({ length: 12 }, async (_, batch) => {
        const Records = Array.from({ length: 500 }, (_, i) => ({
          PartitionKey: `${batch}-${i % 40}`,
          Data: Buffer.concat([Buffer.from(`${batch}-${i % 40}:${i};`), randomBytes(12_000)]),
        }));
        const put = await client.send(new PutRecordsCommand({ StreamName: "batches", Records }));
        expect(put.FailedRecordCount).toBe(0);
        return { Records, results: put.Records ?? [] };
      }),
    );
    const read = await recordsByShard(client, "batches");
    for (const records of read.values()) expect(isAscending(records)).toBe(true);
    const byPlace = new Map(
      [...read].flatMap(([shard, records]) =>
        records.map((record) => [`${shard} ${record.SequenceNumber}`, record]),
      ),
    );
    expect(byPlace.size).toBe(12 * 500);
    for (const { Records, results } of batches)
      for (const [i, { ShardId, SequenceNumber }] of results.entries()) {
        const record = byPlace.get(`${ShardId} ${SequenceNumber}`);
        expect(record?.PartitionKey).toBe(Records[i]?.PartitionKey);
        expect(Buffer.compare(Buffer.from(record?.Data ?? []), Records[i]?.Data ?? Buffer.alloc(0))).toBe(0);
      }
  });

  it("of many clients at once are all there, each client's in its order", async () => {
    await createStream(client, "shared", 3);
    const clients = Array.from({ length: 16 }, () => kinesisClient(millrace.url));
    await Promise.all(
      clients.map(async (own, number) => {
        for (let i = 0; i < 40; i++)
          await own.send(
            new PutRecordCommand({ StreamName: "shared", ...entry(`client-${number}`, `${i}`) }),
          );
        own.destroy();
      }),
    );
    const byKey = new Map<string, string[]>();
    for (const records of (await recordsByShard(client, "shared")).values())
      for (const record of records) {
        const texts = byKey.get(record.PartitionKey ?? "") ?? [];
        byKey.set(record.PartitionKey ?? "", [...texts, textOf(record)]);
      }
    expect([...byKey.keys()].sort()).toEqual(clients.map((_, number) => `client-${number}`).sort());
    for (const texts of byKey.values()) expect(texts).toEqual(Array.from({ length: 40 }, (_, i) => `${i}`));
  });

  it("are encrypted, and read the same before and after", async () => {
    await createStream(client, "sealed");
    const put = async (text: string) =>
      client.send(
        new PutRecordCommand({ StreamName: "sealed", PartitionKey: "key", Data: Buffer.from(text) }),
      );
    await put("plain text before");
    const encryption = {
      StreamName: "sealed",
      EncryptionType: EncryptionType.KMS,
      KeyId: "alias/aws/kinesis",
    };
    await client.send(new StartStreamEncryptionCommand(encryption));
    await untilActive(client, "sealed");
    expect((await put("sealed text")).EncryptionType).toBe("KMS");
    await client.send(new StopStreamEncryptionCommand(encryption));
    await untilActive(client, "sealed");
    expect((await put("plain text after")).EncryptionType).not.toBe("KMS");
    const records = await recordsOf(client, "sealed", firstShard);
    expect(records.map(textOf)).toEqual(["plain text before", "sealed text", "plain text after"]);
    expect(records.map(({ EncryptionType }) => EncryptionType ?? "NONE")).toEqual(["NONE", "KMS", "NONE"]);
  });
});

function md5(key: string): bigint {
  return BigInt(`0x${createHash("md5").update(key).digest("hex")}`);
}

interface Position {
  readonly ShardIteratorType: ShardIteratorType;
  readonly StartingSequenceNumber?: string | undefined;
  readonly Timestamp?: Date | undefined;
}

async function iteratorOf(stream: string, position: Position): Promise<string | undefined> {
  const input = { StreamName: stream, ShardId: firstShard, ...position };
  return (await client.send(new GetShardIteratorCommand(input))).ShardIterator;
}

async function firstText(stream: string, position: Position): Promise<string | undefined> {
  const ShardIterator = await iteratorOf(stream, position);
  const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
  return Records[0] && textOf(Records[0]);
}

async function arnOf(stream: string): Promise<string | undefined> {
  const { StreamDescriptionSummary } = await client.send(
    new DescribeStreamSummaryCommand({ StreamName: stream }),
  );
  return StreamDescriptionSummary?.StreamARN;
}
