import { type KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ConsoleInBrowser } from "../fixtures/browser.ts";
import { createStream, kinesisClient } from "../fixtures/kinesis-client.ts";

const stream = "busy";
const shards = 4;
/** What a browser is asked to show without freezing. */
const recordsPerSecond = 5_000;
const batchRecords = 500;
/** It ends by itself where the test does not end it. */
const maxSeconds = 90;
/** What the page keeps. */
const keptRecords = 10_000;
const pollTimeoutMs = 60_000;

let browser: ConsoleInBrowser;
let kinesis: KinesisClient;
beforeAll(async () => {
  browser = await ConsoleInBrowser.start();
  kinesis = kinesisClient(browser.millrace.url);
  await createStream(kinesis, stream, shards);
});
afterAll(async () => {
  kinesis.destroy();
  await browser[Symbol.asyncDispose]();
});

it("goes on counting, and can be used, while 5,000 records come a second", async () => {
  const { page } = browser;
  await page.addInitScript(watchLongTasks);
  await browser.open(`streams/${stream}`);
  await page.getByText("Waiting for new records").waitFor();
  const enough = new AbortController();
  const producing = produce(enough.signal);
  const received = page.getByTestId("tail-received");
  const count = async (): Promise<number> => Number((await received.textContent())?.replaceAll(",", "") ?? 0);
  await expect.poll(count, { timeout: pollTimeoutMs }).toBeGreaterThan(2 * keptRecords);
  await page.getByText(/newest 10,000 shown · [\d,]+ dropped/).waitFor();
  const rows = page.getByRole("grid", { name: "Records" });
  expect(await rows.getAttribute("aria-rowcount")).toBe(`${keptRecords}`);
  // Only rows in sight are in the page.
  expect(await rows.getByRole("row").count()).toBeLessThan(60);
  await browser.screenshot("streams-tail");

  await page.getByLabel("Filter records").fill("n%2=none user=user-7");
  await page.getByLabel("Filter records").fill("user=user-7");
  await expect
    .poll(() => rows.getByText('"user":"user-7"').count(), { timeout: pollTimeoutMs })
    .toBeGreaterThan(5);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor();
  const first = (): Promise<string | null> => rows.getByRole("row").first().textContent();
  // Records that were there before are looked through to their end first.
  const standsStill = async (): Promise<boolean> => {
    const [row, before] = [await first(), await count()];
    await expect.poll(count, { timeout: pollTimeoutMs }).toBeGreaterThan(before);
    return (await first()) === row;
  };
  await expect.poll(standsStill, { timeout: pollTimeoutMs }).toBe(true);
  await rows.getByRole("row").first().click();
  await page.getByRole("dialog").getByText('"user-7"').waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByLabel("Filter records").fill("");

  enough.abort();
  const sent = await producing;
  await expect.poll(count, { timeout: pollTimeoutMs }).toBe(sent);
  const { tasks, longestMs, frames } = await page.evaluate(
    () => (globalThis as unknown as { readonly watched: Watched }).watched,
  );
  process.stdout.write(
    `${sent} records shown: ${frames} frames, ${tasks} long tasks, the longest ${Math.round(longestMs)} ms\n`,
  );
  expect(frames).toBeGreaterThan(0);
  expect(browser.problems).toEqual([]);
});

interface Watched {
  tasks: number;
  longestMs: number;
  frames: number;
}

/** Runs in the page. */
function watchLongTasks(): void {
  const watched: Watched = { tasks: 0, longestMs: 0, frames: 0 };
  Object.assign(globalThis, { watched });
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      watched.tasks++;
      watched.longestMs = Math.max(watched.longestMs, duration);
    }
  });
  // Node, whose types these are, knows no such entries.
  observer.observe({ type: "longtask" as "measure" });
  const { requestAnimationFrame: nextFrame } = globalThis as unknown as {
    requestAnimationFrame(draw: () => void): void;
  };
  const draw = (): void => {
    watched.frames++;
    nextFrame(draw);
  };
  nextFrame(draw);
}

/** Puts as many as are due, until it is enough. Answers how many it was. */
async function produce(enough: AbortSignal): Promise<number> {
  const startedMs = performance.now();
  let sent = 0;
  for (
    let elapsed = 0;
    elapsed < maxSeconds && !enough.aborted;
    elapsed = (performance.now() - startedMs) / 1_000
  ) {
    if (elapsed * recordsPerSecond < sent + batchRecords) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const first = sent;
    const Records = Array.from({ length: batchRecords }, (_, i) => ({
      PartitionKey: `user-${(first + i) % 997}`,
      Data: Buffer.from(
        JSON.stringify({ n: first + i, user: `user-${(first + i) % 97}`, page: "/pricing", ms: i }),
      ),
    }));
    await kinesis.send(new PutRecordsCommand({ StreamName: stream, Records }));
    sent += batchRecords;
  }
  return sent;
}
