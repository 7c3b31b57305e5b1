import { readFile } from "node:fs/promises";
import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ConsoleInBrowser } from "../fixtures/browser.ts";

let browser: ConsoleInBrowser;
let kinesis: KinesisClient;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start({ flags: { "log-level": "info" } });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  kinesis = new KinesisClient({ endpoint: browser.millrace.url, region: "us-east-1", credentials });
});
afterAll(async () => {
  kinesis.destroy();
  await browser[Symbol.asyncDispose]();
});

const names = async (): Promise<unknown> => (await kinesis.send(new ListStreamsCommand())).StreamNames;
const makeStream = (StreamName: string): Promise<unknown> =>
  kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));

it("says what runs, where, and what it takes up", async () => {
  const { page, millrace } = browser;
  await makeStream("kept");
  await browser.open("state");
  await page.getByText(millrace.url, { exact: true }).waitFor();
  await page.getByText(millrace.dataFolder).waitFor();
  await page.getByText(/\d of \d+ running$/).waitFor();
  await page.getByText(/used by Millrace$/).waitFor();
  await browser.screenshot("state");
  await browser.screenshot("state-light", "light");
  expect(browser.problems).toEqual([]);
});

it("draws metrics from live traffic", async () => {
  const { page } = browser;
  await browser.open("state?tab=metrics");
  for (let i = 0; i < 25; i++) {
    for (let j = 0; j < 20 + (i % 5) * 10; j++) await names();
    await page.waitForTimeout(150);
  }
  const card = page
    .locator("div")
    .filter({ hasText: /^Calls per second, by service/ })
    .first();
  await card.locator("canvas").first().waitFor();
  await browser.screenshot("state-metrics");
  const table = page.getByRole("grid", { name: "metrics" });
  await page.getByLabel("Filter metrics").fill("millrace_requests_total");
  await table.getByText("service=kinesis operation=ListStreams code=OK").waitFor();
  expect(browser.problems).toEqual([]);
});

it("shows the log as it is written, by level", async () => {
  const { page } = browser;
  await browser.open("state?tab=logs");
  const row = page.getByRole("row").filter({ hasText: "operation=CreateStream" });
  await makeStream("logged");
  await row.first().waitFor();
  await browser.screenshot("state-logs");
  await row.first().click();
  await page.getByRole("dialog").getByText('"operation": "CreateStream"').waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("error", { exact: true }).first().click();
  await page.getByText("0 lines").waitFor();
  expect(page.url()).toContain("level=error");
});

it("saves all state in a file, resets, and loads it again, when the word is typed", async () => {
  const { page } = browser;
  await browser.open("state?tab=keep");
  await page.getByRole("button", { name: "Reset everything" }).waitFor();
  await browser.screenshot("state-keep");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save to a file" }).click();
  const download = await downloading;
  const file = await download.path();
  expect(download.suggestedFilename()).toMatch(/^millrace-.*\.tar\.zst$/);
  expect((await readFile(file)).length).toBeGreaterThan(1_000);

  await page.getByLabel("kinesis", { exact: true }).check();
  await page.getByRole("button", { name: /^Reset 1 of/ }).click();
  const word = page.getByLabel("Type reset and press Enter");
  await word.fill("rese");
  await word.press("Enter");
  expect(await names()).toEqual(["kept", "logged"]);
  await word.fill("reset");
  await word.press("Enter");
  await page.getByText("Empty are kinesis.").waitFor();
  expect(await names()).toEqual([]);

  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Load a file" }).click();
  await (await choosing).setFiles({
    name: "state.tar.zst",
    mimeType: "application/zstd",
    buffer: await readFile(file),
  });
  await page.getByLabel("Type load and press Enter").fill("load");
  await page.keyboard.press("Enter");
  await page.getByText("state.tar.zst is loaded.").waitFor();
  expect(await names()).toEqual(["kept", "logged"]);
  expect(browser.problems).toEqual([]);
});
