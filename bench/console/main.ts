/** The console in a real browser: first paint, scrolling through 10,000 rows, a live tail of 5,000 records a second. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { buildConsole } from "../../scripts/build/console.mjs";
import { millrace as kind, startServer } from "../server.ts";

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    seconds: { type: "string", default: "20" },
    port: { type: "string", default: "4850" },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
});
const [runs, seconds] = [Number(options.runs), Number(options.seconds)];
const objects = 10_000;
const recordsPerSecond = 5_000;
const batch = 500;
/** What a notch of a wheel moves. */
const wheelPx = 120;
const barPx = 1_200;
const scrolledFrames = 290;
const region = "us-east-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** What the page's own clock says of its frames and its longest tasks. */
interface Watched {
  readonly frameMs: number[];
  readonly taskMs: number[];
}

buildConsole({ quiet: true });
const millrace = await startServer(kind, Number(options.port));
const endpoint = `http://127.0.0.1:${options.port}`;
const browser = await chromium.launch({
  executablePath: options.browser,
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  const paints = await firstPaints(browser);
  await fillBucket();
  const scrolled = await scroll(browser);
  const tail = await followTail(browser);
  const [cpu] = cpus();
  console.log(
    `${cpu?.model}, ${cpus().length} cores, Node ${process.version}, ${browser.version()}, ${runs} loads\n`,
  );
  console.log("| | unit | measured | target |\n|---|---|---|---|");
  console.log(`| first paint, nothing cached, median | ms | ${Math.round(median(paints.cold))} | 1,000 |`);
  console.log(`| first paint, cached, median | ms | ${Math.round(median(paints.warm))} | |`);
  for (const { name, target, frameMs } of scrolled) {
    console.log(`| 10,000 rows, ${name}: frames, p50 | ms | ${at(frameMs, 0.5)} | ${target} |`);
    console.log(`| the same, p99 | ms | ${at(frameMs, 0.99)} | |`);
  }
  console.log(`| tail of ${recordsPerSecond} records/s: shown of sent | % | ${tail.shownPercent} | 100 |`);
  console.log(`| the same: frames, p99 | ms | ${at(tail.frameMs, 0.99)} | |`);
  console.log(`| the same: longest task of the page | ms | ${Math.round(Math.max(0, ...tail.taskMs))} | |`);
} finally {
  await browser.close();
  await millrace.stop();
}

async function firstPaints(from: Browser): Promise<{ readonly cold: number[]; readonly warm: number[] }> {
  note("first paint");
  const [cold, warm]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const context = await from.newContext();
    for (const times of [cold, warm]) {
      const page = await context.newPage();
      await page.goto(`${endpoint}/_millrace/console/streams`);
      await page.getByRole("heading", { name: "Streams" }).first().waitFor();
      times.push(
        await page.evaluate(
          () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
        ),
      );
      await page.close();
    }
    await context.close();
  }
  return { cold, warm };
}

async function fillBucket(): Promise<void> {
  note(`${objects} objects`);
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "many" }));
  let next = 0;
  const put = async (): Promise<void> => {
    for (let n = next++; n < objects; n = next++)
      await s3.send(
        new PutObjectCommand({ Bucket: "many", Key: `object-${String(n).padStart(6, "0")}`, Body: "x" }),
      );
  };
  await Promise.all(Array.from({ length: 16 }, put));
  s3.destroy();
}

interface Scrolled {
  readonly name: string;
  readonly target: string;
  readonly frameMs: readonly number[];
}

