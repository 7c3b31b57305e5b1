import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CreateDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import {
  CreateBucketCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient, analyticsRole, untilStatus } from "../fixtures/analytics-client.ts";
import { createStream, kinesisClient, recordsOf, shardsOf } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, repositoryRoot } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

interface Flight {
  readonly date: string;
  readonly delay: number;
  readonly origin: string;
}

/** What the application writes: one row an origin and day. */
interface Total {
  readonly origin: string;
  readonly day: string;
  readonly flights: number;
  readonly delay: number;
}

const region = "us-east-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const file = join(repositoryRoot, "node_modules/vega-datasets/data/flights-20k.json");
const flights = (JSON.parse(readFileSync(file, "utf8")) as readonly Flight[]).toSorted((a, b) =>
  a.date < b.date ? -1 : 1,
);
/** Closes the windows of all flights, on each of the two shards. */
const ends: readonly PutRecordsRequestEntry[] = ["0", `${2n ** 128n - 1n}`].map((hash) => ({
  Data: Buffer.from(JSON.stringify({ date: "2030/01/01 00:00", delay: 0, origin: "END" })),
  PartitionKey: "end",
  ExplicitHashKey: hash,
}));

const program = `
  CREATE TABLE flights (
    \`date\` STRING, delay INT, origin STRING,
    departure AS TO_TIMESTAMP(\`date\`, 'yyyy/MM/dd HH:mm'),
    WATERMARK FOR departure AS departure - INTERVAL '1' HOUR
  ) WITH (
    'connector' = 'kinesis', 'stream' = 'flights', 'aws.region' = '${region}',
    'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json'
  );
  CREATE TABLE delays (origin STRING, \`day\` STRING, flights BIGINT, delay BIGINT)
  PARTITIONED BY (origin)
  WITH ('connector' = 'kinesis', 'stream' = 'delays', 'aws.region' = '${region}', 'format' = 'json');
  INSERT INTO delays
  SELECT origin, DATE_FORMAT(window_start, 'yyyy/MM/dd'), COUNT(*), SUM(CAST(delay AS BIGINT))
  FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(departure), INTERVAL '1' DAY))
  GROUP BY origin, window_start, window_end;`;

let millrace: MillraceProcess;
let analytics: KinesisAnalyticsV2;
let kinesis: KinesisClient;
let firehose: FirehoseClient;
let s3: S3Client;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  analytics = analyticsClient(millrace.url);
  kinesis = kinesisClient(millrace.url);
  firehose = new FirehoseClient({ endpoint: millrace.url, region, credentials });
  s3 = s3Client(millrace.url);
  await createStream(kinesis, "flights", 2);
  await createStream(kinesis, "delays", 1);
  await s3.send(new CreateBucketCommand({ Bucket: "delays" }));
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: "delays",
      DeliveryStreamType: "KinesisStreamAsSource",
      KinesisStreamSourceConfiguration: {
        KinesisStreamARN: `arn:aws:kinesis:${region}:000000000000:stream/delays`,
        RoleARN: analyticsRole,
      },
      ExtendedS3DestinationConfiguration: {
        RoleARN: analyticsRole,
        BucketARN: "arn:aws:s3:::delays",
        BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 2 },
        CompressionFormat: "GZIP",
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [{ Type: "AppendDelimiterToRecord", Parameters: [] }],
        },
      },
    }),
  );
}, 60_000);

afterAll(async () => {
  for (const client of [analytics, kinesis, firehose, s3]) client.destroy();
  await millrace.dispose();
});

/** As a producer would: again until each record is taken. */
async function put(records: readonly PutRecordsRequestEntry[]): Promise<void> {
  for (let from = 0; from < records.length; from += 500) {
    let rest = records.slice(from, from + 500);
    while (rest.length > 0) {
      const { Records = [] } = await kinesis.send(
        new PutRecordsCommand({ StreamName: "flights", Records: rest }),
      );
      rest = rest.filter((_, index) => Records[index]?.ErrorCode !== undefined);
    }
  }
}

const entries = (from: number, to: number): readonly PutRecordsRequestEntry[] =>
  flights.slice(from, to).map((flight, index) => ({
    Data: Buffer.from(JSON.stringify(flight)),
    PartitionKey: `${from + index}`,
  }));

/** The same totals over all flights at once. */
function batchTotals(): readonly string[] {
  const totals = new Map<string, { flights: number; delay: number }>();
  for (const { date, origin, delay } of flights) {
    const key = JSON.stringify([origin, date.slice(0, 10)]);
    const total = totals.get(key) ?? { flights: 0, delay: 0 };
    totals.set(key, { flights: total.flights + 1, delay: total.delay + delay });
  }
  return [...totals]
    .map(([key, { flights: count, delay }]) => JSON.stringify([...JSON.parse(key), count, delay]))
    .sort();
}

const texts = (totals: readonly Total[]): readonly string[] =>
  totals
    .filter(({ origin }) => origin !== "END")
    .map(({ origin, day, flights: count, delay }) => JSON.stringify([origin, day, count, delay]))
    .sort();

async function inStream(): Promise<readonly string[]> {
  const found: Total[] = [];
  for (const { ShardId = "" } of await shardsOf(kinesis, "delays"))
    for (const { Data = new Uint8Array() } of await recordsOf(kinesis, "delays", ShardId))
      found.push(JSON.parse(Buffer.from(Data).toString()) as Total);
  return texts(found);
}

async function inBucket(): Promise<readonly string[]> {
  const found: Total[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: "delays" }))
    for (const { Key = "" } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "delays", Key }));
      const lines = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array())
        .toString()
        .trim();
      found.push(...lines.split("\n").map((line) => JSON.parse(line) as Total));
    }
  return texts(found);
}

it("counts delays per origin and day over two kills, each once, into a stream and through Firehose into S3", async () => {
  await analytics.createApplication({
    ApplicationName: "delays",
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: { TextContent: program } },
      FlinkApplicationConfiguration: {
        CheckpointConfiguration: {
          ConfigurationType: "CUSTOM",
          CheckpointingEnabled: true,
          CheckpointInterval: 1_000,
          MinPauseBetweenCheckpoints: 500,
        },
      },
    },
  });
  await analytics.startApplication({ ApplicationName: "delays" });
  await untilStatus(analytics, "delays", "RUNNING");
  const third = Math.floor(flights.length / 3);
  await put(entries(0, third));
  await vi.waitUntil(async () => (await inStream()).length > 100, { timeout: 60_000, interval: 100 });
  await millrace.kill();
  await millrace.start();
  await put(entries(third, 2 * third));
  await millrace.kill();
  await millrace.start();
  await put(entries(2 * third, flights.length));
  await put(ends);
  const expected = batchTotals();
  await vi.waitUntil(async () => (await inStream()).length >= expected.length, {
    timeout: 90_000,
    interval: 200,
  });
  expect(await inStream()).toEqual(expected);
  await vi.waitUntil(async () => (await inBucket()).length >= expected.length, {
    timeout: 60_000,
    interval: 500,
  });
  expect(await inBucket()).toEqual(expected);
  await untilStatus(analytics, "delays", "RUNNING");
}, 300_000);
