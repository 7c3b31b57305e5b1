import { gunzipSync } from "node:zlib";
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type FirehoseClient,
  ListDeliveryStreamsCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
  StartDeliveryStreamEncryptionCommand,
  UpdateDestinationCommand,
} from "@aws-sdk/client-firehose";
import { CreateKeyCommand, DisableKeyCommand, EnableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDeliveryStream, eventually, firehoseClient, objectsOf } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const RoleARN = "arn:aws:iam::000000000000:role/firehose";
const BucketARN = "arn:aws:s3:::lake";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

let millrace: MillraceProcess;
let firehose: FirehoseClient;
let s3: S3Client;
let kms: KMSClient;
let cloudwatch: CloudWatchClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  firehose = firehoseClient(millrace.url);
  s3 = s3Client(millrace.url);
  kms = new KMSClient({ endpoint: millrace.url, region: "us-east-1", credentials });
  cloudwatch = new CloudWatchClient({ endpoint: millrace.url, region: "us-east-1", credentials });
  for (const Bucket of ["lake", "raw"]) await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  for (const client of [firehose, s3, kms, cloudwatch]) client?.destroy();
  await millrace?.dispose();
});

function putBatch(DeliveryStreamName: string, texts: readonly string[]): Promise<unknown> {
  const Records = texts.map((text) => ({ Data: Buffer.from(text) }));
  return firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
}

