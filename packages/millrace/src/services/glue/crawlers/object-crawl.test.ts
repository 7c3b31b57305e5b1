import type { CreateCrawlerRequest, Table } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";

const json = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");
const orders = (first: number): string =>
  json(Array.from({ length: 3 }, (_, index) => ({ id: first + index, name: `n${index}`, price: 1.5 })));

/** Makes a crawler of `shop` over s3://lake/, runs it and waits for its end. */
async function crawl(glue: GlueRunner, more: Partial<CreateCrawlerRequest> = {}): Promise<void> {
  const Targets = { S3Targets: [{ Path: "s3://lake/" }] };
  await glue.run("CreateCrawler", { Name: "c", Role: "r", DatabaseName: "shop", Targets, ...more });
  await again(glue);
}

async function again(glue: GlueRunner): Promise<void> {
  await glue.run("StartCrawler", { Name: "c" });
  await glue.state.crawlers.runs.idle();
}

async function tables(glue: GlueRunner): Promise<readonly Table[]> {
  return (await glue.run("GetTables", { DatabaseName: "shop" })).TableList ?? [];
}

/** `name [keys] column:type,...`, sorted by name. */
async function inWords(glue: GlueRunner): Promise<readonly string[]> {
  return (await tables(glue)).map(({ Name, PartitionKeys = [], StorageDescriptor }) => {
    const columns = (StorageDescriptor?.Columns ?? []).map((column) => `${column.Name}:${column.Type}`);
    const keys = PartitionKeys.map((key) => key.Name);
    return `${Name}${keys.length === 0 ? "" : ` [${keys.join(",")}]`} ${columns.join(",")}`;
  });
}

async function partitions(glue: GlueRunner, TableName: string): Promise<readonly string[]> {
  const { Partitions = [] } = await glue.run("GetPartitions", { DatabaseName: "shop", TableName });
  return Partitions.map(({ Values = [] }) => Values.join("/")).sort();
}

async function lastCrawl(
  glue: GlueRunner,
): Promise<{ State: unknown; Summary: unknown; ErrorMessage: unknown }> {
  const { Crawls = [] } = await glue.run("ListCrawls", { CrawlerName: "c" });
  const { State, Summary = "{}", ErrorMessage } = Crawls[0] ?? {};
  return { State, Summary: JSON.parse(Summary), ErrorMessage };
}

describe("a crawl of objects", () => {
  it("makes a table with its partitions", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", {
      "year=2025/month=1/a.json": orders(1),
      "year=2025/month=1/b.json": orders(4),
      "year=2025/month=2/a.json": orders(7),
      "year=2026/month=1/a.json": orders(9),
    });
    await crawl(glue);
    expect(await inWords(glue)).toEqual(["lake [year,month] id:int,name:string,price:double"]);
    expect(await partitions(glue, "lake")).toEqual(["2025/1", "2025/2", "2026/1"]);
    expect(await lastCrawl(glue)).toEqual({
      State: "COMPLETED",
      Summary: {
        TABLE: { ADD: { Details: { names: ["lake"] }, Count: 1 } },
        PARTITION: { ADD: { Details: { names: ["lake/2025/1", "lake/2025/2", "lake/2026/1"] }, Count: 3 } },
      },
      ErrorMessage: undefined,
    });
    expect(glue.crawlLog.lines).toEqual([
      "BENCHMARK : Running Start Crawl for Crawler c",
      "BENCHMARK : Classification complete, writing results to database shop",
      'INFO : Crawler configured with SchemaChangePolicy {"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"DEPRECATE_IN_DATABASE"}.',
      "INFO : Created table lake in database shop",
      expect.stringContaining(
        "Table lake: 4 objects of json with 3 columns in s3://lake/, partitioned by year, month",
      ),
      "BENCHMARK : Finished writing to Catalog",
      "INFO : Run Summary For PARTITION:",
      "INFO : ADD: 3",
      "INFO : Run Summary For TABLE:",
      "INFO : ADD: 1",
      "BENCHMARK : Crawler has finished running and is in state READY",
    ]);
    expect([...glue.crawlLog.streams]).toEqual(["/aws-glue/crawlers c"]);
  });
});
