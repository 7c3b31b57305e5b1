import { expect, it } from "vitest";
import { code, codeOf, named, refusalOf, role, schema, streamArn, TestAnalytics } from "../test-analytics.ts";

const codeUpdate = (TextContentUpdate: string): { ApplicationCodeConfigurationUpdate: object } => ({
  ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { TextContentUpdate } },
});

it("makes a new version of an application that does not run", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const { ApplicationDetail: detail, OperationId } = await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: {
      ...codeUpdate("INSERT INTO a SELECT 2"),
      EnvironmentPropertyUpdates: { PropertyGroups: [{ PropertyGroupId: "g", PropertyMap: { k: "v" } }] },
      FlinkApplicationConfigurationUpdate: {
        ParallelismConfigurationUpdate: { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: 2 },
        MonitoringConfigurationUpdate: { ConfigurationTypeUpdate: "CUSTOM", LogLevelUpdate: "ERROR" },
        CheckpointConfigurationUpdate: { ConfigurationTypeUpdate: "CUSTOM", CheckpointIntervalUpdate: 1_000 },
      },
      ApplicationSnapshotConfigurationUpdate: { SnapshotsEnabledUpdate: false },
      ApplicationSystemRollbackConfigurationUpdate: { RollbackEnabledUpdate: true },
    },
    ServiceExecutionRoleUpdate: `${role}-2`,
  });
  expect(OperationId).toBeDefined();
  expect(detail).toMatchObject({
    ApplicationStatus: "READY",
    ApplicationVersionId: 2,
    ApplicationVersionUpdatedFrom: 1,
    ServiceExecutionRole: `${role}-2`,
    ApplicationConfigurationDescription: {
      ApplicationCodeConfigurationDescription: {
        CodeContentDescription: { TextContent: "INSERT INTO a SELECT 2" },
      },
      EnvironmentPropertyDescriptions: {
        PropertyGroupDescriptions: [{ PropertyGroupId: "g", PropertyMap: { k: "v" } }],
      },
      FlinkApplicationConfigurationDescription: {
        ParallelismConfigurationDescription: { Parallelism: 2, ParallelismPerKPU: 1 },
        MonitoringConfigurationDescription: { LogLevel: "ERROR", MetricsLevel: "APPLICATION" },
        CheckpointConfigurationDescription: { CheckpointInterval: 1_000, MinPauseBetweenCheckpoints: 5_000 },
      },
      ApplicationSnapshotConfigurationDescription: { SnapshotsEnabled: false },
      ApplicationSystemRollbackConfigurationDescription: { RollbackEnabled: true },
    },
  });
});

it("restarts what runs from a snapshot", async () => {
  await using analytics = TestAnalytics.start();
  const before = await analytics.running();
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: codeUpdate("INSERT INTO a SELECT 2"),
  });
  expect(await analytics.describe()).toMatchObject({
    ApplicationStatus: "UPDATING",
    ApplicationVersionId: 2,
  });
  await analytics.settle();
  expect((await analytics.describe()).ApplicationStatus).toBe("RUNNING");
  const job = analytics.job();
  expect(before.state()).toBe("stopped");
  expect(job.program).toBe("INSERT INTO a SELECT 2");
  const { SnapshotSummaries: [taken] = [] } = await analytics.run("ListApplicationSnapshots", named);
  expect(taken).toMatchObject({ SnapshotStatus: "READY", ApplicationVersionId: 1 });
  expect(job.restoredFrom).toBe(analytics.application.snapshots.get(taken?.SnapshotName ?? "")?.engineName);
});

it("restores as the run configuration says", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    RunConfigurationUpdate: {
      ApplicationRestoreConfiguration: { ApplicationRestoreType: "SKIP_RESTORE_FROM_SNAPSHOT" },
      FlinkRunConfiguration: { AllowNonRestoredState: true },
    },
  });
  await analytics.settle();
  expect(analytics.job().restoredFrom).toBeUndefined();
  const { ApplicationConfigurationDescription: configuration } = await analytics.describe();
  expect(configuration?.RunConfigurationDescription).toMatchObject({
    ApplicationRestoreConfigurationDescription: { ApplicationRestoreType: "SKIP_RESTORE_FROM_SNAPSHOT" },
    FlinkRunConfigurationDescription: { AllowNonRestoredState: true },
  });
});

