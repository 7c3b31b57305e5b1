import { type KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import {
  CreateBucketCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient, analyticsRole, untilStatus } from "../../fixtures/analytics-client.ts";
import { createStream, kinesisClient, recordsByShard } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";

const ApplicationName = "counts";
/** In the test's name, so that the same pauses can be had again. */
const seed = Number(process.env["MILLRACE_TEST_SEED"] ?? 20_260_102);
const kills = 6;
const recordsABatch = 40;
/** Each record is a second of event time; a window has ten. */
const windowRecords = 10;
const waitMs = 90_000;

let random = seed;
let millrace: MillraceProcess;
let analytics: KinesisAnalyticsV2;
let kinesis: KinesisClient;
let s3: S3Client;

/** Windows into a stream, rows into a bucket and a table, with checkpoints so short that kills fall into them. */
const program = `
  SET 'execution.checkpointing.interval' = '300 ms';
  CREATE TABLE numbers (
    id BIGINT, part STRING, ts AS TO_TIMESTAMP_LTZ(id * 1000, 3), WATERMARK FOR ts AS ts
  ) WITH (
    'connector' = 'kinesis', 'stream' = 'numbers', 'aws.region' = 'us-east-1',
    'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json'
  );
  CREATE TABLE windows (window_start TIMESTAMP(3), records BIGINT, total BIGINT) WITH (
    'connector' = 'kinesis', 'stream' = 'windows', 'aws.region' = 'us-east-1', 'format' = 'json'
  );
  CREATE TABLE objects (id BIGINT, part STRING) PARTITIONED BY (part) WITH (
    'connector' = 'filesystem', 'path' = 's3://lake/rows', 'format' = 'json',
    'sink.rolling-policy.file-size' = '300'
  );
  CREATE TABLE loaded (id BIGINT) WITH (
    'connector' = 'redshift', 'cluster-identifier' = 'millrace', 'database' = 'dev', 'user' = 'awsuser',
    'table' = 'public.loaded', 'path' = 's3://lake/staged', 'iam-role' = '${analyticsRole}'
  );
  BEGIN STATEMENT SET;
  INSERT INTO windows
  SELECT window_start, COUNT(*), SUM(id)
  FROM TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(ts), INTERVAL '${windowRecords}' SECOND))
  GROUP BY window_start, window_end;
  INSERT INTO objects SELECT id, part FROM numbers;
  INSERT INTO loaded SELECT id FROM numbers WHERE MOD(id, 2) = 0;
  END;`;

function next(below: number): number {
  random = (random * 1_103_515_245 + 12_345) & 0x7fff_ffff;
  return random % below;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function put(from: number, count: number): Promise<void> {
  const Records = Array.from({ length: count }, (_, index) => ({
    PartitionKey: "k",
    Data: Buffer.from(JSON.stringify({ id: from + index, part: `p${(from + index) % 3}` })),
  }));
  await kinesis.send(new PutRecordsCommand({ StreamName: "numbers", Records }));
}

/** The numbers in all objects, with the folder that each lies in. */
async function inObjects(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: "lake", Prefix: "rows/" }))
    for (const { Key = "" } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "lake", Key }));
      const part = Key.split("/")[1] ?? "";
      for (const line of ((await Body?.transformToString()) ?? "").split("\n"))
        if (line !== "") found.push(`${part} ${(JSON.parse(line) as { readonly id: number }).id}`);
    }
  return found.sort();
}

async function inWindows(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const records of (await recordsByShard(kinesis, "windows")).values())
    for (const { Data } of records) {
      const {
        window_start,
        records: count,
        total,
      } = JSON.parse(Buffer.from(Data ?? []).toString()) as {
        readonly window_start: string;
        readonly records: number;
        readonly total: number;
      };
      found.push(`${window_start.slice(0, 19)} ${count} ${total}`);
    }
  return found.sort();
}

async function sql(text: string): Promise<readonly (readonly string[])[]> {
  const client = new Client({
    ...{ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", password: "x", database: "dev" },
  });
  await client.connect();
  try {
    return (await client.query<string[]>({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

const inTable = async (): Promise<readonly number[]> =>
  (await sql("select id from loaded order by id")).map(([id]) => Number(id));

/** What a run without crashes writes. */
function expected(count: number): {
  readonly objects: readonly string[];
  readonly windows: readonly string[];
  readonly rows: readonly number[];
} {
  const objects = Array.from({ length: count }, (_, id) => `part=p${id % 3} ${id}`);
  const windows: string[] = [];
  // The last window is still open.
  for (let from = 0; from + windowRecords < count; from += windowRecords) {
    const start = new Date(from * 1_000).toISOString().slice(0, 19).replace("T", " ");
    const total = windowRecords * from + (windowRecords * (windowRecords - 1)) / 2;
    windows.push(`${start} ${windowRecords} ${total}`);
  }
  const rows = Array.from({ length: Math.ceil(count / 2) }, (_, index) => index * 2);
  return { objects: objects.sort(), windows: windows.sort(), rows };
}

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  analytics = analyticsClient(millrace.url);
  kinesis = kinesisClient(millrace.url);
  s3 = s3Client(millrace.url);
  // The order of event time is that of one shard.
  await createStream(kinesis, "numbers", 1);
  await createStream(kinesis, "windows", 2);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  await sql("create table loaded (id bigint)");
});

afterAll(async () => {
  for (const client of [analytics, kinesis, s3]) client.destroy();
  await millrace.dispose();
});

it(`writes streams, objects and tables as if it had never been killed (seed ${seed})`, async () => {
  await analytics.createApplication({
    ApplicationName,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "PLAINTEXT",
        CodeContent: { TextContent: program },
      },
      FlinkApplicationConfiguration: {
        ParallelismConfiguration: { ConfigurationType: "CUSTOM", Parallelism: 2, ParallelismPerKPU: 1 },
      },
    },
  });
  await analytics.startApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  let count = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    for (let batch = 0; batch < 3; batch += 1) {
      await put(count, recordsABatch);
      count += recordsABatch;
      await pause(next(400));
    }
    await millrace.kill();
    await millrace.start();
    // Kills fall into starts as well, but not into all of them.
    if (kill % 3 !== 2) await untilStatus(analytics, ApplicationName, "RUNNING");
  }
  const { objects, windows, rows } = expected(count);
  await vi.waitFor(
    async () => {
      expect(await inWindows()).toEqual(windows);
      expect(await inObjects()).toEqual(objects);
      expect(await inTable()).toEqual(rows);
    },
    { timeout: waitMs, interval: 250 },
  );
});
