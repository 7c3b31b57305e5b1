import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateStreamCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import {
  type KinesisAnalyticsV2,
  paginateListApplications,
  paginateListApplicationVersions,
} from "@aws-sdk/client-kinesis-analytics-v2";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient, analyticsRole, untilStatus } from "../../fixtures/analytics-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const configuration = (): { endpoint: string; region: string; credentials: typeof credentials } => ({
  endpoint: millrace.url,
  region: "us-east-1",
  credentials,
});
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const program = (table: string): string => `
  CREATE TABLE words (word STRING) WITH ('connector' = 'kinesis', 'stream' = 'words', 'format' = 'json',
    'aws.region' = 'us-east-1', 'scan.stream.initpos' = 'TRIM_HORIZON');
  CREATE TABLE ${table} (word STRING) WITH ('connector' = 'blackhole');
  INSERT INTO ${table} SELECT word FROM words;`;
let millrace: MillraceProcess;
let client: KinesisAnalyticsV2;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = analyticsClient(millrace.url);
  const kinesis = new KinesisClient(configuration());
  await kinesis.send(new CreateStreamCommand({ StreamName: "words", ShardCount: 1 }));
  kinesis.destroy();
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

const versionOf = async (
  ApplicationName: string,
): Promise<{ ApplicationName: string; CurrentApplicationVersionId: number }> => {
  const { ApplicationDetail } = await client.describeApplication({ ApplicationName });
  return { ApplicationName, CurrentApplicationVersionId: ApplicationDetail?.ApplicationVersionId ?? 0 };
};

/** What the application has told is in its log stream. */
async function expectLines(): Promise<void> {
  const logs = new CloudWatchLogsClient(configuration());
  await vi.waitFor(async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: "/flink/words" }));
    const lines = events.map(
      ({ message }) => JSON.parse(message ?? "{}") as Readonly<Record<string, unknown>>,
    );
    expect(lines[0]).toMatchObject({
      applicationARN: arn("kinesisanalytics", "application/words"),
      messageType: "INFO",
      messageSchemaVersion: "1",
    });
  });
  logs.destroy();
}

it("configures, runs, rolls back, and tells it all in a log stream", async () => {
  const ApplicationName = "words";
  await client.createApplication({
    ApplicationName,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: analyticsRole,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: {
        CodeContentType: "PLAINTEXT",
        CodeContent: { TextContent: program("sink_a") },
      },
    },
  });
  await client.addApplicationCloudWatchLoggingOption({
    ...(await versionOf(ApplicationName)),
    CloudWatchLoggingOption: { LogStreamARN: arn("logs", "log-group:/flink/words:log-stream:main") },
  });
  const { VpcConfigurationDescription: vpc } = await client.addApplicationVpcConfiguration({
    ...(await versionOf(ApplicationName)),
    VpcConfiguration: { SubnetIds: ["subnet-0a"], SecurityGroupIds: ["sg-0b"] },
  });
  await client.deleteApplicationVpcConfiguration({
    ...(await versionOf(ApplicationName)),
    VpcConfigurationId: vpc?.VpcConfigurationId,
  });
  await client.updateApplicationMaintenanceConfiguration({
    ApplicationName,
    ApplicationMaintenanceConfigurationUpdate: { ApplicationMaintenanceWindowStartTimeUpdate: "01:30" },
  });
  await client.startApplication({ ApplicationName });
  await untilStatus(client, ApplicationName, "RUNNING");
  await client.updateApplication({
    ...(await versionOf(ApplicationName)),
    ApplicationConfigurationUpdate: {
      ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { TextContentUpdate: program("sink_b") } },
    },
  });
  await untilStatus(client, ApplicationName, "RUNNING");
  await client.rollbackApplication(await versionOf(ApplicationName));
  await untilStatus(client, ApplicationName, "RUNNING");
  const { ApplicationDetail } = await client.describeApplication({
    ApplicationName,
    IncludeAdditionalDetails: true,
  });
  expect(ApplicationDetail).toMatchObject({
    ApplicationVersionId: 6,
    ApplicationVersionRolledBackFrom: 5,
    ApplicationVersionRolledBackTo: 4,
  });
  const flink =
    ApplicationDetail?.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription;
  expect(JSON.parse(flink?.JobPlanDescription ?? "{}")).toHaveProperty("nodes");
  const statuses: (string | undefined)[] = [];
  for await (const page of paginateListApplicationVersions({ client, pageSize: 2 }, { ApplicationName }))
    for (const { ApplicationStatus } of page.ApplicationVersionSummaries ?? [])
      statuses.push(ApplicationStatus);
  expect(statuses).toEqual(["RUNNING", "ROLLED_BACK", "READY", "READY", "READY", "READY"]);

  await expectLines();
  await client.deleteApplicationCloudWatchLoggingOption({
    ...(await versionOf(ApplicationName)),
    CloudWatchLoggingOptionId: "2.1",
  });
  await client.stopApplication({ ApplicationName, Force: true });
  await untilStatus(client, ApplicationName, "READY");
});