it("ends in READY when the new version does not start", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: codeUpdate("INSERT INTO FAILS"),
  });
  await analytics.settle();
  expect(await analytics.describe()).toMatchObject({ ApplicationStatus: "READY", ApplicationVersionId: 2 });
  expect(await analytics.failure()).toBe("a table has no stream");
});

it("rolls back by itself where that is wanted", async () => {
  await using analytics = TestAnalytics.start();
  const ApplicationSystemRollbackConfiguration = { RollbackEnabled: true };
  await analytics.running({ ApplicationConfiguration: { ...code, ApplicationSystemRollbackConfiguration } });
  const { OperationId } = await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: codeUpdate("INSERT INTO FAILS"),
  });
  await analytics.settle();
  expect(await analytics.describe()).toMatchObject({
    ApplicationStatus: "RUNNING",
    ApplicationVersionId: 3,
    ApplicationVersionRolledBackFrom: 2,
    ApplicationVersionRolledBackTo: 1,
  });
  expect(analytics.job().program).toContain("INSERT INTO delays");
  expect(analytics.job().restoredFrom).toBeDefined();
  const { ApplicationOperationInfoDetails: details } = await analytics.run("DescribeApplicationOperation", {
    ...named,
    OperationId,
  });
  expect(details?.OperationStatus).toBe("FAILED");
  const rollback = await analytics.run("DescribeApplicationOperation", {
    ...named,
    OperationId: details?.OperationFailureDetails?.RollbackOperationId,
  });
  expect(rollback.ApplicationOperationInfoDetails).toMatchObject({
    Operation: "RollbackApplication",
    OperationStatus: "SUCCESSFUL",
  });
  const { ApplicationVersionSummaries } = await analytics.run("ListApplicationVersions", named);
  expect(ApplicationVersionSummaries?.map(({ ApplicationStatus }) => ApplicationStatus)).toEqual([
    "RUNNING",
    "ROLLED_BACK",
    "READY",
  ]);
});

it("lets one of two updates through", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const expected = await analytics.expected();
  const update = (text: string): Promise<unknown> =>
    analytics.run("UpdateApplication", { ...expected, ApplicationConfigurationUpdate: codeUpdate(text) });
  const both = await Promise.allSettled([update("INSERT 1"), update("INSERT 2")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await refusalOf(update("INSERT 3"))).toMatch(
    /^ConcurrentModificationException: Application delays has the version 2/,
  );
});

it("takes a conditional token instead of a version, and needs one of them", async () => {
  await using analytics = TestAnalytics.start();
  const { ConditionalToken } = await analytics.create();
  expect(await codeOf(analytics.run("UpdateApplication", named))).toBe("InvalidArgumentException");
  await analytics.run("UpdateApplication", { ...named, ConditionalToken });
  expect(await codeOf(analytics.run("UpdateApplication", { ...named, ConditionalToken }))).toBe(
    "ConcurrentModificationException",
  );
});

it("refuses wrong code and leaves everything as it is", async () => {
  await using analytics = TestAnalytics.start();
  const job = await analytics.running();
  const update = { ...(await analytics.expected()), ApplicationConfigurationUpdate: codeUpdate("WRONG") };
  expect(await refusalOf(analytics.run("UpdateApplication", update))).toBe(
    'CodeValidationException: line 1, column 1: unexpected "WRONG"',
  );
  expect(await analytics.describe()).toMatchObject({ ApplicationStatus: "RUNNING", ApplicationVersionId: 1 });
  expect(analytics.job()).toBe(job);
});

