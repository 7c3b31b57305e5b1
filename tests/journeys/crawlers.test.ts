import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetCrawlerCommand,
  GetPartitionsCommand,
  GetTablesCommand,
  GlueClient,
  ListCrawlsCommand,
  paginateGetTables,
  StartCrawlerCommand,
  type Table,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess, repositoryRoot } from "../fixtures/millrace-process.ts";
import { s3Client } from "../fixtures/s3-client.ts";
import { waitForCrawl } from "../fixtures/wait-for-crawl.ts";

const credentials = { accessKeyId: "test", secretAccessKey: "test" } as const;
const dataFolder = join(repositoryRoot, "node_modules/vega-datasets/data");

let millrace: MillraceProcess;
let s3: S3Client;
let glue: GlueClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  s3 = s3Client(millrace.url);
  glue = new GlueClient({ endpoint: millrace.url, region: "us-east-1", credentials });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
});
afterAll(() => millrace.dispose());

async function put(bucket: string, objects: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const [Key, Body] of Object.entries(objects))
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
}

/** Makes a crawler, runs it, and waits until it is ready again. */
async function crawl(name: string, path: string, DatabaseName: string): Promise<void> {
  const Targets = { S3Targets: [{ Path: path }] };
  await glue.send(new CreateCrawlerCommand({ Name: name, Role: "crawler", DatabaseName, Targets }));
  await glue.send(new StartCrawlerCommand({ Name: name }));
  await waitForCrawl(glue, name);
}

async function tables(DatabaseName: string): Promise<ReadonlyMap<string, Table>> {
  const found = new Map<string, Table>();
  for await (const { TableList = [] } of paginateGetTables({ client: glue }, { DatabaseName }))
    for (const table of TableList) found.set(table.Name ?? "", table);
  return found;
}

function columnsOf(table: Table | undefined): Readonly<Record<string, string>> {
  const columns = table?.StorageDescriptor?.Columns ?? [];
  return Object.fromEntries(columns.map(({ Name = "", Type = "" }) => [Name, Type]));
}

describe("crawling real files", () => {
  it("makes the tables that a person would have written", async () => {
    const names = (await readdir(dataFolder)).filter((name) => /\.(csv|json|parquet|tsv|png)$/.test(name));
    const objects = await Promise.all(
      names.map(async (name) => [`data/${name}`, await readFile(join(dataFolder, name))] as const),
    );
    await put("vega", Object.fromEntries(objects));
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "vega" } }));
    await crawl("vega", "s3://vega/data/", "vega");
    const found = await tables("vega");
    expect(found.size).toBe(names.filter((name) => !name.endsWith(".png")).length);
    expect(columnsOf(found.get("flights_3m_parquet"))).toEqual({
      date: "timestamp",
      delay: "bigint",
      distance: "bigint",
      origin: "string",
      destination: "string",
    });
    expect(found.get("flights_3m_parquet")?.Parameters?.["recordCount"]).toBe("3000000");
    expect(columnsOf(found.get("airports_csv"))).toEqual({
      iata: "string",
      name: "string",
      city: "string",
      state: "string",
      country: "string",
      latitude: "double",
      longitude: "double",
    });
    expect(columnsOf(found.get("cars_json"))).toEqual({
      name: "string",
      miles_per_gallon: "double",
      cylinders: "int",
      displacement: "double",
      horsepower: "int",
      weight_in_lbs: "int",
      acceleration: "double",
      year: "string",
      origin: "string",
    });
    expect(columnsOf(found.get("unemployment_tsv"))).toEqual({ id: "bigint", rate: "double" });
    expect(columnsOf(found.get("earthquakes_json"))["metadata"]).toBe(
      "struct<generated:bigint,url:string,title:string,status:int,api:string,count:int>",
    );
    const { Crawls = [] } = await glue.send(new ListCrawlsCommand({ CrawlerName: "vega" }));
    expect(Crawls[0]).toMatchObject({
      State: "COMPLETED",
      LogGroup: "/aws-glue/crawlers",
      LogStream: "vega",
    });
    const unread = JSON.parse(Crawls[0]?.Summary ?? "{}").OBJECT.UNREADABLE;
    expect(unread.Count).toBe(names.filter((name) => name.endsWith(".png")).length);
    const logs = new CloudWatchLogsClient({ endpoint: millrace.url, region: "us-east-1", credentials });
    const { events = [] } = await logs.send(
      new GetLogEventsCommand({
        logGroupName: "/aws-glue/crawlers",
        logStreamName: "vega",
        startFromHead: true,
      }),
    );
    expect(events[0]?.message).toBe(
      `[${Crawls[0]?.CrawlId}] BENCHMARK : Running Start Crawl for Crawler vega`,
    );
    expect(events.at(-1)?.message).toMatch(/BENCHMARK : Crawler has finished running and is in state READY$/);
  });
});

describe("a crawl that Millrace does not outlive", () => {
  it("is shown as failed, and leads to the same when it is run again", async () => {
    const objects: Record<string, string> = {};
    for (let i = 0; i < 400; i += 1)
      objects[`t/day=${i % 40}/${i}.json`] = JSON.stringify({ id: i, at: "x" });
    await put("plain", objects);
    await put("killed", objects);
    await crawl("plain", "s3://plain/t/", "lake");
    const Targets = { S3Targets: [{ Path: "s3://killed/t/" }] };
    const crawler = { Name: "killed", Role: "crawler", DatabaseName: "lake", TablePrefix: "k_", Targets };
    await glue.send(new CreateCrawlerCommand(crawler));
    const killDelaysMs = [0, 5, 15, 30, 60, 100];
    for (const delayMs of killDelaysMs) {
      await glue.send(new StartCrawlerCommand({ Name: "killed" }));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      await millrace.kill();
      await millrace.start();
      const { Crawler } = await glue.send(new GetCrawlerCommand({ Name: "killed" }));
      expect(Crawler?.State).toBe("READY");
      expect(["FAILED", "SUCCEEDED"]).toContain(Crawler?.LastCrawl?.Status);
    }
    await glue.send(new StartCrawlerCommand({ Name: "killed" }));
    await waitForCrawl(glue, "killed");
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: "lake" }));
    expect(TableList.map(({ Name }) => Name)).toEqual(["k_t", "t"]);
    const partitions = await Promise.all(
      ["k_t", "t"].map(async (TableName) => {
        const where = { DatabaseName: "lake", TableName };
        const { Partitions = [] } = await glue.send(new GetPartitionsCommand(where));
        return Partitions.map(({ Values, StorageDescriptor }) => ({
          Values,
          columns: StorageDescriptor?.Columns,
        }));
      }),
    );
    expect(partitions[0]).toHaveLength(40);
    expect(partitions[0]).toEqual(partitions[1]);
  });
});