it("keeps what SQL-1_0 is connected with", async () => {
  const ApplicationName = "old";
  const ResourceARN = arn("kinesis", "stream/words");
  const InputSchema = {
    RecordFormat: { RecordFormatType: "JSON" },
    RecordColumns: [{ Name: "word", Mapping: "$.word", SqlType: "VARCHAR(8)" }],
  } as const;
  const schema = { ...InputSchema, RecordColumns: [...InputSchema.RecordColumns] };
  await client.createApplication({
    ApplicationName,
    RuntimeEnvironment: "SQL-1_0",
    ServiceExecutionRole: analyticsRole,
    Tags: [{ Key: "a", Value: "1" }],
  });
  const { InputDescriptions: [input] = [] } = await client.addApplicationInput({
    ...(await versionOf(ApplicationName)),
    Input: { NamePrefix: "S", KinesisStreamsInput: { ResourceARN }, InputSchema: schema },
  });
  const processor = { ResourceARN: arn("lambda", "function:clean") };
  await client.addApplicationInputProcessingConfiguration({
    ...(await versionOf(ApplicationName)),
    InputId: input?.InputId,
    InputProcessingConfiguration: { InputLambdaProcessor: processor },
  });
  await client.deleteApplicationInputProcessingConfiguration({
    ...(await versionOf(ApplicationName)),
    InputId: input?.InputId,
  });
  const { OutputDescriptions: [output] = [] } = await client.addApplicationOutput({
    ...(await versionOf(ApplicationName)),
    Output: {
      Name: "O",
      KinesisStreamsOutput: { ResourceARN },
      DestinationSchema: { RecordFormatType: "CSV" },
    },
  });
  await client.deleteApplicationOutput({ ...(await versionOf(ApplicationName)), OutputId: output?.OutputId });
  const { ReferenceDataSourceDescriptions: [table] = [] } = await client.addApplicationReferenceDataSource({
    ...(await versionOf(ApplicationName)),
    ReferenceDataSource: {
      TableName: "T",
      S3ReferenceDataSource: { BucketARN: "arn:aws:s3:::b", FileKey: "k" },
      ReferenceSchema: schema,
    },
  });
  const { ApplicationVersionId } = await client.deleteApplicationReferenceDataSource({
    ...(await versionOf(ApplicationName)),
    ReferenceId: table?.ReferenceId,
  });
  expect(ApplicationVersionId).toBe(8);
  const resource = { ResourceARN: arn("kinesisanalytics", `application/${ApplicationName}`) };
  await client.tagResource({ ...resource, Tags: [{ Key: "b", Value: "2" }] });
  await client.untagResource({ ...resource, TagKeys: ["a"] });
  expect((await client.listTagsForResource(resource)).Tags).toEqual([{ Key: "b", Value: "2" }]);
});

it("pages through applications", async () => {
  const names: (string | undefined)[] = [];
  for await (const page of paginateListApplications({ client, pageSize: 1 }, {}))
    for (const { ApplicationName } of page.ApplicationSummaries ?? []) names.push(ApplicationName);
  expect(names).toEqual(["old", "words"]);
});

it("is emptied by a reset while it runs", async () => {
  const ApplicationName = "words";
  await client.startApplication({ ApplicationName });
  await untilStatus(client, ApplicationName, "RUNNING");
  expect((await fetch(`${millrace.url}/_millrace/reset`, { method: "POST" })).status).toBe(200);
  expect((await client.listApplications({})).ApplicationSummaries).toEqual([]);
  await client.createApplication({
    ApplicationName,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: analyticsRole,
  });
  expect((await client.listApplicationSnapshots({ ApplicationName })).SnapshotSummaries).toEqual([]);
});

it.each([
  ["a name that is none", { ApplicationName: "a/b" }],
  ["a runtime that is none", { RuntimeEnvironment: "FLINK-9_9" as never }],
  ["no role", { ServiceExecutionRole: undefined }],
  ["101 KB of code", { ApplicationConfiguration: text("x".repeat(102_401)) }],
])("refuses %s", async (_what, changes) => {
  const input = {
    ApplicationName: "bad",
    RuntimeEnvironment: "FLINK-1_20" as const,
    ServiceExecutionRole: analyticsRole,
    ...changes,
  };
  await expect(client.createApplication(input)).rejects.toThrow();
  await expect(client.describeApplication({ ApplicationName: "bad" })).rejects.toThrow(/not found/);
});

function text(TextContent: string): {
  ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT"; CodeContent: { TextContent: string } };
} {
  return { ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: { TextContent } } };
}
