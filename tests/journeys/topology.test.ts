import type { FirehoseClient } from "@aws-sdk/client-firehose";
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { admin } from "../fixtures/admin-client.ts";
import { createDeliveryStream, eventually, firehoseClient } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const account = "000000000000";
const region = "us-east-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const streamArn = `arn:aws:kinesis:${region}:${account}:stream/clicks`;
const deliveryArn = `arn:aws:firehose:${region}:${account}:deliverystream/archive`;
const tableArn = `arn:aws:glue:${region}:${account}:table/lake/clicks`;
const clusterArn = `arn:aws:redshift:${region}:${account}:cluster:millrace`;

interface Node {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly status?: string;
  readonly figures: Readonly<Record<string, number>>;
}

interface Topology {
  readonly nodes: readonly Node[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly recordsPerSecond: number;
    readonly behindRecords?: number;
  }[];
  readonly omittedNodes: number;
}

let millrace: MillraceProcess;
let s3: S3Client;
let firehose: FirehoseClient;
const clients: { destroy(): void }[] = [];

function kinesisOf(userAgentAppId: string): KinesisClient {
  const client = new KinesisClient({ endpoint: millrace.url, region, credentials, userAgentAppId });
  clients.push(client);
  return client;
}

async function topology(): Promise<Topology> {
  const { status, body } = await admin<Topology>(millrace.url, "GET topology");
  expect(status).toBe(200);
  return body;
}

const edge = ({ edges }: Topology, from: string, to: string) =>
  edges.find((one) => one.from === from && one.to === to);
const named = ({ nodes }: Topology, name: string, kind: string): Node | undefined =>
  nodes.find((node) => node.name === name && node.kind === kind);

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "50" } });
  s3 = s3Client(millrace.url);
  firehose = firehoseClient(millrace.url);
  clients.push(s3, firehose);
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await millrace?.dispose();
});

it("is empty before anything is there", async () => {
  expect(await topology()).toMatchObject({ nodes: [], edges: [], omittedNodes: 0 });
});

