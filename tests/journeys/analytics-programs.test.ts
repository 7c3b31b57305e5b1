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

let millrace: MillraceProcess;
let analytics: KinesisAnalyticsV2;
let kinesis: KinesisClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  analytics = analyticsClient(millrace.url);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  kinesis = new KinesisClient({ endpoint: millrace.url, region: "us-east-1", credentials });
});
afterAll(async () => {
  analytics.destroy();
  kinesis.destroy();
  await millrace.dispose();
});

async function create(ApplicationName: string, TextContent: string): Promise<void> {
  await analytics.createApplication({
    ...{ ApplicationName, RuntimeEnvironment: "FLINK-1_20", ServiceExecutionRole: analyticsRole },
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: { TextContent } },
    },
  });
}

const table = (name: string, columns: string, more = ""): string =>
  `CREATE TABLE ${name} (${columns}) WITH ('connector' = 'kinesis', 'stream' = '${name}',
   'aws.region' = 'us-east-1', 'scan.stream.initpos' = 'TRIM_HORIZON', 'format' = 'json'${more});\n`;
const shown = (columns: string): string => `CREATE TABLE shown (${columns}) WITH ('connector' = 'print');\n`;

const doubling = (select: string, on: string): string =>
  Array.from({ length: 26 }, (_, at) => {
    const from = at === 0 ? "(VALUES (1)) AS x (a)" : `v${at} x JOIN v${at} y ON ${on}`;
    return `CREATE VIEW v${at + 1} AS SELECT ${select} FROM ${from};\n`;
  }).join("");

async function written(StreamName: string): Promise<string[]> {
  const ShardId = "shardId-000000000000";
  const ShardIteratorType = "TRIM_HORIZON";
  const from = await kinesis.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType }));
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator: from.ShardIterator }));
  return Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
}

it.each([
  [
    "an option",
    table("a", "x INT", ", 'steram' = 'b'"),
    "line 1, column 14: ",
    "steram (did you mean 'stream'?)",
  ],
  [
    "OVER",
    `${table("a", "x INT, p AS PROCTIME()")}${shown("x INT")}INSERT INTO shown SELECT SUM(x) OVER (ORDER BY p) FROM a;`,
    "line 4, column 1: ",
    "OVER aggregation",
  ],
  [
    "views that double",
    `${shown("x INT")}${doubling("x.*", "x.a = y.a")}INSERT INTO shown SELECT * FROM v26;`,
    "line 28, column 1: ",
    "more than 20000 operators",
  ],
  [
    "columns that double",
    `${shown("x INT")}${doubling("*", "TRUE")}INSERT INTO shown SELECT * FROM v26;`,
    "line ",
    "at most 8000 columns",
  ],
])("says where it is: %s", async (_, text, place, message) => {
  const insert = text.includes("INSERT") ? "" : `${shown("x INT")}INSERT INTO shown SELECT x FROM a;`;
  const failure: unknown = await create("wrong", text + insert).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    name: "CodeValidationException",
    message: expect.stringContaining(message),
  });
  expect(failure).toMatchObject({ message: expect.stringMatching(new RegExp(`^${place}`)) });
});

it("goes on from where it was when the changed program reads more columns and skips malformed records", async () => {
  const ApplicationName = "malformed";
  await kinesis.send(new CreateStreamCommand({ StreamName: "records", ShardCount: 1 }));
  await kinesis.send(new CreateStreamCommand({ StreamName: "sums", ShardCount: 1 }));
  const program = (columns: string, more: string): string =>
    `${table("records", columns, more)}${table("sums", "x INT")}INSERT INTO sums SELECT x FROM records;`;
  const put = async (...data: readonly string[]): Promise<void> => {
    const Records = data.map((text) => ({ PartitionKey: "k", Data: Buffer.from(text) }));
    await vi.waitFor(() => kinesis.send(new PutRecordsCommand({ StreamName: "records", Records })));
  };
  await create(ApplicationName, program("x INT", ""));
  await analytics.startApplication({ ApplicationName });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await put('{"x":1}');
  await analytics.updateApplication({
    ...{ ApplicationName, CurrentApplicationVersionId: 1 },
    ApplicationConfigurationUpdate: {
      ApplicationCodeConfigurationUpdate: {
        CodeContentUpdate: {
          TextContentUpdate: program("x INT, y STRING", ", 'json.ignore-parse-errors' = 'true'"),
        },
      },
    },
  });
  await untilStatus(analytics, ApplicationName, "RUNNING");
  await put("no JSON", '{"x":2}');
  await vi.waitFor(async () => expect(await written("sums")).toEqual(['{"x":1}', '{"x":2}']), {
    timeout: 60_000,
    interval: 100,
  });
});
