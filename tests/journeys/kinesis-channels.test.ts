import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import {
  type ChannelDescription,
  CreateChannelCommand,
  type CreateChannelCommandInput,
  CreateStreamCommand,
  DeleteChannelCommand,
  DeleteStreamCommand,
  DescribeChannelCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListChannelsCommand,
  PutRecordsCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-kinesis";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, objectsOf } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const account = "000000000000";
const region = "us-east-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const roleArn = `arn:aws:iam::${account}:role/channel`;
/** So that nobody has to wait for the five minutes that are AWS's shortest. */
const soon = { "millrace:data-freshness-seconds": "1" };

let millrace: MillraceProcess;
let kinesis: KinesisClient;
let s3: S3Client;

function kinesisClient(): KinesisClient {
  return new KinesisClient({ endpoint: millrace.url, region, credentials, maxAttempts: 1 });
}

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  kinesis = kinesisClient();
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
});
afterAll(async () => {
  for (const client of [kinesis, s3]) client?.destroy();
  await millrace?.dispose();
});

async function createStream(StreamName: string): Promise<void> {
  await kinesis.send(new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: "ON_DEMAND" } }));
  await eventually(async () => {
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return StreamDescriptionSummary?.StreamStatus === "ACTIVE";
  });
}

async function describeChannel(ChannelARN: string): Promise<ChannelDescription | undefined> {
  return (await kinesis.send(new DescribeChannelCommand({ ChannelARN }))).ChannelDescription;
}

async function reaches(ChannelARN: string, status: string): Promise<void> {
  await eventually(async () => (await describeChannel(ChannelARN))?.ChannelStatus === status);
}

/** A stream with a channel of its name, ACTIVE. Answers the channel's ARN. */
async function createChannel(
  ChannelName: string,
  CompressionType: "NONE" | "GZIP" | "ZSTD",
  changes: Partial<CreateChannelCommandInput> = {},
): Promise<string> {
  await createStream(ChannelName);
  const { ChannelDescription } = await kinesis.send(
    new CreateChannelCommand({
      ChannelName,
      ServiceExecutionRoleARN: roleArn,
      StreamConfigurationList: [
        {
          StreamARN: `arn:aws:kinesis:${region}:${account}:stream/${ChannelName}`,
          RecordConfiguration: { RecordFormatType: "JSON" },
        },
      ],
      S3DestinationConfiguration: {
        StorageConfiguration: {
          BucketARN: "arn:aws:s3:::lake",
          ExpectedBucketOwner: account,
          CompressionType,
          OutputKeyTemplate: "!{channel-name}/year=!{yyyy}/!{HH}!{mm}!{extension}",
        },
      },
      Tags: soon,
      ...changes,
    }),
  );
  const arn = ChannelDescription?.ChannelARN ?? "";
  await reaches(arn, "ACTIVE");
  return arn;
}

/** Puts lines of JSON, each a text; answers those that were acknowledged. */
async function put(StreamName: string, texts: readonly string[]): Promise<string[]> {
  const Records = texts.map((text) => ({
    Data: Buffer.from(`${JSON.stringify(text)}\n`),
    PartitionKey: text,
  }));
  const answer = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
  return texts.filter((_, i) => answer.Records?.[i]?.ErrorCode === undefined);
}

async function textsOf(prefix: string): Promise<string[]> {
  const objects = await objectsOf(s3, "lake", prefix);
  return objects.flatMap(({ key, bytes }) => {
    const plain = key.endsWith(".gz")
      ? gunzipSync(bytes)
      : key.endsWith(".zst")
        ? zstdDecompressSync(bytes)
        : bytes;
    return plain
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  });
}

