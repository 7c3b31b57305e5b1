import { type FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from "@aws-sdk/client-firehose";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { admin } from "../fixtures/admin-client.ts";
import { createDeliveryStream, eventually, firehoseClient } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const RoleARN = "arn:aws:iam::000000000000:role/firehose";

interface Delivery {
  readonly target: string;
  readonly bucket: string;
  readonly key: string;
  readonly records: number;
  readonly ms: number;
}

interface Flushed {
  readonly records: number;
  readonly bytes: number;
  readonly failedRecords: number;
  readonly deliveries: readonly Delivery[];
}

interface DeliveryUse {
  readonly buffers: {
    readonly bytes: number;
    readonly maxBytes: number;
    readonly ageSeconds: number;
    readonly maxSeconds: number;
    readonly partitions: number;
  };
  readonly backlog: { readonly records: number; readonly bytes: number };
  readonly producers: readonly { readonly library: string }[];
  readonly deliveries: readonly Delivery[];
  readonly failures: readonly { readonly kind: string; readonly code: string; readonly count: number }[];
}

let millrace: MillraceProcess;
let firehose: FirehoseClient;
let s3: S3Client;

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "50" } });
  firehose = firehoseClient(millrace.url);
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
});

afterAll(async () => {
  firehose?.destroy();
  s3?.destroy();
  await millrace?.dispose();
});

/** A stream whose buffers nothing but a flush delivers within this test. */
async function create(DeliveryStreamName: string, bucket: string = "lake"): Promise<void> {
  await createDeliveryStream(firehose, {
    DeliveryStreamName,
    ExtendedS3DestinationConfiguration: {
      ...{ BucketARN: `arn:aws:s3:::${bucket}`, RoleARN, Prefix: `${DeliveryStreamName}/` },
      BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 900 },
    },
  });
}

async function put(DeliveryStreamName: string, ...texts: readonly string[]): Promise<void> {
  const Records = texts.map((text) => ({ Data: Buffer.from(text) }));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
}

const use = async (name: string): Promise<DeliveryUse> =>
  (await admin<DeliveryUse>(millrace.url, `GET deliveries/${name}/use`)).body;

async function textOf({ bucket, key }: Delivery): Promise<string | undefined> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body?.transformToString();
}

it("fills two gauges, and delivers at once when it is told to", async () => {
  await create("clicks");
  await put("clicks", "one\n", "two\n");
  await eventually(async () => (await use("clicks")).buffers.bytes === 8);
  const before = await use("clicks");
  expect(before.buffers).toMatchObject({ maxBytes: 64 * 1024 * 1024, maxSeconds: 900, partitions: 1 });
  expect(before.backlog).toMatchObject({ records: 2, bytes: 8 });
  expect(before.producers[0]?.library).toMatch(/^AWS SDK for JavaScript/);
  expect((await s3.send(new ListObjectsV2Command({ Bucket: "lake" }))).KeyCount).toBe(0);
  const { status, body } = await admin<Flushed>(millrace.url, "POST deliveries/clicks/flush");
  expect(status).toBe(200);
  expect(body).toMatchObject({ records: 2, bytes: 8, failedRecords: 0 });
  expect(body.deliveries).toHaveLength(1);
  for (const delivery of body.deliveries) expect(await textOf(delivery)).toBe("one\ntwo\n");
  const after = await use("clicks");
  expect(after.buffers).toMatchObject({ bytes: 0, ageSeconds: 0, partitions: 0 });
  expect(after.backlog).toMatchObject({ records: 0 });
  expect(after.deliveries).toEqual(body.deliveries);
});

it("answers at once where there is nothing to deliver", async () => {
  const { status, body } = await admin<Flushed>(millrace.url, "POST deliveries/clicks/flush");
  expect({ status, body }).toMatchObject({ status: 200, body: { records: 0, deliveries: [] } });
});

it("survives a kill right behind the answer, and delivers nothing twice", async () => {
  await create("orders");
  await put("orders", "a", "b", "c");
  const { body } = await admin<Flushed>(millrace.url, "POST deliveries/orders/flush");
  expect(body.records).toBe(3);
  await millrace.kill();
  await millrace.start();
  await put("orders", "d");
  expect((await admin<Flushed>(millrace.url, "POST deliveries/orders/flush")).body.records).toBe(1);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "lake", Prefix: "orders/" }));
  const texts = await Promise.all(
    Contents.map(({ Key = "" }) => textOf({ bucket: "lake", key: Key, target: "", records: 0, ms: 0 })),
  );
  expect(texts.sort()).toEqual(["abc", "d"]);
});

it("answers with the reason when the destination does not take it, and delivers once it does", async () => {
  await s3.send(new CreateBucketCommand({ Bucket: "gone" }));
  await create("lost", "gone");
  await s3.send(new DeleteBucketCommand({ Bucket: "gone" }));
  await firehose.send(
    new PutRecordCommand({ DeliveryStreamName: "lost", Record: { Data: Buffer.from("still here") } }),
  );
  const refused = await admin<{ code: string; message: string }>(
    millrace.url,
    "POST deliveries/lost/flush?waitMs=60000",
  );
  expect(refused.status).toBe(502);
  expect(refused.body.code).toBe("S3.NoSuchBucket");
  expect(refused.body.message).toContain("bucket was not found");
  expect(await use("lost")).toMatchObject({
    backlog: { records: 1 },
    failures: [{ kind: "attempt", code: "S3.NoSuchBucket" }],
    deliveries: [],
  });
  await s3.send(new CreateBucketCommand({ Bucket: "gone" }));
  await eventually(async () => {
    const { status } = await admin(millrace.url, "POST deliveries/lost/flush?waitMs=60000");
    return status === 200;
  });
  const [delivery] = (await use("lost")).deliveries;
  expect(delivery && (await textOf(delivery))).toBe("still here");
});

it("knows no delivery stream of another name, and no wait beyond its bounds", async () => {
  for (const call of ["GET deliveries/nothing/use", "POST deliveries/nothing/flush"])
    expect((await admin(millrace.url, call)).status).toBe(404);
  expect((await admin(millrace.url, "POST deliveries/clicks/flush?waitMs=1")).status).toBe(400);
});

it("takes flushes at the same time", async () => {
  await put("clicks", ...Array.from({ length: 100 }, (_, i) => `${i}\n`));
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => admin<Flushed>(millrace.url, "POST deliveries/clicks/flush")),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect((await use("clicks")).backlog.records).toBe(0);
});