it("refuses another kind of runtime, parts of other runtimes, and unknown parts", async () => {
  await using analytics = TestAnalytics.start();
  await analytics.create();
  const expected = await analytics.expected();
  const refused = async (input: object): Promise<string> =>
    codeOf(analytics.run("UpdateApplication", { ...expected, ...input }));
  expect(await refused({ RuntimeEnvironmentUpdate: "SQL-1_0" })).toBe("InvalidArgumentException");
  expect(await refused({ ApplicationConfigurationUpdate: { SqlApplicationConfigurationUpdate: {} } })).toBe(
    "InvalidArgumentException",
  );
  expect(
    await refused({
      ApplicationConfigurationUpdate: { VpcConfigurationUpdates: [{ VpcConfigurationId: "9.9" }] },
    }),
  ).toBe("ResourceNotFoundException");
  expect(await refused({ CloudWatchLoggingOptionUpdates: [{ CloudWatchLoggingOptionId: "9.9" }] })).toBe(
    "ResourceNotFoundException",
  );
});

it.each([0, 1, 2, 3])("comes to its end after a crash %i turns later", async (turns) => {
  await using analytics = TestAnalytics.start();
  await analytics.running();
  await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: codeUpdate("INSERT INTO a SELECT 2"),
  });
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  await analytics.abandon();
  expect(await analytics.describe()).toMatchObject({ ApplicationStatus: "RUNNING", ApplicationVersionId: 2 });
  expect(analytics.job().program).toBe("INSERT INTO a SELECT 2");
  expect(await analytics.operations()).toEqual([
    "UpdateApplication SUCCESSFUL",
    "StartApplication SUCCESSFUL",
  ]);
  expect((await analytics.run("ListApplicationSnapshots", named)).SnapshotSummaries).toHaveLength(1);
});

it("updates a SQL-1_0 application's inputs, outputs and tables by their ids", async () => {
  await using analytics = TestAnalytics.start();
  const destination = { ResourceARN: streamArn };
  const DestinationSchema = { RecordFormatType: "JSON" } as const;
  await analytics.create({
    RuntimeEnvironment: "SQL-1_0",
    ApplicationConfiguration: {
      ...code,
      SqlApplicationConfiguration: {
        Inputs: [{ NamePrefix: "S", KinesisStreamsInput: destination, InputSchema: schema }],
        Outputs: [{ Name: "O", KinesisStreamsOutput: destination, DestinationSchema }],
        ReferenceDataSources: [
          {
            TableName: "T",
            S3ReferenceDataSource: { BucketARN: "arn:aws:s3:::b", FileKey: "k" },
            ReferenceSchema: schema,
          },
        ],
      },
    },
  });
  const { ApplicationDetail: detail, OperationId } = await analytics.run("UpdateApplication", {
    ...(await analytics.expected()),
    ApplicationConfigurationUpdate: {
      SqlApplicationConfigurationUpdate: {
        InputUpdates: [{ InputId: "1.1", NamePrefixUpdate: "N", InputParallelismUpdate: { CountUpdate: 2 } }],
        OutputUpdates: [
          {
            OutputId: "1.1",
            KinesisFirehoseOutputUpdate: {
              ResourceARNUpdate: "arn:aws:firehose:us-east-1:000000000000:deliverystream/d",
            },
          },
        ],
        ReferenceDataSourceUpdates: [
          { ReferenceId: "1.1", S3ReferenceDataSourceUpdate: { FileKeyUpdate: "k2" } },
        ],
      },
    },
  });
  expect(OperationId).toBeUndefined();
  const sql = detail?.ApplicationConfigurationDescription?.SqlApplicationConfigurationDescription;
  expect(sql?.InputDescriptions).toMatchObject([{ NamePrefix: "N", InAppStreamNames: ["N_001", "N_002"] }]);
  expect(sql?.OutputDescriptions?.[0]).toMatchObject({ Name: "O", KinesisFirehoseOutputDescription: {} });
  expect(sql?.OutputDescriptions?.[0]?.KinesisStreamsOutputDescription).toBeUndefined();
  expect(sql?.ReferenceDataSourceDescriptions).toMatchObject([
    { TableName: "T", S3ReferenceDataSourceDescription: { BucketARN: "arn:aws:s3:::b", FileKey: "k2" } },
  ]);
});
