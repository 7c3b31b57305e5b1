import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient, analyticsRole, untilStatus } from "../fixtures/analytics-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

const ApplicationName = "delays";
const account = "000000000000";
const streamArn = (name: string): string => `arn:aws:kinesis:us-east-1:${account}:stream/${name}`;
let millrace: MillraceProcess;
let analytics: KinesisAnalyticsV2;
let kinesis: KinesisClient;

/** Flights per origin in windows of a minute. @param factor what the delays are multiplied with */
const program = (factor: number): string => `
  CREATE TABLE flights (
    origin STRING, delay INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts
  ) WITH (
    'connector' = 'kinesis', 'stream.arn' = '${streamArn("flights")}', 'aws.region' = 'us-east-1',
    'source.init.position' = 'TRIM_HORIZON', 'format' = 'json'
  );
  CREATE TABLE delays (origin STRING, total BIGINT, flights BIGINT, window_end TIMESTAMP(3)) WITH (
    'connector' = 'kinesis', 'stream.arn' = '${streamArn("delays")}', 'aws.region' = 'us-east-1', 'format' = 'json'
  );
  INSERT INTO delays
  SELECT origin, SUM(delay) * ${factor}, COUNT(*), window_end
  FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY origin, window_start, window_end;`;

async function put(
  ...records: readonly (readonly [origin: string, delay: number, time: string])[]
): Promise<void> {
  await kinesis.send(
    new PutRecordsCommand({
      StreamName: "flights",
      Records: records.map(([origin, delay, time]) => ({
        PartitionKey: "k",
        Data: Buffer.from(JSON.stringify({ origin, delay, ts: `2026-01-01 ${time}` })),
      })),
    }),
  );
}

interface Delay {
  readonly origin: string;
  readonly total: number;
  readonly flights: number;
  readonly window_end: string;
}

/** All that was written, sorted. */
async function written(): Promise<string[]> {
  const found: string[] = [];
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: "delays" }));
  for (const { ShardId } of Shards) {
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({ StreamName: "delays", ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    for (const { Data } of Records) {
      const {
        origin,
        total,
        flights,
        window_end: end,
      } = JSON.parse(Buffer.from(Data ?? []).toString()) as Delay;
      found.push(`${end.slice(11, 16)} ${origin} ${total} ${flights}`);
    }
  }
  return found.sort();
}

const untilWritten = (...lines: readonly string[]): Promise<void> =>
  vi.waitFor(async () => expect(await written()).toEqual([...lines].sort()), {
    timeout: 60_000,
    interval: 100,
  });

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  analytics = analyticsClient(millrace.url);
  kinesis = new KinesisClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  // A shard in which nothing comes would hold the watermark back, as Flink has it.
  await kinesis.send(new CreateStreamCommand({ StreamName: "flights", ShardCount: 1 }));
  await kinesis.send(new CreateStreamCommand({ StreamName: "delays", ShardCount: 2 }));
});
afterAll(async () => {
  analytics.destroy();
  kinesis.destroy();
  await millrace.dispose();
});

it("lives through starts, updates, crashes, stops and snapshots, and counts each flight once", async () => {
  await analytics.createApplication({
    ApplicationName,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "PLAINTEXT",
        CodeContent: { TextContent: program(1) },
      },
    },
  });
  await analytics.startApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await put(["ATL", 5, "10:00:01"], ["ATL", 7, "10:00:30"], ["ORD", 1, "10:00:59"], ["ATL", 1, "10:01:05"]);
  await untilWritten("10:01 ATL 12 2", "10:01 ORD 1 1");

  await millrace.kill();
  await millrace.start();
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await put(["ATL", 10, "10:01:20"], ["ORD", 3, "10:02:00"]);
  await untilWritten("10:01 ATL 12 2", "10:01 ORD 1 1", "10:02 ATL 11 2");

  await analytics.updateApplication({
    ApplicationName,
    CurrentApplicationVersionId: 1,
    ApplicationConfigurationUpdate: {
      ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { TextContentUpdate: program(100) } },
    },
  });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await put(["ORD", 4, "10:02:30"], ["ATL", 1, "10:03:00"]);
  await untilWritten("10:01 ATL 12 2", "10:01 ORD 1 1", "10:02 ATL 11 2", "10:03 ORD 700 2");

  await analytics.stopApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "READY");
  await put(["ATL", 2, "10:03:30"], ["ATL", 2, "10:04:00"]);
  await analytics.startApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await untilWritten(
    ...["10:01 ATL 12 2", "10:01 ORD 1 1", "10:02 ATL 11 2", "10:03 ORD 700 2", "10:04 ATL 300 2"],
  );
  const { SnapshotSummaries } = await analytics.listApplicationSnapshots({ ApplicationName });
  expect(SnapshotSummaries?.map(({ SnapshotStatus }) => SnapshotStatus)).toEqual(["READY", "READY"]);
});

it("says where a program is wrong", async () => {
  const create = analytics.createApplication({
    ApplicationName: "wrong",
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "PLAINTEXT",
        CodeContent: {
          TextContent: "CREATE TABLE a (x INT)\nWITH ('connector' = 'blackhole');\nINSERT INTO a SELEC 1",
        },
      },
    },
  });
  await expect(create).rejects.toMatchObject({
    name: "CodeValidationException",
    message: expect.stringMatching(/^line 3, column \d+: /),
  });
});

it("shows the application's page to who has its address", async () => {
  await untilStatus(analytics, ApplicationName, "RUNNING");
  const { AuthorizedUrl = "" } = await analytics.createApplicationPresignedUrl({
    ApplicationName,
    UrlType: "FLINK_DASHBOARD_URL",
  });
  const page = await fetch(AuthorizedUrl);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<h1>delays</h1>");
  const session = new URL(page.url).searchParams.get("session") ?? "";
  const status = await fetch(`${millrace.url}/_millrace/applications/delays/api/status`, {
    headers: { "x-millrace-session": session },
  });
  expect(await status.json()).toMatchObject({ application: { status: "RUNNING" }, graph: expect.any(Array) });
  expect((await fetch(`${millrace.url}/_millrace/applications/delays`)).status).toBe(403);
});
