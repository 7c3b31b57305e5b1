import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient, analyticsRole, untilStatus } from "../fixtures/analytics-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

const ApplicationName = "tickers";
const streamArn = (name: string): string => `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`;
let millrace: MillraceProcess;
let analytics: KinesisAnalyticsV2;
let kinesis: KinesisClient;

const code = `
CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (ticker VARCHAR(8), price DOUBLE);
CREATE OR REPLACE PUMP "STREAM_PUMP" AS INSERT INTO "DESTINATION_SQL_STREAM"
  SELECT STREAM "ticker", "price" * 2 FROM "SOURCE_SQL_STREAM_001" WHERE "price" > 10;`;

async function put(...records: readonly (readonly [ticker: string, price: number])[]): Promise<void> {
  await kinesis.send(
    new PutRecordsCommand({
      StreamName: "trades",
      Records: records.map(([ticker, price]) => ({
        PartitionKey: ticker,
        Data: Buffer.from(JSON.stringify({ ticker, price })),
      })),
    }),
  );
}

async function written(): Promise<unknown[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      ...{ StreamName: "dear", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
    }),
  );
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ Data }) => JSON.parse(Buffer.from(Data ?? []).toString()) as unknown);
}

const untilWritten = (...rows: readonly object[]): Promise<void> =>
  vi.waitFor(async () => expect(await written()).toEqual(rows), { timeout: 30_000, interval: 100 });

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  analytics = analyticsClient(millrace.url);
  kinesis = new KinesisClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  for (const StreamName of ["trades", "dear"])
    await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
});
afterAll(async () => {
  analytics.destroy();
  kinesis.destroy();
  await millrace.dispose();
});

it("gives an application of the retired dialect a home: discovered, created, stopped and gone on with", async () => {
  await vi.waitFor(() => put(["AMZN", 5], ["GOOG", 20.5]), { timeout: 20_000 });
  const { InputSchema } = await analytics.discoverInputSchema({
    ResourceARN: streamArn("trades"),
    ServiceExecutionRole: analyticsRole,
    InputStartingPositionConfiguration: { InputStartingPosition: "TRIM_HORIZON" },
  });
  await analytics.createApplication({
    ApplicationName,
    RuntimeEnvironment: "SQL-1_0",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: { TextContent: code } },
    },
  });
  await analytics.addApplicationInput({
    ApplicationName,
    CurrentApplicationVersionId: 1,
    Input: {
      NamePrefix: "SOURCE_SQL_STREAM",
      KinesisStreamsInput: { ResourceARN: streamArn("trades") },
      InputSchema,
    },
  });
  const { ApplicationVersionId } = await analytics.addApplicationOutput({
    ApplicationName,
    CurrentApplicationVersionId: 2,
    Output: {
      Name: "DESTINATION_SQL_STREAM",
      KinesisStreamsOutput: { ResourceARN: streamArn("dear") },
      DestinationSchema: { RecordFormatType: "JSON" },
    },
  });
  expect(ApplicationVersionId).toBe(3);
  const { ApplicationDetail } = await analytics.describeApplication({ ApplicationName });
  const [input] =
    ApplicationDetail?.ApplicationConfigurationDescription?.SqlApplicationConfigurationDescription
      ?.InputDescriptions ?? [];
  const start = (InputStartingPosition: "TRIM_HORIZON" | "LAST_STOPPED_POINT"): Promise<unknown> =>
    analytics.startApplication({
      ApplicationName,
      RunConfiguration: {
        SqlRunConfigurations: [
          { InputId: input?.InputId, InputStartingPositionConfiguration: { InputStartingPosition } },
        ],
      },
    });
  await start("TRIM_HORIZON");
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await untilWritten({ TICKER: "GOOG", PRICE: 41 });

  await millrace.kill();
  await millrace.start();
  await put(["MSFT", 30]);
  await untilWritten({ TICKER: "GOOG", PRICE: 41 }, { TICKER: "MSFT", PRICE: 60 });

  await analytics.stopApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "READY");
  await put(["NVDA", 40]);
  await start("LAST_STOPPED_POINT");
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await untilWritten(
    ...[
      { TICKER: "GOOG", PRICE: 41 },
      { TICKER: "MSFT", PRICE: 60 },
      { TICKER: "NVDA", PRICE: 80 },
    ],
  );
});

it("says where code is wrong, in the code's own lines", async () => {
  const create = analytics.createApplication({
    ApplicationName: "wrong",
    RuntimeEnvironment: "SQL-1_0",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "PLAINTEXT",
        CodeContent: {
          TextContent: 'CREATE OR REPLACE STREAM "A" (a INTEGER);\nCREATE OR REPLACE PUMP AS OOPS',
        },
      },
    },
  });
  await expect(create).rejects.toMatchObject({
    name: "CodeValidationException",
    message: expect.stringMatching(/^line 2, column \d+: /),
  });
});
