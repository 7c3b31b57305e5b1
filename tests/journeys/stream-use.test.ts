import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
  SubscribeToShardCommand,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { admin } from "../fixtures/admin-client.ts";
import { eventually } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

const shard = "shardId-000000000000";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

interface Rate {
  readonly recordsPerSecond: number;
  readonly lastMinute: { readonly records: number; readonly bytes: number };
}

interface Consumer extends Rate {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly behindRecords: number;
  readonly behindBytes: number;
  readonly lagMs: number;
  readonly shards: readonly {
    readonly shardId: string;
    readonly owner?: string;
    readonly behindRecords: number;
  }[];
}

interface StreamUse {
  readonly limits: { readonly writeRecordsPerSecond: number; readonly areEnforced: boolean };
  readonly shards: readonly {
    readonly shardId: string;
    readonly in: Rate;
    readonly out: Rate;
    readonly records: number;
  }[];
  readonly producers: readonly (Rate & {
    readonly name: string;
    readonly principal: string;
    readonly library: string;
  })[];
  readonly consumers: readonly Consumer[];
}

interface Replay {
  readonly id: string;
  readonly state: string;
  readonly copiedRecords: number;
  readonly totalRecords: number;
  readonly error?: { readonly code: string };
}

let millrace: MillraceProcess;
let kinesis: KinesisClient;
const clients: { destroy(): void }[] = [];

function clientOf(userAgentAppId: string): KinesisClient {
  const client = new KinesisClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials,
    userAgentAppId,
  });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "50" } });
  kinesis = clientOf("checkout");
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await millrace?.dispose();
});

async function createStream(StreamName: string, ShardCount: number = 1): Promise<void> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount }));
  await waitUntilStreamExists(
    { client: kinesis, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.1 },
    { StreamName },
  );
}

async function put(
  StreamName: string,
  count: number,
  key = (i: number): string => `key-${i}`,
): Promise<void> {
  const Records = Array.from({ length: count }, (_, i) => ({
    PartitionKey: key(i),
    Data: Buffer.from(`${i}`),
  }));
  await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
}

async function use(stream: string): Promise<StreamUse> {
  const { status, body } = await admin<StreamUse>(millrace.url, `GET streams/${stream}/use`);
  expect(status).toBe(200);
  return body;
}

it("tells programs apart that put and read, and says how far each reader is behind", async () => {
  await createStream("orders");
  await put("orders", 10);
  const reader = clientOf("fraud-check");
  const { ShardIterator } = await reader.send(
    new GetShardIteratorCommand({ StreamName: "orders", ShardId: shard, ShardIteratorType: "TRIM_HORIZON" }),
  );
  await reader.send(new GetRecordsCommand({ ShardIterator, Limit: 4 }));
  const { shards, producers, consumers, limits } = await use("orders");
  expect(limits).toMatchObject({ writeRecordsPerSecond: 1_000, areEnforced: false });
  expect(shards).toMatchObject([{ shardId: shard, records: 10, in: { lastMinute: { records: 10 } } }]);
  expect(producers).toMatchObject([{ name: "checkout", principal: "arn:aws:iam::000000000000:root" }]);
  expect(producers[0]?.library).toMatch(/^AWS SDK for JavaScript 3\./);
  expect(consumers).toMatchObject([{ kind: "polling", name: "fraud-check", behindRecords: 6 }]);
  expect(consumers[0]?.lagMs).toBeGreaterThan(0);
  expect(consumers[0]?.behindBytes).toBeGreaterThan(0);
});

it("shows registered consumers, and applications of the KCL by their lease tables", async () => {
  // Checkpoints tell streams apart by the second in which they were created.
  const { StreamDescriptionSummary: orders } = await kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: "orders" }),
  );
  const createdSecond = Math.floor((orders?.StreamCreationTimestamp?.getTime() ?? 0) / 1_000);
  await eventually(() => Promise.resolve(Math.floor(Date.now() / 1_000) > createdSecond));
  await createStream("events");
  const { body } = await admin<{ stream: { arn: string } }>(millrace.url, "GET streams/events/use");
  const registered = await kinesis.send(
    new RegisterStreamConsumerCommand({ StreamARN: body.stream.arn, ConsumerName: "archive" }),
  );
  await eventually(async () => (await use("events")).consumers.some(({ name }) => name === "archive"));
  const ConsumerARN = registered.Consumer?.ConsumerARN;
  const StartingPosition = { Type: "LATEST" } as const;
  let subscription: Awaited<ReturnType<typeof subscribe>> | undefined;
  const subscribe = () =>
    kinesis.send(new SubscribeToShardCommand({ ConsumerARN, ShardId: shard, StartingPosition }));
  await eventually(async () => {
    subscription = await subscribe().catch(() => undefined);
    return subscription !== undefined;
  });
  await put("events", 3);
  for await (const event of subscription?.EventStream ?? [])
    if ((event.SubscribeToShardEvent?.Records?.length ?? 0) > 0) break;
  const first = await kinesis.send(
    new PutRecordCommand({ StreamName: "events", PartitionKey: "k", Data: Buffer.from("x") }),
  );
  await put("events", 5);
  await leaseTable("billing", { leaseOwner: "worker-1", checkpoint: first.SequenceNumber ?? "" });
  await eventually(async () => (await use("events")).consumers.some(({ kind }) => kind === "kcl"));
  const { consumers } = await use("events");
  expect(consumers.find(({ name }) => name === "archive")).toMatchObject({
    kind: "fan-out",
    id: ConsumerARN,
  });
  expect(consumers.find(({ kind }) => kind === "kcl")).toMatchObject({
    ...{ name: "billing", behindRecords: 5 },
    shards: [{ shardId: shard, owner: "worker-1", behindRecords: 5 }],
  });
  expect((await use("orders")).consumers.some(({ kind }) => kind === "kcl")).toBe(false);
});

