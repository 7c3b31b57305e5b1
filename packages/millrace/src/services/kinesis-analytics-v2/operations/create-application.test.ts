import { expect, it } from "vitest";
import {
  applicationName,
  arn,
  code,
  codeOf,
  named,
  refusalOf,
  role,
  TestAnalytics,
} from "../test-analytics.ts";

it("creates applications with AWS's defaults", async () => {
  await using analytics = TestAnalytics.start();
  const detail = await analytics.create({
    ApplicationDescription: "by origin",
    Tags: [{ Key: "team", Value: "a" }],
  });
  expect(detail).toMatchObject({
    ApplicationARN: arn,
    ApplicationDescription: "by origin",
    ApplicationStatus: "READY",
    ApplicationVersionId: 1,
    ApplicationMode: "STREAMING",
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: role,
    ApplicationMaintenanceConfigurationDescription: {
      ApplicationMaintenanceWindowStartTime: "03:00",
      ApplicationMaintenanceWindowEndTime: "11:00",
    },
    ApplicationConfigurationDescription: {
      ApplicationSnapshotConfigurationDescription: { SnapshotsEnabled: true },
      ApplicationSystemRollbackConfigurationDescription: { RollbackEnabled: false },
      FlinkApplicationConfigurationDescription: {
        CheckpointConfigurationDescription: {
          ConfigurationType: "DEFAULT",
          CheckpointingEnabled: true,
          CheckpointInterval: 60_000,
          MinPauseBetweenCheckpoints: 5_000,
        },
        MonitoringConfigurationDescription: {
          ConfigurationType: "DEFAULT",
          LogLevel: "INFO",
          MetricsLevel: "APPLICATION",
        },
        ParallelismConfigurationDescription: {
          ConfigurationType: "DEFAULT",
          Parallelism: 1,
          ParallelismPerKPU: 1,
          CurrentParallelism: 1,
          AutoScalingEnabled: true,
        },
      },
    },
  });
  const { ApplicationConfigurationDescription: configuration } = detail;
  expect(configuration?.RunConfigurationDescription).toBeUndefined();
  expect(configuration?.EnvironmentPropertyDescriptions).toBeUndefined();
});

it("keeps what DEFAULT does not say otherwise, and what CUSTOM says", async () => {
  await using analytics = TestAnalytics.start();
  const { ApplicationConfigurationDescription: configuration } = await analytics.create({
    ApplicationConfiguration: {
      ...code,
      FlinkApplicationConfiguration: {
        CheckpointConfiguration: { ConfigurationType: "DEFAULT", CheckpointInterval: 1 },
        ParallelismConfiguration: { ConfigurationType: "CUSTOM", Parallelism: 6, ParallelismPerKPU: 4 },
      },
    },
  });
  const flink = configuration?.FlinkApplicationConfigurationDescription;
  expect(flink?.CheckpointConfigurationDescription?.CheckpointInterval).toBe(60_000);
  expect(flink?.ParallelismConfigurationDescription).toMatchObject({ Parallelism: 6, CurrentParallelism: 6 });
});

it("describes nothing of a SQL application without a configuration", async () => {
  await using analytics = TestAnalytics.start();
  const detail = await analytics.create({
    RuntimeEnvironment: "SQL-1_0",
    ApplicationConfiguration: undefined,
  });
  expect(detail.ApplicationConfigurationDescription).toBeUndefined();
  expect(detail.ApplicationMode).toBeUndefined();
  expect(detail.ApplicationMaintenanceConfigurationDescription).toBeUndefined();
});

it("makes each application once", async () => {
  await using analytics = TestAnalytics.start();
  const both = await Promise.allSettled([analytics.create(), analytics.create()]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await refusalOf(analytics.create())).toBe(
    "ResourceInUseException: Application delays already exists.",
  );
  expect((await analytics.create({}, { region: "eu-west-1" })).ApplicationARN).toContain("eu-west-1");
});

it("says where code is wrong", async () => {
  await using analytics = TestAnalytics.start();
  const wrong = {
    ApplicationCodeConfiguration: {
      CodeContentType: "PLAINTEXT",
      CodeContent: { TextContent: "INSERT INTO delays\n  WRONG" },
    },
  } as const;
  expect(await refusalOf(analytics.create({ ApplicationConfiguration: wrong }))).toBe(
    'CodeValidationException: line 2, column 3: unexpected "WRONG"',
  );
});

it("lets code of SQL-1_0 come before its inputs, and says where it is no SQL", async () => {
  await using analytics = TestAnalytics.start();
  const TextContent = 'CREATE STREAM "A" (a INTEGER);\nWRONG';
  const ApplicationCodeConfiguration = {
    CodeContentType: "PLAINTEXT",
    CodeContent: { TextContent },
  } as const;
  const create = analytics.create({
    RuntimeEnvironment: "SQL-1_0",
    ApplicationConfiguration: { ApplicationCodeConfiguration },
  });
  expect(await refusalOf(create)).toBe('CodeValidationException: line 2, column 1: unexpected "WRONG"');
});

