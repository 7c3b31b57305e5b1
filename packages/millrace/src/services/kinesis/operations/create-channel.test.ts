import { describe, expect, it } from "vitest";
import { createInput, destination, recordsOfFormat, roleArn } from "../channels/test-channels.ts";
import { account, codeOf, errorOf, region, TestKinesis } from "../test-kinesis.ts";

const onDemand = { StreamModeDetails: { StreamMode: "ON_DEMAND" } } as const;

async function kinesisWithStream(): Promise<TestKinesis> {
  const kinesis = await TestKinesis.start();
  await kinesis.stream(onDemand);
  return kinesis;
}

describe("CreateChannel", () => {
  it("answers the channel with AWS's defaults, CREATING and later ACTIVE", async () => {
    await using kinesis = await kinesisWithStream();
    const { ChannelDescription: created } = await kinesis.run("CreateChannel", createInput());
    const id = created?.ChannelId ?? "";
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(created).toEqual({
      ChannelName: "archive",
      ChannelARN: `arn:aws:kinesis:${region}:${account}:channel/${id}`,
      ChannelId: id,
      ChannelStatus: "CREATING",
      ChannelCreationTimestamp: new Date(kinesis.clock.now()),
      ServiceExecutionRoleARN: roleArn,
      StreamConfigurationList: [
        {
          StreamARN: kinesis.find().arn,
          StreamCreationTimestamp: new Date(kinesis.find().document.createdMs),
          RecordConfiguration: { RecordFormatType: "JSON" },
        },
      ],
      S3DestinationConfiguration: {
        DataFreshnessInSeconds: 300,
        DeadLetterQueueS3Configuration: {
          BucketARN: "arn:aws:s3:::lake",
          ExpectedBucketOwner: account,
          ErrorOutputPrefix: `kinesis-channel/errors/archive/${id}/`,
        },
        StorageConfiguration: {
          BucketARN: "arn:aws:s3:::lake",
          ExpectedBucketOwner: account,
          CompressionType: "NONE",
          StorageClass: "STANDARD",
          OutputKeyTemplate:
            "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/" +
            "!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}",
        },
      },
      LoggingConfiguration: { CloudWatchLogs: { Enabled: false } },
    });
    expect(kinesis.delivery.isOpen).toBe(false);
    await kinesis.pass();
    const { ChannelDescription } = await kinesis.run("DescribeChannel", { ChannelARN: created?.ChannelARN });
    expect(ChannelDescription?.ChannelStatus).toBe("ACTIVE");
  });

  it("takes key, letters, logs and tags", async () => {
    await using kinesis = await kinesisWithStream();
    const letters = {
      BucketARN: "arn:aws:s3:::letters",
      ExpectedBucketOwner: account,
      ErrorOutputPrefix: "bad/",
    };
    const ChannelARN = await kinesis.channel({
      S3DestinationConfiguration: destination({}, { DeadLetterQueueS3Configuration: letters }),
      EncryptionConfiguration: { EncryptionType: "KMS", KeyId: "alias/lake" },
      LoggingConfiguration: { CloudWatchLogs: { Enabled: true } },
      Tags: { team: "a" },
    });
    const { ChannelDescription } = await kinesis.run("DescribeChannel", { ChannelARN });
    expect(ChannelDescription).toMatchObject({
      ChannelStatus: "ACTIVE",
      S3DestinationConfiguration: { DeadLetterQueueS3Configuration: letters },
      EncryptionConfiguration: { EncryptionType: "KMS", KeyId: "alias/lake" },
      LoggingConfiguration: {
        CloudWatchLogs: {
          LogGroupName: `/aws/kinesis/archive/${ChannelDescription?.ChannelId}`,
          LogStreamName: "DestinationDelivery",
        },
      },
    });
    const { Tags } = await kinesis.run("ListTagsForResource", { ResourceARN: ChannelARN });
    expect(Tags).toEqual([{ Key: "team", Value: "a" }]);
  });

  it.each([
    ["both destinations or none", { S3DestinationConfiguration: undefined }, /but not both/],
    [
      "streaming tables",
      {
        S3DestinationConfiguration: undefined,
        S3TablesDestinationConfiguration: {
          DeadLetterQueueS3Configuration: {
            BucketARN: "arn:aws:s3:::lake",
            ExpectedBucketOwner: account,
          },
          S3TablesConfigurationList: [
            {
              TableBucketARN: `arn:aws:s3tables:${region}:${account}:bucket/tables`,
              Namespace: "n",
              TableName: "t",
              CompressionType: "ZSTD" as const,
            },
          ],
        },
      },
      /S3TablesDestinationConfiguration is not supported/,
    ],
    ["GSR_JSON", recordsOfFormat("GSR_JSON"), /GSR_JSON is only supported/],
    [
      "a freshness that is too short",
      { S3DestinationConfiguration: destination({}, { DataFreshnessInSeconds: 299 }) },
      /between 300 and 900/,
    ],
    [
      "a freshness that is too long",
      { S3DestinationConfiguration: destination({}, { DataFreshnessInSeconds: 901 }) },
      /between 300 and 900/,
    ],
    [
      "an AWS managed key",
      { EncryptionConfiguration: { EncryptionType: "KMS" as const, KeyId: "alias/aws/kinesis" } },
      /customer managed key/,
    ],
    [
      "a template without its extension",
      { S3DestinationConfiguration: destination({ CompressionType: "GZIP", OutputKeyTemplate: "a" }) },
      /OutputKeyTemplate must include an extension placeholder/,
    ],
    ["tags of AWS", { Tags: { "aws:a": "b" } }, /must not start with aws:/],
  ])("refuses %s", async (_what, changes, message) => {
    await using kinesis = await kinesisWithStream();
    const error = await errorOf(kinesis.run("CreateChannel", createInput(changes)));
    expect(error).toMatchObject({
      code: "InvalidArgumentException",
      message: expect.stringMatching(message),
    });
    expect((await kinesis.run("ListChannels", {})).ChannelSummaries).toEqual([]);
  });

  it("needs an ON_DEMAND stream that is ACTIVE, of its own account and region, and only one", async () => {
    await using kinesis = await TestKinesis.start();
    const create = (changes: Parameters<typeof createInput>[0] = {}, call = {}): Promise<string> =>
      codeOf(kinesis.run("CreateChannel", createInput(changes), call));
    expect(await create()).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await create()).toBe("ResourceInUseException");
    await kinesis.pass();
    expect(await create()).toBe("ValidationException");
    expect(await create({}, { region: "eu-west-1" })).toBe("InvalidArgumentException");
    expect(await create({}, { account: "111122223333" })).toBe("InvalidArgumentException");
    const [one] = createInput().StreamConfigurationList ?? [];
    const two = one === undefined ? [] : [one, one];
    expect(await create({ StreamConfigurationList: two })).toBe("InvalidArgumentException");
  });

  it("passes on what KMS says of the key", async () => {
    await using kinesis = await kinesisWithStream();
    const EncryptionConfiguration = { EncryptionType: "KMS", KeyId: "missing" } as const;
    const refused = codeOf(kinesis.run("CreateChannel", createInput({ EncryptionConfiguration })));
    expect(await refused).toBe("KMSNotFoundException");
  });

  it("gives a stream one channel, and a name once, also when two ask at once", async () => {
    await using kinesis = await kinesisWithStream();
    const asked = [createInput(), createInput({ ChannelName: "second" })];
    const answers = await Promise.allSettled(asked.map((input) => kinesis.run("CreateChannel", input)));
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const again = codeOf(kinesis.run("CreateChannel", createInput({ ChannelName: "third" })));
    expect(await again).toBe("LimitExceededException");
    await kinesis.stream({ StreamName: "others", ...onDemand });
    const [configuration] = createInput().StreamConfigurationList ?? [];
    const StreamConfigurationList = [
      {
        StreamARN: kinesis.find("others").arn,
        RecordConfiguration: configuration?.RecordConfiguration,
      },
    ];
    const [taken] = (await kinesis.run("ListChannels", {})).ChannelSummaries ?? [];
    const sameName = createInput({ ChannelName: taken?.ChannelName, StreamConfigurationList });
    expect(await codeOf(kinesis.run("CreateChannel", sameName))).toBe("ResourceInUseException");
  });

  it("ends FAILED, with the reason, when the destination cannot be written to", async () => {
    for (const [storage, reason] of [
      [{ BucketARN: "arn:aws:s3:::none" }, "The bucket was not found."],
      [{ ExpectedBucketOwner: "111122223333" }, "Not its owner."],
      [{ BucketARN: "arn:aws:s3:::far" }, /is in eu-west-1, not in the channel's region us-east-1/],
    ] as const) {
      await using kinesis = await kinesisWithStream();
      const ChannelARN = await kinesis.channel({ S3DestinationConfiguration: destination(storage) });
      const { ChannelDescription } = await kinesis.run("DescribeChannel", { ChannelARN });
      expect(ChannelDescription).toMatchObject({
        ChannelStatus: "FAILED",
        ChannelStatusReason: expect.stringMatching(reason),
      });
      const second = codeOf(kinesis.run("CreateChannel", createInput({ ChannelName: "second" })));
      expect(await second).toBe("LimitExceededException");
      await kinesis.run("DeleteChannel", { ChannelARN });
      await kinesis.pass();
      await kinesis.run("CreateChannel", createInput());
    }
  });

  it("asks for the stream, the tags and the role", async () => {
    await using kinesis = await kinesisWithStream();
    const permissions = kinesis.permissions("CreateChannel", createInput({ Tags: { a: "b" } }));
    const streamArn = kinesis.find().arn;
    expect(permissions?.map(({ action, resources }) => [action, ...resources])).toEqual([
      ["kinesis:CreateChannel", streamArn],
      ["kinesis:AssociateStreamsWithChannel", streamArn],
      ["kinesis:TagResource", `arn:aws:kinesis:${region}:${account}:channel/*`],
      ["iam:PassRole", roleArn],
    ]);
    expect(permissions?.at(-1)?.context).toMatchObject({ "iam:PassedToService": "kinesis.amazonaws.com" });
  });
});
