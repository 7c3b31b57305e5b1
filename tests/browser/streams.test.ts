import { gzipSync } from "node:zlib";
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareAxe, seriousViolations } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { eventually } from "../fixtures/firehose-client.ts";
import { createStream, kinesisClient, untilActive } from "../fixtures/kinesis-client.ts";

let browser: ConsoleInBrowser;
let kinesis: KinesisClient;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  kinesis = kinesisClient(browser.millrace.url);
  await prepareAxe(browser.page);
});
afterAll(async () => {
  kinesis.destroy();
  await browser[Symbol.asyncDispose]();
});

/** Less than a test may take. */
const pollTimeoutMs = 20_000;
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

it("creates a stream, puts records into it, one and many, and lists it", async () => {
  const { page } = browser;
  await browser.open("streams");
  await page.getByText("No streams in this account and region").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Create stream" }).first().click();
  await page.getByLabel("Name").fill("clicks");
  await page.getByLabel("Shards").fill("2");
  await page.getByLabel("Retention in hours").fill("48");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/streams\/clicks$/);
  await page.getByText("2 open shards").waitFor();

  await page.getByRole("tab", { name: "Put" }).click();
  await page.getByRole("textbox", { name: "Key", exact: true }).fill("ada");
  await page.getByRole("button", { name: "Put", exact: true }).click();
  await page.getByText(/Put into shardId-/).waitFor();
  await page.getByRole("switch", { name: "Each line is a record" }).click({ force: true });
  await page.getByText("A field", { exact: true }).click();
  await page.locator(".cm-content").fill('{"user":"a","n":1}\n{"user":"b","n":2}\n{"user":"c","n":3}');
  await page.getByRole("button", { name: "Put", exact: true }).click();
  await page.getByText("3 records put.").waitFor();
  expect((await recordsOf("clicks")).toSorted()).toEqual(["a", "ada", "b", "c"]);

  await page.getByRole("link", { name: "Streams" }).last().click();
  await page.getByRole("row").getByText("clicks").waitFor();
  await page.getByRole("row").getByText("2 d").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByLabel("streams", { exact: true }).press("j");
  await page.getByLabel("streams", { exact: true }).press("Enter");
  await page.waitForURL(/streams\/clicks$/);
  expect(browser.problems).toEqual([]);
});

it("tails a stream, reads what records are, and finds some of them", async () => {
  const { page } = browser;
  await createStream(kinesis, "mixed", 2);
  await browser.open("streams/mixed?from=oldest");
  await page.getByText("No records from there on").waitFor();
  await put("mixed", "json", bytes({ order: 7, items: [{ sku: "A-1" }], paid: true }));
  await put("mixed", "packed", gzipSync(bytes({ order: 8, paid: false })));
  await put("mixed", "binary", Buffer.from([0, 1, 254, 255]));
  await put("mixed", "text", Buffer.from("nothing but words"));
  const rows = page.getByRole("grid", { name: "Records" }).getByRole("row");
  await expect.poll(() => rows.count(), { timeout: pollTimeoutMs }).toBe(4);
  await rows.filter({ hasText: "packed" }).getByText("gzip JSON").waitFor();
  await rows.filter({ hasText: "binary" }).getByText("00 01 fe ff").waitFor();
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByLabel("Filter records").fill("order>7 paid=false");
  await expect.poll(() => rows.count(), { timeout: pollTimeoutMs }).toBe(1);
  await page.getByText("1 match").waitFor();
  await page.getByLabel("Filter records").fill("words");
  await rows.filter({ hasText: "nothing but words" }).waitFor();
  await page.getByLabel("Filter records").fill("@key=json");
  await rows.filter({ hasText: '"order":7' }).click();
  await page.getByRole("dialog").getByText("sku").waitFor();
  await page.waitForURL(/record=shardId-/);
  const address = page.url();
  await page.getByRole("dialog").getByText("Bytes", { exact: true }).click();
  await page.getByRole("dialog").getByText("00000000  7b 22 6f").waitFor();

  // The record is found again where it is not among those that are kept.
  await page.goto(address.replace("from=oldest", "from=latest"));
  await page.getByRole("dialog").getByText('"A-1"').waitFor();
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.search.includes("record"));

  await page.goto(address.replace(/\?.*/, ""));
  await page.getByText("Waiting for new records").waitFor();
  await eventually(async () => {
    await put("mixed", "late", bytes({ order: 9 }));
    return rows.filter({ hasText: "late" }).first().isVisible();
  });
  await page.getByRole("button", { name: "Pause" }).click();
  await put("mixed", "unseen", bytes({ order: 10 }));
  await page.getByText(/Stands still · [1-9]/).waitFor();
  expect(await rows.filter({ hasText: "unseen" }).count()).toBe(0);
  await page.getByRole("button", { name: "Resume" }).click();
  await rows.filter({ hasText: "unseen" }).waitFor();
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByText("Waiting for new records").waitFor();
  expect(browser.problems).toEqual([]);
});

