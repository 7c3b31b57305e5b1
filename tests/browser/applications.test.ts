import { type KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { afterAll, beforeAll, expect, it } from "vitest";
import { analyticsClient, untilStatus } from "../fixtures/analytics-client.ts";
import { prepareAxe, seriousViolations } from "../fixtures/axe.ts";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";

let browser: ConsoleInBrowser;
let kinesis: KinesisClient;
let analytics: KinesisAnalyticsV2;
let feed: NodeJS.Timeout;
let sent = 0;

beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  await prepareAxe(browser.page);
  kinesis = kinesisClient(browser.millrace.url);
  analytics = analyticsClient(browser.millrace.url);
  await createStream(kinesis, "flights", 2);
  await createStream(kinesis, "late");
  await put();
  feed = setInterval(() => void put().catch(() => undefined), 200);
});
afterAll(async () => {
  clearInterval(feed);
  kinesis.destroy();
  await browser[Symbol.asyncDispose]();
});

async function put(): Promise<void> {
  const records = Array.from({ length: 40 }, () => {
    sent++;
    const origin = ["ZRH", "GVA", "BSL"][sent % 3];
    const record = { origin, delay: sent % 90, ts: new Date().toISOString() };
    return { PartitionKey: `${sent}`, Data: Buffer.from(JSON.stringify(record)) };
  });
  await kinesis.send(new PutRecordsCommand({ StreamName: "flights", Records: records }));
}

it("makes an application from a stream, and shows its operators at work", async () => {
  const { page } = browser;
  await browser.open("applications");
  await page.getByText("There are no applications yet").waitFor();
  await page.getByRole("link", { name: "Create one from a stream" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("delays");
  await page.getByRole("combobox", { name: "Example over the stream" }).click();
  await page.getByRole("option", { name: "flights" }).click();
  await page.getByRole("combobox", { name: "Results go to" }).click();
  await page.getByRole("option", { name: "late" }).click();
  await page.getByRole("button", { name: "Write the example" }).click();
  await page.getByText("INSERT INTO results").waitFor();
  await page.getByText("WATERMARK FOR ts").waitFor();
  await browser.screenshot("application-create");
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/applications\/delays$/);
  await page.getByText("RUNNING", { exact: true }).waitFor();
  const graph = page.getByTestId("job-graph");
  await graph.getByText("TableSourceScan").waitFor();
  await graph.getByText("WindowAggregate").waitFor();
  await graph
    .getByText(/^in [\d.,]+\/s$/)
    .first()
    .waitFor();
  await page.getByText("Behind the newest record").first().waitFor();
  await browser.screenshot("application");
  await browser.screenshot("application-light", "light");
  expect(await seriousViolations(page)).toEqual([]);
  expect(browser.problems).toEqual([]);
});

it("shows what comes out", async () => {
  const { page } = browser;
  await browser.open("applications/delays/output");
  await page.getByRole("row").filter({ hasText: '"window_end"' }).first().waitFor();
  await browser.screenshot("application-output");
  expect(browser.problems).toEqual([]);
});

it("takes a snapshot, and goes back to it", async () => {
  const { page } = browser;
  await browser.open("applications/delays/snapshots");
  await page.getByRole("textbox", { name: "Name of the snapshot" }).fill("before-lunch");
  await page.getByRole("button", { name: "Take a snapshot" }).click();
  const row = page.getByRole("row").filter({ hasText: "before-lunch" });
  await row.getByText("READY").waitFor();
  await row.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
  await page.getByText("The job starts from before-lunch.").waitFor();
  await untilStatus(analytics, "delays", "RUNNING");
  await page.getByRole("tab", { name: "Operations" }).click();
  await page.getByRole("row").filter({ hasText: "UpdateApplication" }).getByText("SUCCESSFUL").waitFor();
  expect(browser.problems).toEqual([]);
});

it("changes the program, shows AWS's words when it is wrong, and rolls it back", async () => {
  const { page } = browser;
  await browser.open("applications/delays/code");
  const program = page.getByRole("textbox", { name: "Program" });
  await program.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("INSERT INTO nowhere SELECT 1;");
  await page.getByRole("button", { name: "Update" }).click();
  await page.getByRole("alert").getByText("CodeValidationException").first().waitFor();
  await page.getByRole("button", { name: "Discard" }).click();
  await program.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("-- Reads less often.\n");
  await page.getByRole("button", { name: "Update" }).click();
  await page.getByText("The job is restarted with the new program.").waitFor();
  await untilStatus(analytics, "delays", "RUNNING");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Roll back to the version before" }).click();
  await page.getByText("The version before is taken again.").waitFor();
  expect(browser.problems).toEqual([]);
});

it("stops, starts and deletes", async () => {
  const { page } = browser;
  await untilStatus(analytics, "delays", "RUNNING");
  await browser.open("applications/delays");
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("It does not run").waitFor();
  await page.getByRole("tab", { name: "Configuration" }).click();
  await page
    .getByText("arn:aws:kinesisanalytics:us-east-1:000000000000:application/delays")
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await untilStatus(analytics, "delays", "RUNNING");
  await page.getByRole("tab", { name: "Logs" }).click();
  await page.getByRole("row").first().waitFor();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByLabel(/^Type delays/).fill("delays");
  await page.keyboard.press("Enter");
  await page.getByText("There are no applications yet").waitFor();
  expect(browser.problems).toEqual([]);
});