it("draws a pipeline from its producer to its bucket, with what goes through it", async () => {
  const producer = kinesisOf("shop");
  await producer.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  await eventually(async () => (await topology()).nodes.some(({ status }) => status === "ACTIVE"));
  await createDeliveryStream(firehose, {
    DeliveryStreamName: "archive",
    DeliveryStreamType: "KinesisStreamAsSource",
    KinesisStreamSourceConfiguration: {
      KinesisStreamARN: streamArn,
      RoleARN: `arn:aws:iam::${account}:role/r`,
    },
    ExtendedS3DestinationConfiguration: {
      BucketARN: "arn:aws:s3:::lake",
      RoleARN: `arn:aws:iam::${account}:role/r`,
      Prefix: "clicks/",
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
    },
  });
  const Records = Array.from({ length: 200 }, (_, i) => ({
    PartitionKey: `${i}`,
    Data: Buffer.from('{"id":1}\n'),
  }));
  await producer.send(new PutRecordsCommand({ StreamName: "clicks", Records }));
  const reader = kinesisOf("alerts");
  const { ShardIterator } = await reader.send(
    new GetShardIteratorCommand({
      ...{ StreamName: "clicks", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
    }),
  );
  await reader.send(new GetRecordsCommand({ ShardIterator, Limit: 50 }));
  await eventually(
    async () => (edge(await topology(), deliveryArn, "bucket:lake")?.recordsPerSecond ?? 0) > 0,
  );
  const drawn = await topology();
  const shop = named(drawn, "shop", "producer")?.id ?? "";
  const alerts = named(drawn, "alerts", "consumer")?.id ?? "";
  expect(edge(drawn, shop, streamArn)).toMatchObject({ kind: "puts" });
  expect(edge(drawn, shop, streamArn)?.recordsPerSecond).toBeGreaterThan(0);
  expect(edge(drawn, streamArn, alerts)).toMatchObject({ kind: "reads", behindRecords: 150 });
  expect(edge(drawn, streamArn, deliveryArn)).toMatchObject({ kind: "reads", behindRecords: 0 });
  expect(edge(drawn, deliveryArn, "bucket:lake")).toMatchObject({ kind: "delivers", unit: "records" });
  expect(drawn.nodes.find(({ id }) => id === streamArn)?.figures).toMatchObject({ shards: 1, records: 200 });
  expect(drawn.nodes.find(({ id }) => id === deliveryArn)?.figures["maxBufferSeconds"]).toBe(1);
});

it("adds tables where they lie, and the cluster that reads them", async () => {
  const glue = new GlueClient({ endpoint: millrace.url, region, credentials });
  clients.push(glue);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  await glue.send(
    new CreateTableCommand({
      DatabaseName: "lake",
      TableInput: {
        Name: "clicks",
        TableType: "EXTERNAL_TABLE",
        Parameters: { classification: "json" },
        StorageDescriptor: {
          Columns: [{ Name: "id", Type: "int" }],
          Location: "s3://lake/clicks/",
          InputFormat: "org.apache.hadoop.mapred.TextInputFormat",
          OutputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
          SerdeInfo: { SerializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
        },
      },
    }),
  );
  const sql = new pg.Client({
    host: "127.0.0.1",
    port: millrace.sqlPort,
    user: "awsuser",
    database: "dev",
    password: "x",
  });
  await sql.connect();
  try {
    await sql.query(
      `create external schema ext from data catalog database 'lake' iam_role 'arn:aws:iam::${account}:role/r'`,
    );
    const { rows } = await sql.query("select count(*)::int as n from ext.clicks");
    expect(rows).toEqual([{ n: 200 }]);
  } finally {
    await sql.end();
  }
  await eventually(async () => edge(await topology(), tableArn, clusterArn) !== undefined);
  const drawn = await topology();
  expect(edge(drawn, "bucket:lake", tableArn)).toMatchObject({ kind: "holds", unit: "objects" });
  expect(edge(drawn, tableArn, clusterArn)).toMatchObject({ kind: "queries" });
  expect(edge(drawn, "bucket:lake", clusterArn)).toMatchObject({ kind: "reads", unit: "objects" });
  expect(named(drawn, "clicks", "table")).toMatchObject({ figures: { columns: 1 } });
});

it("shows who writes objects, and a bucket that is not there as what it is", async () => {
  await s3.send(new PutObjectCommand({ Bucket: "lake", Key: "by-hand.txt", Body: "hello" }));
  await eventually(async () => {
    const drawn = await topology();
    return drawn.edges.some(({ to, kind }) => to === "bucket:lake" && kind === "writes");
  });
  await s3.send(new CreateBucketCommand({ Bucket: "short-lived" }));
  await createDeliveryStream(firehose, {
    DeliveryStreamName: "nowhere",
    ExtendedS3DestinationConfiguration: {
      BucketARN: "arn:aws:s3:::short-lived",
      RoleARN: `arn:aws:iam::${account}:role/r`,
    },
  });
  await eventually(async () => named(await topology(), "short-lived", "bucket") !== undefined);
  expect(named(await topology(), "short-lived", "bucket")?.status).toBeUndefined();
  await s3.send(new DeleteBucketCommand({ Bucket: "short-lived" }));
  await eventually(async () => named(await topology(), "short-lived", "bucket")?.status === "NOT_FOUND");
});

it("keeps ids and order from one answer to the next", async () => {
  const [first, second] = [await topology(), await topology()];
  expect(second.nodes.map(({ id }) => id)).toEqual(first.nodes.map(({ id }) => id));
  expect(second.edges.map(({ from, to }) => [from, to])).toEqual(
    first.edges.map(({ from, to }) => [from, to]),
  );
});

it("shows an account nothing of another one", async () => {
  const other = "123456789012";
  const scope = `${other}/20260101/us-east-1/millrace/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
  const response = await fetch(`${millrace.url}/_millrace/topology`, { headers: { authorization } });
  expect(await response.json()).toMatchObject({ nodes: [], edges: [] });
});

it("is empty again after a reset", async () => {
  expect((await admin(millrace.url, "POST reset")).status).toBe(200);
  await eventually(async () => (await topology()).nodes.every(({ kind }) => kind === "cluster"));
});