it("follows a tail over a split", async () => {
  const { page } = browser;
  await createStream(kinesis, "growing");
  await browser.open("streams/growing/shards?shard=shardId-000000000000");
  await page.getByRole("button", { name: "Split" }).click();
  await page.getByRole("menuitem", { name: "Split 0 there" }).click();
  const map = page.getByRole("group", { name: "Shard map" });
  await map.getByRole("button", { name: "open, shardId-000000000002" }).waitFor();
  await map.getByRole("button", { name: "closed, shardId-000000000000" }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await untilActive(kinesis, "growing");
  await page.goto(page.url().replace(/\/shards.*/, "?from=oldest"));
  const rows = page.getByRole("grid", { name: "Records" }).getByRole("row");
  for (let i = 0; i < 20; i++) await put("growing", `key-${i}`, bytes({ i }));
  await expect.poll(() => rows.count(), { timeout: pollTimeoutMs }).toBe(20);

  await page.getByRole("tab", { name: "Shards" }).click();
  await map.getByRole("button", { name: "open, shardId-000000000001" }).click();
  await page.getByRole("button", { name: "Merge" }).click();
  await page.getByRole("menuitem", { name: /with 2, its right neighbor/ }).click();
  await map.getByRole("button", { name: "open, shardId-000000000003" }).waitFor();
  await untilActive(kinesis, "growing");
  await page.getByRole("button", { name: "Change shard count" }).click();
  await page.getByLabel(/Shards \(now 1\)/).fill("2");
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText("2 open shards").waitFor();
  await browser.screenshot("streams-shards");
  expect(browser.problems).toEqual([]);
});

it("shows rates and consumers, registers and deregisters", async () => {
  const { page } = browser;
  await browser.open("streams/mixed/rates");
  await put("mixed", "rate", bytes({}));
  await page.getByText("Records in, a second").waitFor();
  await page.getByRole("row").getByText("AWS SDK for JavaScript").first().waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("tab", { name: "Consumers" }).click();
  await page.getByRole("row").getByText("millrace-console").waitFor();
  await page.getByRole("button", { name: "Register consumer" }).click();
  await page.getByLabel("Name").fill("reader");
  await page.getByRole("button", { name: "Register", exact: true }).click();
  const reader = page.getByRole("row").filter({ hasText: "reader" });
  await reader.getByText("fan-out").waitFor();
  await reader.click();
  await page.getByRole("dialog", { name: "reader" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Deregister reader" }).click();
  await page.getByRole("button", { name: "Deregister", exact: true }).click();
  await reader.waitFor({ state: "detached" });
  expect(browser.problems).toEqual([]);
});

it("replays a stream into another one", async () => {
  const { page } = browser;
  await createStream(kinesis, "copy");
  await createStream(kinesis, "origin");
  const Records = Array.from({ length: 300 }, (_, i) => ({ PartitionKey: `${i}`, Data: bytes({ i }) }));
  await kinesis.send(new PutRecordsCommand({ StreamName: "origin", Records }));
  await browser.open("streams/origin/replay");
  await page.getByText("No replays").waitFor();
  await page.getByPlaceholder("Another stream").click();
  await page.getByRole("option", { name: "copy" }).click();
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  const replay = page.getByRole("region", { name: "Replay into copy" });
  await replay.getByText("SUCCEEDED").waitFor();
  await replay.getByText("300 of 300 records").waitFor();
  expect(await recordsOf("copy")).toHaveLength(300);
  await replay.getByRole("button", { name: "Forget" }).click();
  await page.getByText("No replays").waitFor();
  expect(browser.problems).toEqual([]);
});

it("changes settings, and deletes a stream whose name is typed", async () => {
  const { page } = browser;
  await browser.open("streams/copy/settings");
  await page.getByRole("region", { name: "Retention" }).getByLabel("Hours").fill("72");
  await page.getByRole("region", { name: "Retention" }).getByRole("button", { name: "Change" }).click();
  await page.getByText("Records are kept for 72 hours.").waitFor();
  const tags = page.getByRole("region", { name: "Tags" });
  await tags.getByLabel("Tag key").fill("team");
  await tags.getByLabel("Tag value").fill("web");
  await tags.getByRole("button", { name: "Add" }).click();
  await tags.getByText("team=web").waitFor();
  await page.getByRole("button", { name: "Insert an example" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("The policy is set.").waitFor();
  const encryption = page.getByRole("region", { name: "Encryption" });
  await encryption.getByRole("button", { name: "Encrypt" }).click();
  await encryption.getByRole("button", { name: "Stop" }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete stream" }).click();
  await page.getByLabel(/Type copy/).fill("copy");
  await page.keyboard.press("Enter");
  await page.waitForURL(/console\/streams$/);
  await page.getByRole("row").getByText("copy").waitFor({ state: "detached" });
  expect(browser.problems).toEqual([]);
});

async function put(stream: string, key: string, data: Buffer): Promise<void> {
  await kinesis.send(new PutRecordCommand({ StreamName: stream, PartitionKey: key, Data: data }));
}

/** The partition keys of all records. */
async function recordsOf(stream: string): Promise<readonly string[]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: stream }));
  const keys = await Promise.all(
    Shards.map(async ({ ShardId }) => {
      const position = { StreamName: stream, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
      const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(position));
      const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      return Records.map(({ PartitionKey = "" }) => PartitionKey);
    }),
  );
  return keys.flat();
}
