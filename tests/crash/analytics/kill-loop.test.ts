import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient, analyticsRole, untilStatus } from "../../fixtures/analytics-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const ApplicationName = "counts";
const streamArn = (name: string): string => `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`;
/** Printed when the test fails, so that the same crashes can be had again. */
const seed = Number(process.env["MILLRACE_TEST_SEED"] ?? 20_260_101);
const crashes = 6;
const recordsARound = 20;
let random = seed;
let millrace: MillraceProcess;
let analytics: KinesisAnalyticsV2;
let kinesis: KinesisClient;

function next(below: number): number {
  random = (random * 1_103_515_245 + 12_345) & 0x7fff_ffff;
  return random % below;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const program = (version: number): string => `
  CREATE TABLE numbers (id BIGINT) WITH ('connector' = 'kinesis', 'stream.arn' = '${streamArn("numbers")}',
    'aws.region' = 'us-east-1', 'source.init.position' = 'TRIM_HORIZON', 'format' = 'json');
  CREATE TABLE seen (id BIGINT, version INT) WITH ('connector' = 'kinesis', 'stream.arn' = '${streamArn("seen")}',
    'aws.region' = 'us-east-1', 'format' = 'json');
  INSERT INTO seen SELECT id, ${version} FROM numbers;`;

async function put(from: number, count: number): Promise<void> {
  const Records = Array.from({ length: count }, (_, index) => ({
    PartitionKey: "k",
    Data: Buffer.from(JSON.stringify({ id: from + index })),
  }));
  await vi.waitFor(() => kinesis.send(new PutRecordsCommand({ StreamName: "numbers", Records })), {
    timeout: 20_000,
  });
}

async function seen(): Promise<number[]> {
  const ids: number[] = [];
  let { ShardIterator: iterator } = await kinesis.send(
    new GetShardIteratorCommand({
      ...{ StreamName: "seen", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
    }),
  );
  for (let page = 0; page < 10; page++) {
    const { Records = [], NextShardIterator } = await kinesis.send(
      new GetRecordsCommand({ ShardIterator: iterator }),
    );
    for (const { Data } of Records)
      ids.push((JSON.parse(Buffer.from(Data ?? []).toString()) as { readonly id: number }).id);
    if (Records.length === 0) break;
    iterator = NextShardIterator;
  }
  return ids;
}

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  analytics = analyticsClient(millrace.url);
  kinesis = new KinesisClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  for (const StreamName of ["numbers", "seen"])
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
});
afterAll(async () => {
  analytics.destroy();
  kinesis.destroy();
  await millrace.dispose();
});

it(`loses nothing and repeats nothing in crashes between and inside updates (seed ${seed})`, async () => {
  await analytics.createApplication({
    ApplicationName,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "PLAINTEXT",
        CodeContent: { TextContent: program(0) },
      },
    },
  });
  await analytics.startApplication({ ApplicationName });
  let version = 1;
  for (let crash = 0; crash < crashes; crash++) {
    await put(crash * recordsARound, recordsARound);
    await vi.waitFor(
      async () => {
        const { ApplicationDetail } = await analytics.describeApplication({ ApplicationName });
        expect(ApplicationDetail?.ApplicationStatus).toBe("RUNNING");
        expect(ApplicationDetail?.ApplicationVersionId).toBe(version);
      },
      { timeout: 60_000 },
    );
    if (crash % 2 === 1) {
      await analytics.updateApplication({
        ApplicationName,
        CurrentApplicationVersionId: version,
        ApplicationConfigurationUpdate: {
          ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { TextContentUpdate: program(crash) } },
        },
      });
      // What was acknowledged is there after the crash.
      version++;
    }
    await pause(next(400));
    await millrace.kill();
    await millrace.start();
  }
  await vi.waitFor(
    async () => {
      const ids = await seen();
      expect(ids.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: crashes * recordsARound }, (_, index) => index),
      );
    },
    { timeout: 60_000, interval: 200 },
  );
  // Rows may be seen before the update that brought them is over.
  await untilStatus(analytics, ApplicationName, "RUNNING");
  const { ApplicationVersionSummaries } = await analytics.listApplicationVersions({ ApplicationName });
  expect(ApplicationVersionSummaries?.[0]).toEqual({
    ApplicationVersionId: version,
    ApplicationStatus: "RUNNING",
  });
});
