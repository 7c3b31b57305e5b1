import type { CreateDeliveryStreamInput, ExtendedS3DestinationConfiguration } from "@aws-sdk/client-firehose";
import { describe, expect, it } from "vitest";
import {
  codeAndMessageOf,
  createInput,
  errorOf,
  roleArn,
  streamName,
  TestFirehose,
} from "../test-firehose.ts";

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/k";
const kinesis = {
  DeliveryStreamType: "KinesisStreamAsSource",
  KinesisStreamSourceConfiguration: {
    KinesisStreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/orders",
    RoleARN: "arn:aws:iam::000000000000:role/reader",
  },
} as const;

/** The message of an InvalidArgumentException. */
async function refusal(
  settings: Partial<ExtendedS3DestinationConfiguration>,
  input: Partial<CreateDeliveryStreamInput> = {},
): Promise<string> {
  await using firehose = await TestFirehose.start();
  const error = await errorOf(firehose.run("CreateDeliveryStream", createInput(settings, input)));
  expect(error).toMatchObject({ code: "InvalidArgumentException", status: 400 });
  return error.message;
}

const without = (input: Partial<CreateDeliveryStreamInput>): CreateDeliveryStreamInput => ({
  DeliveryStreamName: streamName,
  ...input,
});

describe("CreateDeliveryStream", () => {
  it("answers the ARN at once, and the stream becomes ACTIVE", async () => {
    await using firehose = await TestFirehose.start();
    const answer = await firehose.run("CreateDeliveryStream", createInput());
    expect(answer).toEqual({
      DeliveryStreamARN: "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks",
    });
    expect((await firehose.describe()).DeliveryStreamStatus).toBe("CREATING");
    await firehose.settle();
    expect((await firehose.describe()).DeliveryStreamStatus).toBe("ACTIVE");
  });

  it("takes the older form of an S3 destination", async () => {
    await using firehose = await TestFirehose.start();
    const S3DestinationConfiguration = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::lake", Prefix: "p/" };
    await firehose.run("CreateDeliveryStream", without({ S3DestinationConfiguration }));
    const [destination] = (await firehose.describe()).Destinations;
    expect(destination?.ExtendedS3DestinationDescription).toMatchObject(S3DestinationConfiguration);
  });

  it("refuses a second stream of the name, also at the same time", async () => {
    await using firehose = await TestFirehose.start();
    const calls = [1, 2, 3].map(() => firehose.run("CreateDeliveryStream", createInput()));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await codeAndMessageOf(firehose.run("CreateDeliveryStream", createInput()))).toEqual({
      code: "ResourceInUseException",
      message: "Firehose clicks under accountId 000000000000 already exists",
    });
    await firehose.run("CreateDeliveryStream", createInput(), { region: "eu-west-1" });
  });

  it("refuses more streams than an account may have in a region", async () => {
    await using firehose = await TestFirehose.start({ streamLimit: 1 });
    await firehose.run("CreateDeliveryStream", createInput());
    const more = firehose.run("CreateDeliveryStream", createInput({}, { DeliveryStreamName: "more" }));
    expect(await codeAndMessageOf(more)).toEqual({
      code: "LimitExceededException",
      message: "You have already consumed your firehose quota of 1 hoses. Firehose names: [clicks]",
    });
  });

  it("wants exactly one destination", async () => {
    await using firehose = await TestFirehose.start();
    const one = "Exactly one destination configuration is supported for a Firehose";
    const place = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::lake" };
    const message = async (input: Partial<CreateDeliveryStreamInput>): Promise<string> =>
      (await errorOf(firehose.run("CreateDeliveryStream", without(input)))).message;
    expect(await message({})).toBe(one);
    expect(
      await message({ S3DestinationConfiguration: place, ExtendedS3DestinationConfiguration: place }),
    ).toBe(one);
  });

  it("refuses what Millrace cannot do by its name", async () => {
    await using firehose = await TestFirehose.start();
    const message = async (input: Partial<CreateDeliveryStreamInput>): Promise<string> =>
      (await errorOf(firehose.run("CreateDeliveryStream", without(input)))).message;
    const S3Configuration = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::lake" };
    const SnowflakeDestinationConfiguration = {
      AccountUrl: "https://a.snowflakecomputing.com",
      Database: "d",
      Schema: "s",
      Table: "t",
      RoleARN: roleArn,
      S3Configuration,
    };
    expect(await message({ SnowflakeDestinationConfiguration })).toMatch(/^Snowflake destinations/);
    expect(
      await message({
        IcebergDestinationConfiguration: { RoleARN: roleArn, CatalogConfiguration: {}, S3Configuration },
      }),
    ).toMatch(/^Apache Iceberg destinations/);
    expect(await refusal({}, { DeliveryStreamType: "MSKAsSource" })).toBe(
      "MSKSourceConfig is mandatory for MSK as Source stream type.",
    );
    const MSKSourceConfiguration = {
      MSKClusterARN: "arn:aws:kafka:us-east-1:000000000000:cluster/c/1",
      TopicName: "t",
      AuthenticationConfiguration: { RoleARN: roleArn, Connectivity: "PUBLIC" },
    } as const;
    expect(await refusal({}, { DeliveryStreamType: "MSKAsSource", MSKSourceConfiguration })).toMatch(
      /broker/,
    );
    expect(await refusal({}, { DeliveryStreamType: "DatabaseAsSource" })).toMatch(/^DatabaseAsSource/);
  });

  it("checks the source data stream and its role", async () => {
    expect(await refusal({}, { DeliveryStreamType: "KinesisStreamAsSource" })).toBe(
      "KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.",
    );
    const missing = {
      ...kinesis.KinesisStreamSourceConfiguration,
      KinesisStreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/missing",
    };
    expect(await refusal({}, { ...kinesis, KinesisStreamSourceConfiguration: missing })).toBe(
      "Stream missing not found.",
    );
    const input = { ...kinesis, DeliveryStreamEncryptionConfigurationInput: { KeyType: "AWS_OWNED_CMK" } };
    expect(await refusal({}, input as Partial<CreateDeliveryStreamInput>)).toBe(
      "Server side encryption from firehose is only allowed for direct put delivery streams and database as a source " +
        "delivery streams",
    );
  });

  it("checks bucket and roles", async () => {
    expect(await refusal({ BucketARN: "arn:aws:s3:::nowhere" })).toBe("S3 Bucket nowhere does not exist.");
    await using firehose = await TestFirehose.start();
    firehose.roles.untrusting.add(roleArn);
    const error = await errorOf(firehose.run("CreateDeliveryStream", createInput()));
    expect(error.message).toBe(
      `Firehose is unable to assume role ${roleArn}. Please check the role provided.`,
    );
  });

  it("checks encryption, logging and backup of objects", async () => {
    expect(await refusal({ EncryptionConfiguration: {} })).toBe(
      "Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified",
    );
    const AWSKMSKeyARN = "arn:aws:kms:eu-west-1:000000000000:key/k";
    expect(await refusal({ EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN } } })).toBe(
      `KMS Key ${AWSKMSKeyARN} does not exist in the same region as the S3 bucket`,
    );
    expect(await refusal({ CloudWatchLoggingOptions: { Enabled: true } })).toBe(
      "CloudWatch Log Group Name is required if CloudWatch Logging is enabled",
    );
    expect(await refusal({ CloudWatchLoggingOptions: { Enabled: true, LogGroupName: "g" } })).toBe(
      "CloudWatch Log Stream Name is required if CloudWatch Logging is enabled",
    );
    expect(await refusal({ S3BackupMode: "Enabled" })).toBe(
      "S3 backup destination configuration is required when enabling S3 backup.",
    );
    const S3BackupConfiguration = { RoleARN: roleArn, BucketARN: "arn:aws:s3:::nowhere" };
    expect(await refusal({ S3BackupMode: "Enabled", S3BackupConfiguration })).toBe(
      "S3 Bucket nowhere does not exist.",
    );
  });

  it("checks prefixes and time zones in AWS's words", async () => {
    const constraint = "Ths supplied prefix(es) do not satisfy the following constraint: ";
    expect(await refusal({ Prefix: "!{timestamp:yyyy}/" })).toBe(
      `${constraint}ErrorOutputPrefix cannot be null or empty when Prefix contains expressions`,
    );
    expect(await refusal({ Prefix: "a", ErrorOutputPrefix: "!{timestamp:yyyy}/" })).toBe(
      `${constraint}ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}`,
    );
    expect(await refusal({ Prefix: "!{partitionKeyFromQuery:a}/", ErrorOutputPrefix: "e/" })).toMatch(
      /^Dynamic Partitioning Namespaces can only be part of a prefix expression/,
    );
    expect(await refusal({ CustomTimeZone: "Asia/Kolkata" })).toMatch(/^Provided custom time zone/);
  });

  it("takes a key for the records that wait, and fails later when the key has become unusable", async () => {
    await using firehose = await TestFirehose.start();
    const asked = { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: keyArn } as const;
    await firehose.run(
      "CreateDeliveryStream",
      createInput({}, { DeliveryStreamEncryptionConfigurationInput: asked }),
    );
    firehose.keys.disabled.add(keyArn);
    await firehose.settle();
    const failure = { Type: "DISABLED_KMS_KEY", Details: `${keyArn} is disabled.` };
    expect(await firehose.describe()).toMatchObject({
      DeliveryStreamStatus: "CREATING_FAILED",
      FailureDescription: failure,
      DeliveryStreamEncryptionConfiguration: { ...asked, Status: "ENABLING_FAILED" },
    });
    await firehose.restart();
    await firehose.run("DeleteDeliveryStream", { DeliveryStreamName: streamName });
    await firehose.settle();
    firehose.keys.disabled.clear();
    await firehose.create({}, { DeliveryStreamEncryptionConfigurationInput: asked });
    expect((await firehose.describe()).DeliveryStreamStatus).toBe("ACTIVE");
  });

  it("goes on after a restart", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.run("CreateDeliveryStream", createInput());
    await firehose.restart();
    await firehose.settle();
    expect((await firehose.describe()).DeliveryStreamStatus).toBe("ACTIVE");
  });

  it("needs the permission to pass each role, to tag and to grant the use of the key", async () => {
    await using firehose = await TestFirehose.start();
    const backupRole = "arn:aws:iam::000000000000:role/backup";
    const input = createInput(
      {
        S3BackupMode: "Enabled",
        S3BackupConfiguration: { RoleARN: backupRole, BucketARN: "arn:aws:s3:::backup" },
      },
      {
        Tags: [{ Key: "a" }],
        DeliveryStreamEncryptionConfigurationInput: { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: keyArn },
      },
    );
    const resources = ["arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks"];
    const context = {
      "iam:PassedToService": "firehose.amazonaws.com",
      "iam:AssociatedResourceArn": resources[0],
    };
    expect(firehose.permissions("CreateDeliveryStream", input)).toEqual([
      { action: "firehose:CreateDeliveryStream", resources },
      { action: "firehose:TagDeliveryStream", resources },
      { action: "iam:PassRole", resources: [roleArn], context },
      { action: "iam:PassRole", resources: [backupRole], context },
      { action: "kms:CreateGrant", resources: [keyArn] },
    ]);
  });
});
