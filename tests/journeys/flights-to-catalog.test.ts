import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamCommandInput,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
} from "@aws-sdk/client-firehose";
import {
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  CreateTableCommand,
  GetCrawlerCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GlueClient,
  ListCrawlsCommand,
  type Partition,
  StartCrawlerCommand,
  type Table,
} from "@aws-sdk/client-glue";
import { type KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import {
  CreateBucketCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { DuckDBInstance } from "@duckdb/node-api";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import { MillraceProcess, repositoryRoot } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";

interface Flight {
  readonly date: string;
  readonly delay: number;
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

const region = "us-east-1";
const role = "arn:aws:iam::000000000000:role/delivery";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const flightsFile = join(repositoryRoot, "node_modules/vega-datasets/data/flights-20k.json");
const flights = JSON.parse(readFileSync(flightsFile, "utf8")) as readonly Flight[];
/** As `id` and month: what must be in the lake, once each. */
const expected = flights.map(({ date, delay }, id) => ({ id, month: date.slice(5, 7), delay }));
const columns = [
  { Name: "id", Type: "bigint" },
  { Name: "date", Type: "string" },
  { Name: "delay", Type: "int" },
  { Name: "distance", Type: "double" },
  { Name: "origin", Type: "string" },
  { Name: "destination", Type: "string" },
];

let millrace: MillraceProcess;
let kinesis: KinesisClient;
let firehose: FirehoseClient;
let glue: GlueClient;
let s3: S3Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-flights-"));
  millrace = await MillraceProcess.start();
  const endpoint = millrace.url;
  kinesis = kinesisClient(endpoint);
  firehose = new FirehoseClient({ endpoint, region, credentials });
  glue = new GlueClient({ endpoint, region, credentials });
  s3 = s3Client(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  await createStream(kinesis, "flights", 2);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  await glue.send(
    new CreateTableCommand({
      DatabaseName: "lake",
      TableInput: { Name: "flight_records", StorageDescriptor: { Columns: columns } },
    }),
  );
  await firehose.send(new CreateDeliveryStreamCommand(deliveryStream));
  await until(async () => {
    const { DeliveryStreamDescription: described } = await firehose.send(
      new DescribeDeliveryStreamCommand({ DeliveryStreamName: "flights" }),
    );
    return described?.DeliveryStreamStatus === "ACTIVE";
  });
});

afterAll(async () => {
  for (const client of [kinesis, firehose, glue, s3]) client?.destroy();
  await millrace?.dispose();
  await rm(folder, { recursive: true, force: true });
});

const deliveryStream: CreateDeliveryStreamCommandInput = {
  DeliveryStreamName: "flights",
  DeliveryStreamType: "KinesisStreamAsSource",
  KinesisStreamSourceConfiguration: {
    KinesisStreamARN: `arn:aws:kinesis:${region}:000000000000:stream/flights`,
    RoleARN: role,
  },
  ExtendedS3DestinationConfiguration: {
    RoleARN: role,
    BucketARN: "arn:aws:s3:::lake",
    Prefix: "flights/month=!{partitionKeyFromQuery:month}/",
    ErrorOutputPrefix: "errors/!{firehose:error-output-type}/",
    BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 10 },
    DynamicPartitioningConfiguration: { Enabled: true },
    ProcessingConfiguration: {
      Enabled: true,
      Processors: [
        {
          Type: "MetadataExtraction",
          Parameters: [
            { ParameterName: "MetadataExtractionQuery", ParameterValue: "{month: .date[5:7]}" },
            { ParameterName: "JsonParsingEngine", ParameterValue: "JQ-1.6" },
          ],
        },
      ],
    },
    DataFormatConversionConfiguration: {
      Enabled: true,
      SchemaConfiguration: {
        RoleARN: role,
        DatabaseName: "lake",
        TableName: "flight_records",
        Region: region,
      },
      InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
    },
  },
};

async function until(condition: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const startedMs = Date.now();
  while (!(await condition())) {
    if (Date.now() - startedMs > timeoutMs) throw new Error("it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Puts flights as producers do; a batch that does not get through a restart is put again. */
async function putFlights(from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += 500) {
    const Records = flights.slice(start, Math.min(start + 500, to)).map((flight, i) => ({
      Data: Buffer.from(JSON.stringify({ id: start + i, ...flight })),
      PartitionKey: flight.origin,
    }));
    const { FailedRecordCount } = await kinesis.send(
      new PutRecordsCommand({ StreamName: "flights", Records }),
    );
    expect(FailedRecordCount).toBe(0);
  }
}

async function keysBelow(Prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: "lake", Prefix }))
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
  return keys;
}