/** All lines below a prefix, taken out of their compression. */
async function linesOf(prefix: string, bucket: string = "lake"): Promise<string[]> {
  const objects = await objectsOf(s3, bucket, prefix);
  return objects.flatMap(({ key, bytes }) =>
    (key.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().split("\n").filter(Boolean),
  );
}

describe("Firehose", () => {
  it("puts records into compressed objects under an evaluated prefix, and backs them up", async () => {
    await createDeliveryStream(firehose, {
      DeliveryStreamName: "clicks",
      ExtendedS3DestinationConfiguration: {
        RoleARN,
        BucketARN,
        Prefix: "clicks/year=!{timestamp:yyyy}/!{firehose:random-string}/",
        ErrorOutputPrefix: "errors/!{firehose:error-output-type}/",
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
        CompressionFormat: "GZIP",
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            {
              Type: "AppendDelimiterToRecord",
              Parameters: [{ ParameterName: "Delimiter", ParameterValue: "\\n" }],
            },
          ],
        },
        S3BackupMode: "Enabled",
        S3BackupConfiguration: {
          RoleARN,
          BucketARN: "arn:aws:s3:::raw",
          BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
        },
      },
    });
    await firehose.send(
      new PutRecordCommand({ DeliveryStreamName: "clicks", Record: { Data: Buffer.from("first") } }),
    );
    await putBatch("clicks", ["second", "third"]);
    await eventually(async () => (await linesOf("clicks/")).length === 3);
    expect((await linesOf("clicks/")).sort()).toEqual(["first", "second", "third"]);
    const [object] = await objectsOf(s3, "lake", "clicks/");
    expect(object?.contentEncoding).toBe("gzip");
    expect(object?.key).toMatch(
      /^clicks\/year=\d{4}\/[A-Za-z0-9]{11}\/clicks-1-\d{4}(-\d\d){5}-[0-9a-f-]{36}\.gz$/,
    );
    await eventually(async () => (await linesOf("", "raw")).join("").length === 16);
  });

  it("loses nothing while destinations change and the process is killed", async () => {
    const stream = { DeliveryStreamName: "changing" };
    await createDeliveryStream(firehose, {
      ...stream,
      ExtendedS3DestinationConfiguration: {
        RoleARN,
        BucketARN,
        Prefix: "changing/1/",
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
      },
    });
    const acknowledged: string[] = [];
    let isStopped = false;
    const produce = async (producer: number): Promise<void> => {
      for (let batch = 0; !isStopped; batch++) {
        const texts = Array.from({ length: 50 }, (_, i) => `${producer}.${batch}.${i}`);
        const put = putBatch(
          "changing",
          texts.map((text) => `${text}\n`),
        );
        // What was not answered may be there or not.
        await put.then(() => acknowledged.push(...texts)).catch(() => {});
      }
    };
    const producers = [1, 2, 3].map(produce);
    for (let version = 1; version <= 3; version++) {
      await firehose.send(
        new UpdateDestinationCommand({
          ...stream,
          CurrentDeliveryStreamVersionId: String(version),
          DestinationId: "destinationId-000000000001",
          ExtendedS3DestinationUpdate: { Prefix: `changing/${version + 1}/` },
        }),
      );
      await millrace.kill();
      await millrace.start();
      const had = acknowledged.length;
      await eventually(async () => acknowledged.length > had + 100);
    }
    isStopped = true;
    await Promise.all(producers);
    await eventually(async () => {
      const lines = new Set(await linesOf("changing/"));
      return acknowledged.every((text) => lines.has(text));
    });
    const lines = await linesOf("changing/");
    const repeated = lines.length - new Set(lines).size;
    expect(repeated).toBe(0);
    const versions = new Set((await objectsOf(s3, "lake", "changing/")).map(({ key }) => key.split("/")[1]));
    expect(versions.has("4")).toBe(true);
    const { DeliveryStreamDescription } = await firehose.send(new DescribeDeliveryStreamCommand(stream));
    expect(DeliveryStreamDescription).toMatchObject({ DeliveryStreamStatus: "ACTIVE", VersionId: "4" });
  });

  it("encrypts what waits and what it writes, and waits itself while a key is disabled", async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const { KeyId = "", Arn = "" } = KeyMetadata ?? {};
    await createDeliveryStream(firehose, {
      DeliveryStreamName: "secret",
      ExtendedS3DestinationConfiguration: {
        RoleARN,
        BucketARN,
        Prefix: "secret/",
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
        EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: Arn } },
      },
    });
    const stream = { DeliveryStreamName: "secret" };
    await firehose.send(
      new StartDeliveryStreamEncryptionCommand({
        ...stream,
        DeliveryStreamEncryptionConfigurationInput: { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: Arn },
      }),
    );
    await eventually(async () => {
      const described = await firehose.send(new DescribeDeliveryStreamCommand(stream));
      const { DeliveryStreamEncryptionConfiguration } = described.DeliveryStreamDescription ?? {};
      return DeliveryStreamEncryptionConfiguration?.Status === "ENABLED";
    });
    const put = (text: string): Promise<{ Encrypted?: boolean | undefined }> =>
      firehose.send(new PutRecordCommand({ ...stream, Record: { Data: Buffer.from(text) } }));
    expect((await put("one\n")).Encrypted).toBe(true);
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(put("two\n")).rejects.toMatchObject({
      name: "InvalidKMSResourceException",
      code: "DisabledException",
    });
    await kms.send(new EnableKeyCommand({ KeyId }));
    await put("three\n");
    await eventually(async () => (await linesOf("secret/")).length === 2);
    expect((await linesOf("secret/")).sort()).toEqual(["one", "three"]);
    const [object] = await objectsOf(s3, "lake", "secret/");
    expect(object?.encryption).toBe("aws:kms");
  });

  it("shows in CloudWatch what it took and delivered", async () => {
    const metric = async (MetricName: string): Promise<number | undefined> => {
      const { Datapoints } = await cloudwatch.send(
        new GetMetricStatisticsCommand({
          Namespace: "AWS/Firehose",
          MetricName,
          Dimensions: [{ Name: "DeliveryStreamName", Value: "clicks" }],
          StartTime: new Date(Date.now() - 3_600_000),
          EndTime: new Date(Date.now() + 3_600_000),
          Period: 86_400,
          Statistics: ["Sum"],
        }),
      );
      return Datapoints?.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
    };
    // The newest values may have gone with the process that was killed; these are of after it.
    await putBatch("clicks", ["more"]);
    await eventually(async () => ((await metric("DeliveryToS3.Records")) ?? 0) >= 1);
    expect(await metric("IncomingRecords")).toBeGreaterThanOrEqual(1);
    expect(await metric("BackupToS3.Records")).toBeGreaterThanOrEqual(1);
  });

  it("deletes a stream, whose name is free again", async () => {
    const stream = { DeliveryStreamName: "secret" };
    await firehose.send(new DeleteDeliveryStreamCommand(stream));
    await eventually(async () => {
      const { DeliveryStreamNames = [] } = await firehose.send(new ListDeliveryStreamsCommand({}));
      return !DeliveryStreamNames.includes("secret");
    });
    await createDeliveryStream(firehose, {
      ...stream,
      S3DestinationConfiguration: { RoleARN, BucketARN },
    });
  });
});