/** As a wheel scrolls, as a hand on the scroll bar does, and the latter where rows are plain text that was there before. */
async function scroll(from: Browser): Promise<readonly Scrolled[]> {
  note("scrolling");
  const page = await watchedPage(from, "objects/many");
  const rows = page.getByRole("grid").first();
  await rows.getByRole("row").first().waitFor();
  // Pages of the listing come as the end of the list is reached.
  for (let seen = 0; seen < objects; seen = Number((await rows.getAttribute("aria-rowcount")) ?? 0)) {
    await rows.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    const more = page.getByRole("button", { name: /more|rest|all/i }).first();
    if (await more.isVisible()) await more.click();
    await page.waitForTimeout(100);
  }
  const wheel = await framesOf(rows, wheelPx);
  const bar = await framesOf(rows, barPx);
  await page.setContent(
    `<div id="plain" style="height:800px;overflow:auto;font:14px sans-serif">${Array.from(
      { length: objects },
      (_, n) =>
        `<div style="height:36px;contain:strict">object-${String(n).padStart(6, "0")} 1 B STANDARD</div>`,
    ).join("")}</div>`,
  );
  const plain = await framesOf(page.locator("#plain"), barPx);
  await page.close();
  return [
    { name: `scrolled by ${wheelPx} px a frame`, target: "16.7", frameMs: wheel },
    { name: `by ${barPx} px a frame, all of what is seen`, target: "16.7", frameMs: bar },
    { name: "the same of plain text", target: "", frameMs: plain },
  ];
}

/** How long frames take while it is scrolled, by the same distance each. */
function framesOf(scrolled: Locator, stepPx: number): Promise<number[]> {
  return scrolled.evaluate(
    async (element, { step, count }) => {
      const page = globalThis as unknown as { requestAnimationFrame(run: (now: number) => void): void };
      const nextFrame = (): Promise<number> =>
        new Promise((resolve) => page.requestAnimationFrame((now) => resolve(now)));
      element.scrollTo(0, 0);
      await nextFrame();
      let last = await nextFrame();
      const frameMs: number[] = [];
      for (let n = 1; n <= count; n++) {
        element.scrollTo(0, n * step);
        const now = await nextFrame();
        frameMs.push(now - last);
        last = now;
      }
      return frameMs;
    },
    { step: stepPx, count: scrolledFrames },
  );
}

async function followTail(from: Browser): Promise<Watched & { readonly shownPercent: string }> {
  note(`a tail of ${recordsPerSecond} records/s for ${seconds} s`);
  const kinesis = new KinesisClient({ endpoint, region, credentials });
  const { CreateStreamCommand, waitUntilStreamExists } = await import("@aws-sdk/client-kinesis");
  await kinesis.send(new CreateStreamCommand({ StreamName: "busy", ShardCount: 4 }));
  await waitUntilStreamExists({ client: kinesis, maxWaitTime: 20, minDelay: 1 }, { StreamName: "busy" });
  const page = await watchedPage(from, "streams/busy");
  await page.getByText("Waiting for new records").waitFor();
  const sent = await produce(kinesis);
  await page.waitForTimeout(3_000);
  const shown = Number((await page.getByTestId("tail-received").textContent())?.replaceAll(",", ""));
  kinesis.destroy();
  return { ...(await watched(page)), shownPercent: ((100 * shown) / sent).toFixed(1) };
}

async function produce(kinesis: KinesisClient): Promise<number> {
  const startedMs = performance.now();
  let sent = 0;
  while (performance.now() - startedMs < seconds * 1_000) {
    if (((performance.now() - startedMs) / 1_000) * recordsPerSecond < sent + batch) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const first = sent;
    const Records = Array.from({ length: batch }, (_, i) => ({
      PartitionKey: `user-${(first + i) % 997}`,
      Data: Buffer.from(JSON.stringify({ n: first + i, user: `user-${i % 97}`, page: "/pricing", ms: i })),
    }));
    await kinesis.send(new PutRecordsCommand({ StreamName: "busy", Records }));
    sent += batch;
  }
  return sent;
}

async function watchedPage(from: Browser, path: string): Promise<Page> {
  const page = await from.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const page = globalThis as unknown as {
      watched: Watched;
      requestAnimationFrame(run: (now: number) => void): void;
    };
    page.watched = { frameMs: [], taskMs: [] };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) page.watched.taskMs.push(duration);
      // Node, whose types these are, has no such entries; browsers do.
    }).observe({ type: "longtask" as "mark" });
    let last = 0;
    const frame = (now: number): void => {
      if (last > 0) page.watched.frameMs.push(now - last);
      last = now;
      page.requestAnimationFrame(frame);
    };
    page.requestAnimationFrame(frame);
  });
  await page.goto(`${endpoint}/_millrace/console/${path}`);
  return page;
}

function watched(page: Page): Promise<Watched> {
  return page.evaluate(() => (globalThis as unknown as { readonly watched: Watched }).watched);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function at(values: readonly number[], part: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1);
}