async function leaseTable(TableName: string, lease: Readonly<Record<string, string>>): Promise<void> {
  const dynamo = new DynamoDBClient({ endpoint: millrace.url, region: "us-east-1", credentials });
  clients.push(dynamo);
  await dynamo.send(
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: "leaseKey", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "leaseKey", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  const Item = Object.fromEntries(
    Object.entries({ leaseKey: shard, ...lease }).map(([name, S]) => [name, { S }] as const),
  );
  await eventually(async () =>
    dynamo.send(new PutItemCommand({ TableName, Item })).then(
      () => true,
      () => false,
    ),
  );
}

async function replayed(id: string): Promise<Replay> {
  await eventually(
    async () => (await admin<Replay>(millrace.url, `GET replays/${id}`)).body.state !== "RUNNING",
  );
  return (await admin<Replay>(millrace.url, `GET replays/${id}`)).body;
}

async function byKey(StreamName: string, shards: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const ShardId of shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    for (const { PartitionKey = "", Data = new Uint8Array() } of Records)
      found[PartitionKey] = [...(found[PartitionKey] ?? []), Buffer.from(Data).toString()];
  }
  return found;
}

it("copies a stream that was split into one with more shards, key by key in order", async () => {
  await createStream("source");
  await createStream("copy", 3);
  const key = (i: number): string => `key-${i % 7}`;
  await put("source", 350, key);
  await kinesis.send(
    new SplitShardCommand({
      StreamName: "source",
      ShardToSplit: shard,
      NewStartingHashKey: (2n ** 127n).toString(),
    }),
  );
  await eventually(async () => (await use("source")).shards.length === 3);
  await put("source", 350, key);
  const started = await admin<Replay>(millrace.url, "POST streams/source/replay", { into: "copy" });
  expect(started.status).toBe(202);
  expect(await replayed(started.body.id)).toMatchObject({
    state: "SUCCEEDED",
    copiedRecords: 700,
    totalRecords: 700,
  });
  const copied = await byKey(
    "copy",
    [0, 1, 2].map((index) => `shardId-00000000000${index}`),
  );
  expect(Object.keys(copied)).toHaveLength(7);
  for (const [name, texts] of Object.entries(copied)) {
    const once = Array.from({ length: 50 }, (_, i) => String(i * 7 + Number(name.slice(4))));
    expect(texts).toEqual([...once, ...once]);
  }
});

it("cancels a slow replay, shows what it has done, and forgets it when it is asked to again", async () => {
  await createStream("slow");
  const order = { into: "slow", from: "TRIM_HORIZON", ratePerSecond: 20 };
  const { body } = await admin<Replay>(millrace.url, "POST streams/source/replay", order);
  await eventually(
    async () => (await admin<Replay>(millrace.url, `GET replays/${body.id}`)).body.copiedRecords > 0,
  );
  const cancelled = await admin<Replay>(millrace.url, `DELETE replays/${body.id}`);
  expect(cancelled.body.state).toBe("CANCELLED");
  expect(cancelled.body.copiedRecords).toBeLessThan(700);
  const list = await admin<{ replays: Replay[] }>(millrace.url, "GET replays");
  expect(list.body.replays.map(({ id }) => id)).toContain(body.id);
  await admin(millrace.url, `DELETE replays/${body.id}`);
  expect((await admin(millrace.url, `GET replays/${body.id}`)).status).toBe(404);
});

it("bounds how many run at once", async () => {
  const order = { into: "slow", ratePerSecond: 1 };
  const all = await Promise.all(
    Array.from({ length: 6 }, () => admin<Replay>(millrace.url, "POST streams/source/replay", order)),
  );
  expect(all.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 429, 429]);
  for (const { body, status } of all)
    if (status === 202) await admin(millrace.url, `DELETE replays/${body.id}`);
});

it.each([
  [{}, "into must be"],
  [{ into: "nowhere" }, "nowhere"],
  [{ into: "source" }, "itself"],
  [{ into: "copy", form: "TRIM_HORIZON" }, '"form" is not one of'],
  [{ into: "copy", from: "yesterday" }, "from must be"],
  [{ into: "copy", from: 1, ratePerSecond: 0 }, "ratePerSecond must be"],
  [{ into: "arn:aws:kinesis:us-east-1:111111111111:stream/copy", from: 1 }, "not found"],
])("refuses %j", async (order, message) => {
  const { status, body } = await admin<{ message: string }>(
    millrace.url,
    "POST streams/source/replay",
    order,
  );
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(body.message).toContain(message);
});

it("knows no stream of another name, or with hostile characters in it", async () => {
  for (const name of ["nothing", "..%2F..%2Fhealth", "%00", "x".repeat(2_000)])
    expect((await admin(millrace.url, `GET streams/${name}/use`)).status).toBe(404);
});
