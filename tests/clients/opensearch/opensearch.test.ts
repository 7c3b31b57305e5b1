import {
  CreateDeliveryStreamCommand,
  type DeliveryStreamDescription,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  PutRecordBatchCommand,
  UpdateDestinationCommand,
} from "@aws-sdk/client-firehose";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";
import { s3Client } from "../../fixtures/s3-client.ts";
import { OpenSearchNode } from "./opensearch-node.ts";

const region = "us-east-1";
const role = "arn:aws:iam::000000000000:role/delivery";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const deadlineMs = 120_000;
const pollMs = 200;

let opensearch: OpenSearchNode;
let millrace: MillraceProcess;
let firehose: FirehoseClient;
let s3: S3Client;

beforeAll(async () => {
  opensearch = await OpenSearchNode.start();
  millrace = await MillraceProcess.start();
  firehose = new FirehoseClient({ endpoint: millrace.url, region, credentials });
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
});

afterAll(async () => {
  firehose?.destroy();
  s3?.destroy();
  await millrace?.dispose();
  await opensearch?.dispose();
});

async function createStream(name: string): Promise<void> {
  await firehose.send(
    new CreateDeliveryStreamCommand({
      DeliveryStreamName: name,
      AmazonopensearchserviceDestinationConfiguration: {
        RoleARN: role,
        ClusterEndpoint: opensearch.url,
        IndexName: name,
        BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
        RetryOptions: { DurationInSeconds: 7200 },
        S3Configuration: { RoleARN: role, BucketARN: "arn:aws:s3:::lake", Prefix: `${name}/` },
      },
    }),
  );
  await until(async () => (await described(name)).DeliveryStreamStatus === "ACTIVE");
}

async function described(name: string): Promise<Partial<DeliveryStreamDescription>> {
  const command = new DescribeDeliveryStreamCommand({ DeliveryStreamName: name });
  const { DeliveryStreamDescription: description } = await firehose.send(command);
  return description ?? {};
}

async function put(name: string, documents: readonly unknown[]): Promise<void> {
  const answer = await firehose.send(
    new PutRecordBatchCommand({
      DeliveryStreamName: name,
      Records: documents.map((document) => ({ Data: Buffer.from(JSON.stringify(document)) })),
    }),
  );
  expect(answer.FailedPutCount).toBe(0);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + deadlineMs;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error("what was waited for did not come");
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Numbers of the documents in an index, of which there must be as many as said. */
async function numbersIn(index: string, count: number): Promise<number[]> {
  let documents: ReadonlyMap<string, unknown> = new Map();
  await until(async () => {
    documents = await opensearch.documents(index);
    return documents.size >= count;
  });
  return [...documents.values()].map((document) => (document as { n: number }).n).sort((a, b) => a - b);
}

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

async function failedAttempts(): Promise<number> {
  const metrics = await (await fetch(`${millrace.url}/_millrace/metrics`)).text();
  return Number(/^millrace_firehose_failed_attempts_total\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

describe("an OpenSearch node", () => {
  it("has each document once, also when node and Millrace were down in between", async () => {
    await createStream("events");
    await put(
      "events",
      numbers(0, 400).map((n) => ({ n })),
    );
    expect(await numbersIn("events-*", 400)).toEqual(numbers(0, 400));

    await opensearch.stop();
    await put(
      "events",
      numbers(400, 100).map((n) => ({ n })),
    );
    await until(async () => (await failedAttempts()) > 0);
    await millrace.kill();
    await millrace.start();
    await put(
      "events",
      numbers(500, 100).map((n) => ({ n })),
    );
    await opensearch.start();
    expect(await numbersIn("events-*", 600)).toEqual(numbers(0, 600));
  });

  it("rotates to another index when the period is another one", async () => {
    await createStream("rotated");
    await put("rotated", [{ n: 1 }]);
    expect(await numbersIn("rotated-*-*-*", 1)).toEqual([1]);
    await firehose.send(
      new UpdateDestinationCommand({
        DeliveryStreamName: "rotated",
        CurrentDeliveryStreamVersionId: (await described("rotated")).VersionId,
        DestinationId: "destinationId-000000000001",
        AmazonopensearchserviceDestinationUpdate: { IndexRotationPeriod: "OneMonth" },
      }),
    );
    await put("rotated", [{ n: 2 }]);
    expect(await numbersIn("rotated-*", 2)).toEqual([1, 2]);
    // Indexes of a day have three dashes, those of a month two.
    expect(await numbersIn("rotated-*-*-*", 1)).toEqual([1]);
  });

  it("refuses what does not fit its mapping, and that lies in S3", async () => {
    await createStream("refused");
    await put("refused", [{ n: 1 }]);
    expect(await numbersIn("refused-*", 1)).toEqual([1]);
    await put("refused", [{ n: 2 }, { n: "no number" }, { n: 3 }, "no object"]);
    expect(await numbersIn("refused-*", 3)).toEqual([1, 2, 3]);
    const prefix = "refused/AmazonOpenSearchService_failed/";
    await until(async () => (await listed(prefix)).length > 0);
    const [key] = await listed(prefix);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "lake", Key: key }));
    const lines = String(await Body?.transformToString())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    const byData = new Map(lines.map((line) => [Buffer.from(line.rawData, "base64").toString(), line]));
    expect(byData.get('{"n":"no number"}')).toMatchObject({
      attemptsMade: 1,
      errorCode: "400",
      errorMessage: expect.stringContaining("mapper_parsing_exception"),
      esIndexName: expect.stringMatching(/^refused-/),
      esDocumentId: expect.any(String),
    });
    expect(byData.get('"no object"')).toMatchObject({ errorCode: "400" });
  });
});

async function listed(prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "lake", Prefix: prefix }));
  return Contents.map(({ Key = "" }) => Key);
}
