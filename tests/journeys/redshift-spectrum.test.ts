import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type FirehoseClient,
  PutRecordBatchCommand,
} from "@aws-sdk/client-firehose";
import {
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  GlueClient,
  StartCrawlerCommand,
} from "@aws-sdk/client-glue";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from "@aws-sdk/client-s3";
import { parquetReadObjects } from "hyparquet";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { firehoseClient } from "../fixtures/firehose-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";
import { waitForCrawl } from "../fixtures/wait-for-crawl.ts";

const region = "us-east-1";
const role = "arn:aws:iam::000000000000:role/lake";

let millrace: MillraceProcess;
let s3: S3Client;
let glue: GlueClient;
let firehose: FirehoseClient;
let client: pg.Client;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  s3 = s3Client(millrace.url);
  glue = new GlueClient({ endpoint: millrace.url, region, credentials });
  firehose = firehoseClient(millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  client = new pg.Client({ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev" });
  await client.connect();
  await client.query(`create external schema lake from data catalog database 'lake' iam_role '${role}'`);
});

afterAll(async () => {
  await client?.end();
  for (const one of [s3, glue, firehose]) one?.destroy();
  await millrace?.dispose();
});

async function rows(sql: string): Promise<unknown[][]> {
  return (await client.query({ text: sql, rowMode: "array" })).rows as unknown[][];
}

async function crawl(name: string, path: string): Promise<void> {
  await glue.send(
    new CreateCrawlerCommand({
      Name: name,
      Role: role,
      DatabaseName: "lake",
      Targets: { S3Targets: [{ Path: path }] },
    }),
  );
  await glue.send(new StartCrawlerCommand({ Name: name }));
  expect((await waitForCrawl(glue, name))?.Status).toBe("SUCCEEDED");
  const { TableList } = await glue.send(new GetTablesCommand({ DatabaseName: "lake" }));
  expect(TableList?.map(({ Name }) => Name)).toEqual([name]);
}

describe("a lake behind a warehouse", () => {
  it("has what Firehose delivers and a crawler finds", { timeout: 120_000 }, async () => {
    await firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: "sales",
        ExtendedS3DestinationConfiguration: {
          RoleARN: role,
          BucketARN: "arn:aws:s3:::lake",
          Prefix: "sales/region=north/",
          BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
          CompressionFormat: "GZIP",
        },
      }),
    );
    const named = { DeliveryStreamName: "sales" };
    await vi.waitFor(
      async () => {
        const { DeliveryStreamDescription: described } = await firehose.send(
          new DescribeDeliveryStreamCommand(named),
        );
        expect(described?.DeliveryStreamStatus).toBe("ACTIVE");
      },
      { timeout: 20_000 },
    );
    const Records = Array.from({ length: 300 }, (_, id) => ({
      Data: Buffer.from(`${JSON.stringify({ id, product: id % 3, price: id / 4 })}\n`),
    }));
    await firehose.send(new PutRecordBatchCommand({ ...named, Records }));
    await vi.waitFor(
      async () => {
        const { KeyCount } = await s3.send(
          new ListObjectsV2Command({ Bucket: "lake", Prefix: "sales/region=north/" }),
        );
        expect(KeyCount).toBeGreaterThan(0);
      },
      { timeout: 60_000, interval: 200 },
    );
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "lake", Prefix: "sales/" }));
    for (const { Key = "" } of Contents)
      await s3.send(
        new CopyObjectCommand({
          Bucket: "lake",
          CopySource: `lake/${Key}`,
          Key: Key.replace("north", "south"),
        }),
      );
    await crawl("sales", "s3://lake/sales/");
    expect(
      await rows("select region, count(*)::int, sum(id)::int from lake.sales group by region order by 1"),
    ).toEqual([
      ["north", 300, 44_850],
      ["south", 300, 44_850],
    ]);
  });

  it("is joined with a table of the warehouse, and only what is needed is read", async () => {
    await client.query("create table products (id int, name varchar(20))");
    await client.query("insert into products values (0, 'apple'), (1, 'pear'), (2, 'plum')");
    expect(
      await rows(`select p.name, count(*)::int from lake.sales s join products p on p.id = s.product
        where s.region = 'north' group by 1 order by 1`),
    ).toEqual([
      ["apple", 100],
      ["pear", 100],
      ["plum", 100],
    ]);
    expect(
      await rows(
        "select total_partitions, qualified_partitions from svl_s3partition order by query desc limit 1",
      ),
    ).toEqual([[2, 1]]);
  });

  it("is reached through resource links", async () => {
    const TargetDatabase = { CatalogId: "000000000000", DatabaseName: "lake" };
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "linked", TargetDatabase } }));
    await client.query(
      `create external schema linked from data catalog database 'linked' iam_role '${role}'`,
    );
    expect(await rows("select count(*)::int from linked.sales")).toEqual([[600]]);
    expect(await rows("select tablename from svv_external_tables where schemaname = 'linked'")).toEqual([
      ["sales"],
    ]);
  });

  it("takes what the warehouse writes, for every client of the catalog", async () => {
    await client.query(`create external table lake.by_product partitioned by (product) stored as parquet
      location 's3://lake/by_product/' as
      select id, price::decimal(10,2) as price, product::int as product from lake.sales`);
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: "lake", Name: "by_product" }));
    expect(Table).toMatchObject({
      TableType: "EXTERNAL_TABLE",
      PartitionKeys: [{ Name: "product", Type: "int" }],
      Parameters: { EXTERNAL: "TRUE" },
      StorageDescriptor: {
        Location: "s3://lake/by_product/",
        Columns: [{ Name: "id" }, { Name: "price", Type: "decimal(10,2)" }],
        InputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      },
    });
    const { Partitions = [] } = await glue.send(
      new GetPartitionsCommand({ DatabaseName: "lake", TableName: "by_product", Expression: "product > 0" }),
    );
    expect(Partitions.map(({ Values }) => Values)).toEqual([["1"], ["2"]]);
    const [first] = Partitions;
    const prefix = (first?.StorageDescriptor?.Location ?? "").replace("s3://lake/", "");
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "lake", Prefix: prefix }));
    expect(Contents).toHaveLength(1);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "lake", Key: Contents[0]?.Key ?? "" }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    expect(await parquetReadObjects({ file })).toHaveLength(200);
    await client.query("insert into lake.by_product values (5000, 1.25, 7)");
    expect(await rows("select id::int, price, product from lake.by_product where product = 7")).toEqual([
      [5000, "1.25", 7],
    ]);
    expect(await rows("select count(*)::int from lake.by_product")).toEqual([[601]]);
  });

  it("stays when the process is killed, and is there again", { timeout: 60_000 }, async () => {
    await client.end().catch(() => undefined);
    await millrace.kill();
    await millrace.start();
    client = new pg.Client({ host: "127.0.0.1", port: millrace.sqlPort, user: "awsuser", database: "dev" });
    await client.connect();
    expect(await rows("select count(*)::int from lake.by_product")).toEqual([[601]]);
    await client.query("drop table lake.by_product");
    expect(await rows("select tablename from svv_external_tables where schemaname = 'lake'")).toEqual([
      ["sales"],
    ]);
  });
});
