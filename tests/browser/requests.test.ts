import { CreateStreamCommand, KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ConsoleInBrowser } from "../fixtures/browser.ts";

let browser: ConsoleInBrowser;
let kinesis: KinesisClient;
let s3: S3Client;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const options = { endpoint: browser.millrace.url, region: "us-east-1", credentials, maxAttempts: 1 };
  kinesis = new KinesisClient(options);
  s3 = new S3Client({ ...options, forcePathStyle: true });
});
afterAll(async () => {
  kinesis.destroy();
  s3.destroy();
  await browser[Symbol.asyncDispose]();
});

const put = (StreamName: string): Promise<unknown> =>
  kinesis
    .send(new PutRecordCommand({ StreamName, Data: Buffer.from("secret"), PartitionKey: "p" }))
    .catch(() => undefined);

async function ownCalls(): Promise<number> {
  const answer = await fetch(`${browser.millrace.url}/_millrace/requests?operation=ListStreams&limit=2000`);
  return ((await answer.json()) as { items: readonly unknown[] }).items.length;
}

/** A call as small as calls are, many times, without an SDK's work. */
async function listStreams(count: number): Promise<void> {
  const headers = {
    "x-amz-target": "Kinesis_20131202.ListStreams",
    "content-type": "application/x-amz-json-1.1",
  };
  const one = async (): Promise<void> =>
    void (await (await fetch(browser.millrace.url, { method: "POST", body: "{}", headers })).text());
  for (let done = 0; done < count; done += 50) await Promise.all(Array.from({ length: 50 }, one));
}

it("shows calls as they come, with who made them and how they ended", async () => {
  const { page } = browser;
  await browser.open("requests");
  await page.getByText("No requests yet").waitFor();
  await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 2 }));
  await page.getByRole("row").filter({ hasText: "CreateStream" }).waitFor();
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  await s3.send(new PutObjectCommand({ Bucket: "lake", Key: "raw/2026/a.json", Body: "{}" }));
  for (let i = 0; i < 20; i++) await put(i % 5 === 0 ? "nothing" : "clicks");
  const row = page.getByRole("row").filter({ hasText: "stream/nothing" }).first();
  await row.getByText("400 ResourceNotFoundException").waitFor();
  await page.getByRole("row").filter({ hasText: "lake/raw/2026/a.json" }).getByText("PutObject").waitFor();
  await browser.screenshot("requests");
  await browser.screenshot("requests-light", "light");
  await row.click();
  const details = page.getByRole("dialog");
  await details.getByText("arn:aws:kinesis:us-east-1:000000000000:stream/nothing").waitFor();
  await details.getByText("Everybody may do everything here").waitFor();
  expect(new URL(page.url()).searchParams.get("n")).toMatch(/^\d+$/);
  expect(await page.content()).not.toContain("secret");
  await browser.screenshot("requests-details");
  await page.reload();
  await details.getByText("stream/nothing").first().waitFor();
  await page.keyboard.press("Escape");
  expect(browser.problems).toEqual([]);
});

it("finds errors, services and words", async () => {
  const { page } = browser;
  await put("nothing");
  await s3.send(new CreateBucketCommand({ Bucket: "words" }));
  await s3.send(new PutObjectCommand({ Bucket: "words", Key: "a", Body: "{}" }));
  await browser.open("requests?show=errors");
  await page.getByRole("row").filter({ hasText: "stream/nothing" }).first().waitFor();
  expect(await page.getByRole("row").filter({ hasText: "PutObject" }).count()).toBe(0);
  await browser.open("requests");
  await page.getByRole("combobox", { name: "Service" }).click();
  await page.getByRole("option", { name: "s3" }).click();
  await page.getByRole("row").filter({ hasText: "PutObject" }).first().waitFor();
  await expect.poll(() => page.getByRole("row").filter({ hasText: "PutRecord" }).count()).toBe(0);
  expect(page.url()).toContain("service=s3");
  await browser.open("requests");
  await page.getByRole("grid", { name: "requests" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("s3:::words/a");
  await page.getByText(/^1 of \d+ requests$/).waitFor();
  // The console asks about services itself; those calls are shown on request.
  await browser.open("streams");
  await vi.waitUntil(async () => (await ownCalls()) > 0, 20_000);
  await browser.open("requests?own=1");
  await page.getByRole("row").filter({ hasText: "ListStreams" }).first().waitFor();
  await page.getByLabel("Console's own").click();
  await page.getByRole("row").filter({ hasText: "CreateBucket" }).first().waitFor();
  await expect.poll(() => page.getByRole("row").filter({ hasText: "ListStreams" }).count()).toBe(0);
});

it("lists what was asked for in vain", async () => {
  const { page } = browser;
  await browser.open("requests?tab=unsupported");
  await page.getByText("Nothing was asked for in vain").waitFor();
  const headers = {
    "x-amz-target": "DynamoDB_20120810.ExecuteTransaction",
    "content-type": "application/x-amz-json-1.0",
    "user-agent": "orders/1.0",
  };
  const body = JSON.stringify({ TransactStatements: [{ Statement: "SELECT 1" }] });
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(browser.millrace.url, { method: "POST", headers, body });
    expect(answer.status).toBe(501);
  }
  const row = page.getByRole("row").filter({ hasText: "ExecuteTransaction" });
  await row.getByText("orders/1.0").waitFor();
  await browser.screenshot("requests-unsupported");
});

it("keeps 10,000 calls, scrolls through them, and stands still below who reads", async () => {
  const { page } = browser;
  await listStreams(50);
  await browser.open("requests");
  const table = page.getByRole("grid", { name: "requests" });
  await table.waitFor();
  const rows = async (): Promise<number> => Number(await table.getAttribute("aria-rowcount"));
  for (let i = 0; i < 8; i++) {
    await listStreams(1_500);
    // The log keeps 2,000: the screen reads them before they go.
    await expect.poll(rows, { timeout: 20_000 }).toBeGreaterThanOrEqual(Math.min(10_000, (i + 1) * 1_500));
  }
  expect(await rows()).toBe(10_000);
  await table.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
  await page.getByRole("button", { name: /^Go on/ }).waitFor();
  const middle = table.getByRole("row").nth(5);
  const before = await middle.textContent();
  await listStreams(100);
  await page.getByRole("button", { name: /Go on \([\d,]+ new\)/ }).waitFor();
  expect(await middle.textContent()).toBe(before);
  // Frames go on while the table is scrolled from one end to the other.
  const frames = await table.evaluate(async (element) => {
    let count = 0;
    const step = element.scrollHeight / 60;
    for (let top = 0; top < element.scrollHeight; top += step) {
      element.scrollTo({ top });
      await new Promise((resolve) => {
        element.ownerDocument.defaultView?.requestAnimationFrame(resolve);
      });
      count += element.querySelectorAll("[role=row]").length > 5 ? 1 : 0;
    }
    return count;
  });
  expect(frames).toBeGreaterThanOrEqual(58);
  await table.evaluate((element) => element.scrollTo({ top: 0 }));
  await page.getByRole("button", { name: "Hold" }).waitFor();
  expect(browser.problems).toEqual([]);
});
