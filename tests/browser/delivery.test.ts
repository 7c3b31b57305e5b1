import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { type KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import type { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareAxe, seriousViolations } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { firehoseClient, objectsOf } from "../fixtures/firehose-client.ts";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";
import { s3Client } from "../fixtures/s3-client.ts";

const columns = [
  { Name: "n", Type: "bigint" },
  { Name: "page", Type: "string" },
] as const;

let browser: ConsoleInBrowser;
let firehose: FirehoseClient;
let kinesis: KinesisClient;
let s3: S3Client;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  const { url } = browser.millrace;
  firehose = firehoseClient(url);
  kinesis = kinesisClient(url);
  s3 = s3Client(url);
  await prepareAxe(browser.page);
});
afterAll(async () => {
  for (const client of [firehose, kinesis, s3]) client.destroy();
  await browser[Symbol.asyncDispose]();
});

it("creates a delivery stream, takes a record, and delivers it at once when it is told to", async () => {
  const { page } = browser;
  await browser.open("delivery");
  await page.getByText("No delivery streams in this account and region").waitFor();
  await page.getByRole("button", { name: "Create delivery stream" }).first().click();
  await page.getByLabel("Name").fill("audit");
  await page.getByPlaceholder("clicks/").fill("audit/");
  await page.getByRole("combobox", { name: "Bucket" }).or(page.getByLabel("Bucket")).first().fill("lake");
  await page.getByText("GZIP", { exact: true }).click();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/delivery\/audit$/);
  await page.getByText("Nothing has been delivered since Millrace was started.").waitFor();

  await page.getByRole("tab", { name: "Put" }).click();
  await page.locator(".cm-content").fill('{"who":"ada","did":"sign in"}');
  await page.getByRole("button", { name: "Put", exact: true }).click();
  await page.getByText("1 record is taken.").waitFor();
  await page.getByRole("tab", { name: "Overview" }).click();
  await expect
    .poll(() => page.getByRole("meter", { name: "Age" }).getAttribute("aria-valuenow"), { timeout: 20_000 })
    .not.toBe("0");
  await page.getByText("delivered at 5 MiB").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await objectsOf(s3, "lake")).toEqual([]);
  await page.getByRole("button", { name: "Flush now" }).click();
  await page.getByText(/1 record delivered to s3:\/\/lake\/audit\//).waitFor();
  expect(await objectsOf(s3, "lake", "audit/")).toHaveLength(1);

  await page.getByRole("grid", { name: "deliveries" }).getByRole("link").click();
  await page.getByRole("dialog").getByText("sign in").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Flush now" }).click();
  await page.getByText("Nothing was buffered.").waitFor();
  expect(browser.problems).toEqual([]);
});

it("converts to Parquet by a table, shows what was written, and why records failed", async () => {
  const { page } = browser;
  const glue = new GlueClient({
    endpoint: browser.millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "web" } }));
  const StorageDescriptor = { Columns: [...columns], Location: "s3://lake/pages/" };
  const TableInput = { Name: "pages", StorageDescriptor };
  await glue.send(new CreateTableCommand({ DatabaseName: "web", TableInput }));
  glue.destroy();
  await browser.open("delivery?create");
  await page.getByLabel("Name").fill("pages");
  await page.getByPlaceholder("clicks/").fill("pages/");
  await page.getByRole("combobox", { name: "Bucket" }).or(page.getByLabel("Bucket")).first().fill("lake");
  await page.getByRole("switch", { name: /Convert JSON to Parquet/ }).click({ force: true });
  await page.getByPlaceholder("database.table").click();
  await page.getByRole("option", { name: "web.pages" }).click();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/delivery\/pages$/);

  const records = Array.from({ length: 100 }, (_, n) => `{"n":${n},"page":"/docs/${n}"}\n`);
  const Records = [...records, "this is no JSON\n"].map((text) => ({ Data: Buffer.from(text) }));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: "pages", Records }));
  await page.getByRole("button", { name: "Flush now" }).click();
  await page.getByText(/100 records delivered\. 1 went to the error output\./).waitFor();
  await page.getByRole("region", { name: "Failures" }).getByText("DataFormatConversion.ParseError").waitFor();
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: "pages", Records }));
  await expect
    .poll(() => page.getByRole("meter", { name: "Age" }).getAttribute("aria-valuenow"), { timeout: 20_000 })
    .not.toBe("0");
  await browser.screenshot("delivery-stream");

  await page.getByRole("tab", { name: "Last objects" }).click();
  await page.getByRole("grid", { name: "objects" }).getByRole("row").first().click();
  await page.getByRole("dialog").getByText("/docs/0", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Failed records" }).click();
  const failed = page.getByRole("grid", { name: "failed records" }).getByRole("row");
  await failed.getByText("this is no JSON").waitFor();
  expect(await failed.count()).toBe(1);
  await failed.first().click();
  await page.getByRole("dialog").getByText("malformed JSON").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  expect(browser.problems).toEqual([]);
});

it("shows the configuration, the source and the metrics, and deletes", async () => {
  const { page } = browser;
  await createStream(kinesis, "clicks");
  await browser.open("delivery?create");
  await page.getByLabel("Name").fill("clicks-to-lake");
  await page.getByRole("combobox", { name: "From" }).or(page.getByLabel("From")).first().click();
  await page.getByRole("option", { name: "stream clicks" }).click();
  await page.getByRole("combobox", { name: "Bucket" }).or(page.getByLabel("Bucket")).first().fill("lake");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/delivery\/clicks-to-lake$/);
  const Data = Buffer.from('{"page":"/"}\n');
  await kinesis.send(new PutRecordCommand({ StreamName: "clicks", PartitionKey: "k", Data }));
  await page.getByText(/^1 records · /).waitFor();
  await page.getByRole("tab", { name: "Put" }).click();
  await page.getByText("It takes its records from a data stream").waitFor();
  await page.getByRole("tab", { name: "Configuration" }).click();
  await page.getByRole("region", { name: "Buffering hints" }).getByText("Size in MiB").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByText("JSON", { exact: true }).click();
  await page.getByText('"BucketARN": "arn:aws:s3:::lake"').first().waitFor();
  await page.getByRole("tab", { name: "Metrics" }).click();
  await page.getByText("DataReadFromKinesisStream.Records").waitFor();
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByRole("link", { name: "Delivery streams" }).last().click();
  await page.getByRole("row").filter({ hasText: "clicks-to-lake" }).getByText("s3://lake/").waitFor();
  await page.getByRole("row").filter({ hasText: "pages" }).getByText("S3, Parquet").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("row").filter({ hasText: "clicks-to-lake" }).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete delivery stream" }).click();
  await page.getByLabel(/Type clicks-to-lake/).fill("clicks-to-lake");
  await page.keyboard.press("Enter");
  await page.waitForURL(/console\/delivery$/);
  await page.getByRole("row").filter({ hasText: "clicks-to-lake" }).waitFor({ state: "detached" });
  expect(browser.problems).toEqual([]);
});
