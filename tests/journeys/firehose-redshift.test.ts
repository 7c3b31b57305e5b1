import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDeliveryStream, eventually, firehoseClient, objectsOf } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const RoleARN = "arn:aws:iam::000000000000:role/firehose";
const rounds = 6;
const batchRecords = 200;

let millrace: MillraceProcess;
let firehose: FirehoseClient;
let s3: S3Client;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  firehose = firehoseClient(millrace.url);
  s3 = s3Client(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
});
afterAll(async () => {
  firehose?.destroy();
  s3?.destroy();
  await millrace?.dispose();
});

async function sql(text: string): Promise<unknown[][]> {
  const client = new Client({
    ...{ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", password: "x", database: "dev" },
  });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

async function stream(DeliveryStreamName: string, DataTableName: string, retryS: number): Promise<void> {
  await createDeliveryStream(firehose, {
    DeliveryStreamName,
    RedshiftDestinationConfiguration: {
      RoleARN,
      ClusterJDBCURL: "jdbc:redshift://millrace.abc123.us-east-1.redshift.amazonaws.com:5439/dev",
      CopyCommand: { DataTableName, CopyOptions: "json 'auto'" },
      Username: "awsuser",
      Password: "Password1",
      RetryOptions: { DurationInSeconds: retryS },
      S3Configuration: {
        ...{ RoleARN, BucketARN: "arn:aws:s3:::lake", Prefix: `${DeliveryStreamName}/` },
        ...{ CompressionFormat: "GZIP", BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 } },
      },
    },
  });
}

const padding = "x".repeat(6_000);

/** More than a buffer holds, so that no test waits for the clock. */
async function put(DeliveryStreamName: string, from: number): Promise<void> {
  const Records = Array.from({ length: batchRecords }, (_, i) => ({
    Data: Buffer.from(`${JSON.stringify({ id: from + i, text: padding })}\n`),
  }));
  const answer = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
  expect(answer.FailedPutCount).toBe(0);
}

it("every record comes into the table, also when Millrace is killed in between", async () => {
  await sql("create table clicks (id int, text varchar(10000))");
  await stream("clicks", "public.clicks", 600);
  for (let round = 0; round < rounds; round++) {
    await put("clicks", round * batchRecords);
    // Some kills come before the staging, some during the load, some behind it.
    if (round % 2 === 1) {
      if (round > 1)
        await eventually(async () => Number((await sql("select count(*) from clicks"))[0]?.[0]) > 0);
      await millrace.kill();
      await millrace.start();
    }
  }
  const total = rounds * batchRecords;
  // What does not fill a buffer comes with the next records.
  let filler = total;
  await eventually(async () => {
    const [[count] = []] = await sql(`select count(distinct id) from clicks where id < ${total}`);
    if (Number(count) === total) return true;
    await put("clicks", filler);
    filler += batchRecords;
    return false;
  });
  const staged = await objectsOf(s3, "lake", "clicks/manifests/");
  expect(staged.length).toBeGreaterThan(0);
  expect(await objectsOf(s3, "lake", "clicks/errors/")).toEqual([]);
  expect(await sql(`select count(*) from clicks where len(text) <> 6000`)).toEqual([["0"]]);
});

it("what cannot be loaded leaves a manifest to load it by hand", async () => {
  await stream("lost", "public.not_there_yet", 0);
  await put("lost", 0);
  await eventually(async () => (await objectsOf(s3, "lake", "lost/errors/manifests/")).length > 0);
  const [manifest] = await objectsOf(s3, "lake", "lost/errors/manifests/");
  await sql("create table not_there_yet (id int, text varchar(10000))");
  await sql(
    `copy not_there_yet from 's3://lake/${manifest?.key}' iam_role '${RoleARN}' manifest gzip json 'auto'`,
  );
  const [[count] = []] = await sql("select count(*) from not_there_yet");
  expect(Number(count)).toBeGreaterThan(0);
});
