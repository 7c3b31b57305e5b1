import type { CreateCrawlerRequest, Table } from "@aws-sdk/client-glue";
import type { GlueRunner } from "../test-glue.ts";

export const json: (rows: readonly object[]) => string = (rows) =>
  rows.map((row) => JSON.stringify(row)).join("\n");
export const orders: (first: number) => string = (first) =>
  json(Array.from({ length: 3 }, (_, index) => ({ id: first + index, name: `n${index}`, price: 1.5 })));

/** Makes a crawler of `shop` over s3://lake/, runs it and waits for its end. */
export async function crawl(glue: GlueRunner, more: Partial<CreateCrawlerRequest> = {}): Promise<void> {
  const Targets = { S3Targets: [{ Path: "s3://lake/" }] };
  await glue.run("CreateCrawler", { Name: "c", Role: "r", DatabaseName: "shop", Targets, ...more });
  await again(glue);
}

export async function again(glue: GlueRunner): Promise<void> {
  await glue.run("StartCrawler", { Name: "c" });
  await glue.state.crawlers.runs.idle();
}

export async function tables(glue: GlueRunner): Promise<readonly Table[]> {
  return (await glue.run("GetTables", { DatabaseName: "shop" })).TableList ?? [];
}

/** `name [keys] column:type,...`, sorted by name. */
export async function inWords(glue: GlueRunner): Promise<readonly string[]> {
  return (await tables(glue)).map(({ Name, PartitionKeys = [], StorageDescriptor }) => {
    const columns = (StorageDescriptor?.Columns ?? []).map((column) => `${column.Name}:${column.Type}`);
    const keys = PartitionKeys.map((key) => key.Name);
    return `${Name}${keys.length === 0 ? "" : ` [${keys.join(",")}]`} ${columns.join(",")}`;
  });
}

export async function partitions(glue: GlueRunner, TableName: string): Promise<readonly string[]> {
  const { Partitions = [] } = await glue.run("GetPartitions", { DatabaseName: "shop", TableName });
  return Partitions.map(({ Values = [] }) => Values.join("/")).sort();
}

export async function lastCrawl(
  glue: GlueRunner,
): Promise<{ State: unknown; Summary: unknown; ErrorMessage: unknown }> {
  const { Crawls = [] } = await glue.run("ListCrawls", { CrawlerName: "c" });
  const { State, Summary = "{}", ErrorMessage } = Crawls[0] ?? {};
  return { State, Summary: JSON.parse(Summary), ErrorMessage };
}

/** The members that a crawler of `shop` must have. */
export function crawlerInput(Name: string, more: Partial<CreateCrawlerRequest> = {}): CreateCrawlerRequest {
  const Targets = { S3Targets: [{ Path: "s3://lake/" }] };
  return { Name, Role: "service-role/crawler", DatabaseName: "shop", Targets, ...more };
}
