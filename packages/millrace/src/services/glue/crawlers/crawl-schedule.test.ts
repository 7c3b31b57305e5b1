import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";
import { orders } from "./test-crawl.ts";

const hourMs = 3600_000;
const input = (Schedule: string) => ({
  Name: "c",
  Role: "r",
  DatabaseName: "shop",
  Targets: { S3Targets: [{ Path: "s3://lake/" }] },
  Schedule,
});

async function crawls(glue: GlueRunner): Promise<readonly (string | undefined)[]> {
  await glue.state.crawlers.runs.idle();
  const { Crawls = [] } = await glue.run("ListCrawls", { CrawlerName: "c" });
  return Crawls.map(({ StartTime }) => StartTime?.toISOString().slice(5, 16));
}

/** Lets time pass, in steps, because a crawl that is due waits for the disk before it has begun. */
async function pass(glue: GlueRunner, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    glue.clock.advance(hourMs);
    await crawls(glue);
  }
}

describe("schedules", () => {
  it("start crawlers, until they are stopped", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "a.json": orders(1) });
    await glue.run("CreateCrawler", input("cron(30 0/6 * * ? *)"));
    await pass(glue, 13);
    expect(await crawls(glue)).toEqual(["01-01T12:30", "01-01T06:30", "01-01T00:30"]);
    await glue.run("StopCrawlerSchedule", { CrawlerName: "c" });
    await pass(glue, 24);
    expect(await crawls(glue)).toHaveLength(3);
    await glue.run("StartCrawlerSchedule", { CrawlerName: "c" });
    await pass(glue, 6);
    expect(await crawls(glue)).toHaveLength(4);
  });

  it("outlive a restart, and make up for nothing", async () => {
    await using glue = await GlueRunner.start({ onDisk: true });
    await glue.objects.put("lake", { "a.json": orders(1) });
    await glue.run("CreateCrawler", input("cron(0 12 * * ? *)"));
    await glue.restart();
    await pass(glue, 12);
    expect(await crawls(glue)).toEqual(["01-01T12:00"]);
    await glue.run("UpdateCrawlerSchedule", { CrawlerName: "c", Schedule: "cron(0 13 * * ? *)" });
    await glue.restart();
    await pass(glue, 1);
    expect(await crawls(glue)).toEqual(["01-01T13:00", "01-01T12:00"]);
  });

  it("leave out a crawler that runs", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "a.json": orders(1) });
    await glue.run("CreateCrawler", input("cron(0/5 * * * ? *)"));
    await glue.run("StartCrawler", { Name: "c" });
    glue.clock.advance(12 * 60_000);
    expect(await crawls(glue)).toEqual(["01-01T00:00"]);
  });

  it("end with their crawler", async () => {
    await using glue = await GlueRunner.start();
    await glue.run("CreateCrawler", input("cron(0/5 * * * ? *)"));
    await glue.run("DeleteCrawler", { Name: "c" });
    glue.clock.advance(24 * hourMs);
    expect(glue.logged).toEqual([]);
  });
});