it("reads code in S3 in the name of the role", async () => {
  await using analytics = TestAnalytics.start();
  const location = { BucketARN: "arn:aws:s3:::apps", FileKey: "delays.sql" };
  const configuration = {
    ApplicationCodeConfiguration: {
      CodeContentType: "PLAINTEXT",
      CodeContent: { S3ContentLocation: location },
    },
  } as const;
  expect(await refusalOf(analytics.create({ ApplicationConfiguration: configuration }))).toMatch(
    /^InvalidArgumentException: Please check the role provided or validity of S3 location you provided. We are unable to get the specified fileKey: delays.sql in the specified bucket: arn:aws:s3:::apps/,
  );
  analytics.objects.set("arn:aws:s3:::apps/delays.sql", Buffer.from("WRONG"));
  expect(await codeOf(analytics.create({ ApplicationConfiguration: configuration }))).toBe(
    "CodeValidationException",
  );
  analytics.objects.set("arn:aws:s3:::apps/delays.sql", Buffer.from("INSERT INTO a SELECT 1"));
  const detail = await analytics.create({ ApplicationConfiguration: configuration });
  expect(detail.ApplicationConfigurationDescription?.ApplicationCodeConfigurationDescription).toEqual({
    CodeContentType: "PLAINTEXT",
    CodeContentDescription: { S3ApplicationCodeLocationDescription: location },
  });
  // The version keeps what it was made of.
  analytics.objects.clear();
  await analytics.run("StartApplication", named);
  await analytics.settle();
  expect(analytics.job().program).toBe("INSERT INTO a SELECT 1");
});

it("keeps archives that it cannot run", async () => {
  await using analytics = TestAnalytics.start();
  const archive = Buffer.from("PK not really");
  const input = {
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: { CodeContentType: "ZIPFILE", CodeContent: { ZipFileContent: archive } },
    },
  } as const;
  expect(await codeOf(analytics.create(input))).toBe("CodeValidationException");
});

it.each([
  ["a Studio application without INTERACTIVE", { RuntimeEnvironment: "ZEPPELIN-FLINK-3_0" }],
  ["INTERACTIVE without Studio", { ApplicationMode: "INTERACTIVE" }],
  ["inputs with Flink", { ApplicationConfiguration: { SqlApplicationConfiguration: {} } }],
  [
    "more KPUs than there are",
    {
      ApplicationConfiguration: {
        FlinkApplicationConfiguration: {
          ParallelismConfiguration: { ConfigurationType: "CUSTOM", Parallelism: 65 },
        },
      },
    },
  ],
  [
    "text in a zip archive",
    {
      ApplicationConfiguration: {
        ApplicationCodeConfiguration: {
          CodeContentType: "ZIPFILE",
          CodeContent: { TextContent: "SELECT 1" },
        },
      },
    },
  ],
  [
    "no code at all",
    {
      ApplicationConfiguration: {
        ApplicationCodeConfiguration: { CodeContentType: "PLAINTEXT", CodeContent: {} },
      },
    },
  ],
  [
    "a log group",
    { CloudWatchLoggingOptions: [{ LogStreamARN: "arn:aws:logs:us-east-1:000000000000:log-group:a" }] },
  ],
  ["a tag twice", { Tags: [{ Key: "a" }, { Key: "a" }] }],
  ["a tag of AWS's", { Tags: [{ Key: "aws:a" }] }],
  [
    "a wrong subnet",
    { ApplicationConfiguration: { VpcConfigurations: [{ SubnetIds: ["net"], SecurityGroupIds: ["sg-1"] }] } },
  ],
] as const)("refuses %s", async (_what, input) => {
  await using analytics = TestAnalytics.start();
  const runtime = { RuntimeEnvironment: "FLINK-1_20", ApplicationConfiguration: undefined } as const;
  const asked = analytics.create({ ...runtime, ...input } as Parameters<TestAnalytics["create"]>[0]);
  expect(await codeOf(asked)).toBe("InvalidArgumentException");
});

it("refuses roles that do not trust the service, too many tags, and keys of customers", async () => {
  await using analytics = TestAnalytics.start();
  const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
  expect(await codeOf(analytics.create({ Tags }))).toBe("TooManyTagsException");
  const ApplicationEncryptionConfiguration = { KeyType: "CUSTOMER_MANAGED_KEY", KeyId: "alias/a" } as const;
  const ApplicationConfiguration = { ...code, ApplicationEncryptionConfiguration };
  expect(await codeOf(analytics.create({ ApplicationConfiguration }))).toBe("UnsupportedOperationException");
  analytics.strangers.add(role);
  expect(await refusalOf(analytics.create())).toContain(
    "InvalidArgumentException: Kinesis Analytics service doesn't have sufficient privileges to assume the role",
  );
});

it("counts the applications of an account", async () => {
  await using analytics = TestAnalytics.start();
  for (let index = 0; index < 100; index++)
    await analytics.create({ ApplicationName: `a${index}`, ApplicationConfiguration: undefined });
  expect(await codeOf(analytics.create())).toBe("LimitExceededException");
});

it("needs leave to create, to tag and to pass the role", async () => {
  await using analytics = TestAnalytics.start();
  const input = {
    ApplicationName: applicationName,
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: role,
  } as const;
  const Tags = [{ Key: "a" }];
  expect(analytics.permissions("CreateApplication", { ...input, Tags })).toEqual([
    { action: "kinesisanalytics:CreateApplication", resources: [arn] },
    { action: "kinesisanalytics:TagResource", resources: [arn] },
    {
      action: "iam:PassRole",
      resources: [role],
      context: { "iam:PassedToService": "kinesisanalytics.amazonaws.com", "iam:AssociatedResourceArn": arn },
    },
  ]);
});

it("refuses Firehose as a source, and says what to do", async () => {
  await using analytics = TestAnalytics.start();
  const ResourceARN = "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks";
  const Inputs = [{ NamePrefix: "S", KinesisFirehoseInput: { ResourceARN }, InputSchema: undefined }];
  const ApplicationConfiguration = { SqlApplicationConfiguration: { Inputs } };
  const asked = analytics.create({ RuntimeEnvironment: "SQL-1_0", ApplicationConfiguration });
  expect(await refusalOf(asked)).toMatch(
    /^InvalidArgumentException: A Firehose delivery stream cannot be read/,
  );
});