describe("channels of Kinesis", () => {
  it("deliver each record once, while the process is killed", { timeout: 120_000 }, async () => {
    const arn = await createChannel("killed", "GZIP");
    const acknowledged: string[] = [];
    let isStopped = false;
    const produce = async (producer: number): Promise<void> => {
      for (let batch = 0; !isStopped; batch++) {
        const texts = Array.from({ length: 50 }, (_, i) => `${producer}.${batch}.${i}`);
        // What was not answered may be there or not.
        await put("killed", texts)
          .then((done) => acknowledged.push(...done))
          .catch(() => {});
      }
    };
    const producers = [0, 1, 2].map(produce);
    for (let round = 1; round <= 4; round++) {
      const before = acknowledged.length;
      await eventually(async () => acknowledged.length > before + 1_000);
      await millrace.kill();
      await millrace.start();
    }
    isStopped = true;
    await Promise.all(producers);
    await reaches(arn, "ACTIVE");
    await eventually(async () => {
      const found = new Set(await textsOf("killed/"));
      return acknowledged.every((text) => found.has(text));
    });
    const delivered = await textsOf("killed/");
    expect(new Set(delivered).size).toBe(delivered.length);
    expect(acknowledged.length).toBeGreaterThan(4_000);
  });

  it("compress with Zstandard, encrypt under a key of KMS, and are counted by CloudWatch", async () => {
    const kms = new KMSClient({ endpoint: millrace.url, region, credentials });
    const cloudwatch = new CloudWatchClient({ endpoint: millrace.url, region, credentials });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.Arn ?? "";
    const arn = await createChannel("sealed", "ZSTD", {
      EncryptionConfiguration: { EncryptionType: "KMS", KeyId },
    });
    await put("sealed", ["a", "b"]);
    await eventually(async () => (await textsOf("sealed/")).length === 2);
    const [object] = await objectsOf(s3, "lake", "sealed/");
    expect(object?.encryption).toBe("aws:kms");
    expect(object?.key).toMatch(/^sealed\/year=\d{4}\/\d{4}-[0-9a-f-]{36}\.zst$/);
    const Dimensions = [
      { Name: "StreamName", Value: "sealed" },
      { Name: "ChannelName", Value: "sealed" },
      { Name: "ChannelId", Value: arn.split("/")[1] },
    ];
    await eventually(async () => {
      const { Datapoints } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: "AWS/Kinesis",
          MetricName: "DeliveryToS3.SuccessfulRecordCount",
          Dimensions,
          StartTime: new Date(Date.now() - 3_600_000),
          EndTime: new Date(Date.now() + 3_600_000),
          Period: 3_600,
          Statistics: ["Sum"],
        }),
      );
      return Datapoints?.reduce((sum, { Sum = 0 }) => sum + Sum, 0) === 2;
    });
    for (const client of [kms, cloudwatch]) client.destroy();
  });

  it("are listed, updated and deleted, and hold their stream until then", async () => {
    const ChannelARN = await createChannel("listed", "NONE");
    const StreamARN = `arn:aws:kinesis:${region}:${account}:stream/listed`;
    const { ChannelSummaries } = await kinesis.send(
      new ListChannelsCommand({ StreamFilter: [{ StreamARN }] }),
    );
    expect(ChannelSummaries?.map((summary) => summary.ChannelARN)).toEqual([ChannelARN]);
    const { ChannelDescription } = await kinesis.send(
      new UpdateChannelCommand({ ChannelARN, S3DestinationConfiguration: { DataFreshnessInSeconds: 600 } }),
    );
    expect(ChannelDescription?.ChannelStatus).toBe("UPDATING");
    await reaches(ChannelARN, "ACTIVE");
    expect((await describeChannel(ChannelARN))?.S3DestinationConfiguration?.DataFreshnessInSeconds).toBe(600);
    const deleteStream = (): Promise<unknown> => kinesis.send(new DeleteStreamCommand({ StreamARN }));
    await expect(deleteStream()).rejects.toMatchObject({ name: "ResourceInUseException" });
    await kinesis.send(new DeleteChannelCommand({ ChannelARN }));
    await eventually(async () =>
      describeChannel(ChannelARN).then(
        () => false,
        ({ name }) => name === "ResourceNotFoundException",
      ),
    );
    await deleteStream();
  });

  it("end FAILED when there is no such bucket", async () => {
    await createStream("homeless");
    const { ChannelDescription } = await kinesis.send(
      new CreateChannelCommand({
        ChannelName: "homeless",
        ServiceExecutionRoleARN: roleArn,
        StreamConfigurationList: [
          {
            StreamARN: `arn:aws:kinesis:${region}:${account}:stream/homeless`,
            RecordConfiguration: { RecordFormatType: "BYTE_ARRAY" },
          },
        ],
        S3DestinationConfiguration: {
          StorageConfiguration: {
            BucketARN: "arn:aws:s3:::nowhere",
            ExpectedBucketOwner: account,
            CompressionType: "NONE",
          },
        },
      }),
    );
    const arn = ChannelDescription?.ChannelARN ?? "";
    await reaches(arn, "FAILED");
    expect((await describeChannel(arn))?.ChannelStatusReason).toMatch(/bucket was not found/);
  });
});
