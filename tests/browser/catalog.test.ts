import {
  BatchCreatePartitionCommand,
  CreateDatabaseCommand,
  CreateTableCommand,
  GetCrawlerCommand,
  GetTableCommand,
  GlueClient,
  type TableInput,
  UpdateTableCommand,
} from "@aws-sdk/client-glue";
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectNoBarriers } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { s3Client } from "../fixtures/s3-client.ts";
import { waitForCrawl } from "../fixtures/wait-for-crawl.ts";

const partitions = 1_200;
/** Wide enough that one more column does not make another table of it. */
const order = { id: 1, price: 2.5, amount: 3, day: "2024-01-31", note: "none" };
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "glue.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

let browser: ConsoleInBrowser;
let glue: GlueClient;
let iam: IAMClient;
let s3: S3Client;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint: browser.millrace.url, region: "us-east-1", credentials };
  glue = new GlueClient(config);
  iam = new IAMClient(config);
  s3 = s3Client(browser.millrace.url);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  await putOrders("2024", order);
  await iam.send(
    new CreateRoleCommand({ RoleName: "crawler", AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const PolicyArn = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
  await iam.send(new AttachRolePolicyCommand({ RoleName: "crawler", PolicyArn }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
});
afterAll(async () => {
  for (const client of [glue, iam, s3]) client.destroy();
  await browser[Symbol.asyncDispose]();
});

async function putOrders(year: string, fields: object): Promise<void> {
  const Body = Array.from({ length: 50 }, (_, i) => JSON.stringify({ ...fields, id: i })).join("\n");
  await s3.send(new PutObjectCommand({ Bucket: "lake", Key: `orders/year=${year}/1.json`, Body }));
}

it("makes a crawler, runs it, and shows what it inferred, and what changed since", async () => {
  const { page } = browser;
  await browser.open("catalog?tab=crawlers");
  await page.getByRole("button", { name: "Create crawler" }).first().click();
  await page.getByLabel("Name").fill("orders");
  await page.getByLabel("Where it looks").fill("s3://lake/orders/");
  await page.getByRole("combobox", { name: "Role" }).fill("crawler");
  await page.getByRole("combobox", { name: "Database of its tables" }).fill("shop");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/catalog\/crawlers\/orders$/);
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("1 table added, 1 partition added").waitFor();
  await waitForCrawl(glue, "orders");

  await putOrders("2025", { ...order, city: "Rome" });
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("1 table updated").click();
  const run = page.getByRole("dialog");
  await run.getByText("json, 7 columns, partitioned by year").waitFor();
  await run.getByText(/Version 1 against 0: 1 column added/).waitFor();
  await run.getByText("column city").waitFor();
  await run.getByText(/Running Start Crawl/).waitFor();
  await browser.screenshot("catalog-crawl");
  expect((await glue.send(new GetCrawlerCommand({ Name: "orders" }))).Crawler?.LastCrawl?.Status).toBe(
    "SUCCEEDED",
  );
  expect(browser.problems).toEqual([]);
});

it("shows a table's columns, rows of its objects, and the history of its schema", async () => {
  const { page } = browser;
  await browser.open("catalog");
  await page.getByRole("row", { name: /^shop/ }).click();
  await page.getByRole("row", { name: /^orders json/ }).click();
  await page.getByRole("grid", { name: "columns" }).getByText("city").waitFor();
  await page.getByText("partition key").waitFor();
  await page.getByRole("tab", { name: "Sample rows" }).click();
  await page.getByText("50 rows, 5 columns").waitFor();
  await page.getByText("Read from the object itself").waitFor();
  await page.getByRole("tab", { name: "Schema history" }).click();
  await page.getByText("1 column added").waitFor();
  await browser.screenshot("catalog-history", "light");

  await page.getByRole("tab", { name: "Properties" }).click();
  const editor = page.locator(".cm-content");
  await editor.getByText('"orders"').first().waitFor();
  const { Table: kept } = await glue.send(new GetTableCommand({ DatabaseName: "shop", Name: "orders" }));
  const { StorageDescriptor, PartitionKeys } = kept ?? {};
  const described = (Description: string): TableInput => ({
    Name: "orders",
    Description,
    StorageDescriptor,
    PartitionKeys,
  });
  await glue.send(new UpdateTableCommand({ DatabaseName: "shop", TableInput: described("faster") }));
  await editor.fill(JSON.stringify(described("slower")));
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("ConcurrentModificationException").waitFor();
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: "shop", Name: "orders" }));
  expect(Table?.Description).toBe("faster");

  await page.getByRole("link", { name: "Query it" }).click();
  await page.getByText("select").first().waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText(/^100 rows/).waitFor();
  expect(browser.problems).toEqual([]);
});

it("finds partitions by an expression, and says what is wrong with one", async () => {
  const { page } = browser;
  await glue.send(
    new CreateTableCommand({
      DatabaseName: "shop",
      TableInput: {
        Name: "days",
        PartitionKeys: [{ Name: "day", Type: "int" }],
        StorageDescriptor: { Location: "s3://lake/days/", Columns: [{ Name: "id", Type: "bigint" }] },
      },
    }),
  );
  for (let at = 0; at < partitions; at += 100)
    await glue.send(
      new BatchCreatePartitionCommand({
        DatabaseName: "shop",
        TableName: "days",
        PartitionInputList: Array.from({ length: 100 }, (_, i) => ({ Values: [`${at + i}`] })),
      }),
    );
  await browser.open("catalog/databases/shop/tables/days?tab=partitions");
  await page.getByText("1,200 partitions").waitFor();
  await page.getByLabel("Expression").fill("day between 10 and 12");
  await page.keyboard.press("Enter");
  await page.getByText("3 partitions").waitFor();
  await page.waitForURL(/expression=day\+between/);
  await page.getByLabel("Expression").fill("day ==== 1");
  await page.keyboard.press("Enter");
  await page.getByText("InvalidInputException").waitFor();
  expect(browser.problems).toEqual([]);
});

it("creates a database and a table, and names the line that is none", async () => {
  const { page } = browser;
  await browser.open("catalog");
  await page.getByRole("button", { name: "Create database" }).click();
  await page.getByLabel("Name").fill("fresh");
  await page.keyboard.press("Enter");
  await page.waitForURL(/databases\/fresh$/);
  await page.getByRole("button", { name: "Create table" }).first().click();
  await page.getByLabel("Name").fill("people");
  await page.getByLabel("Location").fill("s3://lake/people");
  await page.getByLabel("Columns").fill("id bigint\nname");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByText('Line 2: write a name and a type, such as "id bigint".').waitFor();
  await page.getByLabel("Columns").fill("id bigint\nname string -- as they say it");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/tables\/people$/);
  await page.getByText("as they say it").waitFor();
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: "fresh", Name: "people" }));
  expect(Table?.StorageDescriptor?.Location).toBe("s3://lake/people/");
  expect(browser.problems).toEqual([]);
});

it("has no serious barriers, in the dark and in the light", async () => {
  await expectNoBarriers(browser, {
    catalog: "fresh",
    "catalog?tab=tables": "people",
    "catalog/databases/shop/tables/orders": "city",
    "catalog/databases/shop/tables/orders?tab=history": "column city",
    "catalog/crawlers/orders": "1 table updated",
  });
});