async function download(key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "lake", Key: key }));
  const file = join(folder, key.replaceAll("/", "_"));
  await writeFile(file, await (Body?.transformToByteArray() ?? new Uint8Array()));
  return file;
}

async function rowsIn(keys: readonly string[]): Promise<number> {
  let rows = 0;
  for (const key of keys) {
    const file = await asyncBufferFromFile(await download(key));
    rows += Number((await parquetMetadataAsync(file)).num_rows);
  }
  return rows;
}

async function crawl(): Promise<{ readonly table: Table; readonly partitions: readonly Partition[] }> {
  await glue.send(
    new CreateCrawlerCommand({
      Name: "flights",
      Role: role,
      DatabaseName: "lake",
      Targets: { S3Targets: [{ Path: "s3://lake/flights/" }] },
    }),
  );
  await glue.send(new StartCrawlerCommand({ Name: "flights" }));
  await until(async () => {
    const { Crawler } = await glue.send(new GetCrawlerCommand({ Name: "flights" }));
    return Crawler?.State === "READY" && Crawler.LastCrawl !== undefined;
  });
  const { Crawls } = await glue.send(new ListCrawlsCommand({ CrawlerName: "flights" }));
  expect(Crawls?.map(({ State }) => State)).toEqual(["COMPLETED"]);
  const { Table: table } = await glue.send(new GetTableCommand({ DatabaseName: "lake", Name: "flights" }));
  const { Partitions: partitions } = await glue.send(
    new GetPartitionsCommand({ DatabaseName: "lake", TableName: "flights" }),
  );
  if (table === undefined || partitions === undefined) throw new Error("there is no table");
  return { table, partitions };
}

/** The files of a partition, where its catalog entry says that they are. */
async function filesOf({
  StorageDescriptor,
  Values,
}: Partition): Promise<readonly (readonly [string, string])[]> {
  const prefix = (StorageDescriptor?.Location ?? "").replace("s3://lake/", "");
  expect(prefix).toMatch(/^flights\/month=\d\d\/$/);
  const keys = await keysBelow(prefix);
  return Promise.all(keys.map(async (key) => [await download(key), Values?.[0] ?? ""] as const));
}

describe("flights on their way into the lake", () => {
  it("are put into a stream, and stay there when Millrace is killed halfway", async () => {
    const half = flights.length / 2;
    await putFlights(0, half);
    await millrace.kill();
    await millrace.start();
    await putFlights(half, flights.length);
  });

  it("arrive as Parquet, partitioned by month, none lost and none twice", { timeout: 180_000 }, async () => {
    await until(async () => (await rowsIn(await keysBelow("flights/"))) >= flights.length, 150_000);
    expect(await rowsIn(await keysBelow("flights/"))).toBe(flights.length);
    expect(await keysBelow("errors/")).toEqual([]);
  });

  it("are found by a crawler, and DuckDB counts every one of them once", { timeout: 120_000 }, async () => {
    const { table, partitions } = await crawl();
    expect(table.PartitionKeys).toEqual([{ Name: "month", Type: "string" }]);
    expect(table.StorageDescriptor?.Columns).toEqual(columns);
    expect(table.Parameters).toMatchObject({ classification: "parquet" });
    const files = (await Promise.all(partitions.map(filesOf))).flat();
    const database = await (await DuckDBInstance.create(":memory:")).connect();
    const rows: { id: number; month: string; delay: number }[] = [];
    for (const [file, month] of files) {
      const reader = await database.runAndReadAll(`SELECT id::INTEGER, delay FROM read_parquet('${file}')`);
      for (const [id, delay] of reader.getRows()) rows.push({ id: Number(id), month, delay: Number(delay) });
    }
    database.closeSync();
    expect(rows.sort((a, b) => a.id - b.id)).toEqual(expected);
  });
});
