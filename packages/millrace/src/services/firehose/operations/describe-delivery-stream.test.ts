import { describe, expect, it } from "vitest";
import { codeOf, createInput, roleArn, streamName, TestFirehose } from "../test-firehose.ts";

describe("DescribeDeliveryStream", () => {
  it("shows a new stream with AWS's defaults, its destination in both forms", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.run("CreateDeliveryStream", createInput());
    const basic = {
      RoleARN: roleArn,
      BucketARN: "arn:aws:s3:::lake",
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
      CompressionFormat: "UNCOMPRESSED",
      EncryptionConfiguration: { NoEncryptionConfig: "NoEncryption" },
      CloudWatchLoggingOptions: { Enabled: false },
    };
    expect(await firehose.describe()).toEqual({
      DeliveryStreamName: streamName,
      DeliveryStreamARN: "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
      DeliveryStreamStatus: "CREATING",
      DeliveryStreamType: "DirectPut",
      VersionId: "1",
      CreateTimestamp: new Date(firehose.clock.now()),
      DeliveryStreamEncryptionConfiguration: { Status: "DISABLED" },
      Destinations: [
        {
          DestinationId: "destinationId-000000000001",
          S3DestinationDescription: basic,
          ExtendedS3DestinationDescription: { ...basic, S3BackupMode: "Disabled" },
        },
      ],
      HasMoreDestinations: false,
    });
    await firehose.settle();
    expect((await firehose.describe()).DeliveryStreamStatus).toBe("ACTIVE");
  });

  it("shows everything that was said, and the same after a restart", async () => {
    await using firehose = await TestFirehose.start();
    const settings = {
      Prefix: "in/!{timestamp:yyyy/MM/dd}/",
      ErrorOutputPrefix: "bad/!{firehose:error-output-type}/",
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
      CompressionFormat: "GZIP",
      EncryptionConfiguration: {
        KMSEncryptionConfig: { AWSKMSKeyARN: "arn:aws:kms:us-east-1:000000000000:key/k" },
      },
      CloudWatchLoggingOptions: { Enabled: true, LogGroupName: "g", LogStreamName: "s" },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: "AppendDelimiterToRecord",
            Parameters: [{ ParameterName: "Delimiter", ParameterValue: "\\n" }],
          },
        ],
      },
      FileExtension: ".json.gz",
      CustomTimeZone: "Europe/Berlin",
    } as const;
    const S3BackupConfiguration = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::backup", Prefix: "raw/" };
    await firehose.create(
      {
        ...settings,
        ProcessingConfiguration: {
          Enabled: true,
          Processors: settings.ProcessingConfiguration.Processors.map(({ Type, Parameters }) => ({
            Type,
            Parameters: [...Parameters],
          })),
        },
        S3BackupMode: "Enabled",
        S3BackupConfiguration,
      },
      { DirectPutSourceConfiguration: { ThroughputHintInMBs: 7 } },
    );
    const described = await firehose.describe();
    const [destination] = described.Destinations;
    expect(destination?.ExtendedS3DestinationDescription).toMatchObject({
      ...settings,
      S3BackupMode: "Enabled",
      S3BackupDescription: { ...S3BackupConfiguration, BufferingHints: { SizeInMBs: 5 } },
    });
    const { CompressionFormat, Prefix } = settings;
    expect(destination?.S3DestinationDescription).toMatchObject({ CompressionFormat, Prefix });
    expect(destination?.S3DestinationDescription).not.toHaveProperty("FileExtension");
    expect(described.Source).toEqual({ DirectPutSourceDescription: { ThroughputHintInMBs: 7 } });
    await firehose.restart();
    expect(await firehose.describe()).toEqual(described);
  });

  it("shows the data stream that a stream reads from, and no encryption then", async () => {
    await using firehose = await TestFirehose.start();
    const source = {
      KinesisStreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
      RoleARN: "arn:aws:iam::000000000000:role/reader",
    };
    const nowMs = firehose.clock.now();
    await firehose.create(
      {},
      { DeliveryStreamType: "KinesisStreamAsSource", KinesisStreamSourceConfiguration: source },
    );
    const described = await firehose.describe();
    expect(described).toMatchObject({
      DeliveryStreamType: "KinesisStreamAsSource",
      Source: {
        KinesisStreamSourceDescription: { ...source, DeliveryStartTimestamp: new Date(nowMs) },
      },
    });
    expect(described).not.toHaveProperty("DeliveryStreamEncryptionConfiguration");
  });

  it("answers the destination whatever the page", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    const { DeliveryStreamDescription } = await firehose.run("DescribeDeliveryStream", {
      DeliveryStreamName: streamName,
      ExclusiveStartDestinationId: "destinationId-000000000001",
      Limit: 1,
    });
    expect(DeliveryStreamDescription?.Destinations).toHaveLength(1);
  });

  it("knows no stream that is not there", async () => {
    await using firehose = await TestFirehose.start();
    const answer = firehose.run("DescribeDeliveryStream", { DeliveryStreamName: "other" });
    expect(await codeOf(answer)).toBe("ResourceNotFoundException");
  });
});
