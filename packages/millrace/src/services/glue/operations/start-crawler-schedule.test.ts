import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("starts a schedule that was stopped", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateCrawler", crawlerInput("none"));
  await glue.run("CreateCrawler", crawlerInput("c", { Schedule: "cron(0 1 * * ? *)" }));
  const start = (CrawlerName: string) => glue.run("StartCrawlerSchedule", { CrawlerName });
  expect(await codeOf(start("none"))).toBe("NoScheduleException");
  expect(await codeOf(start("c"))).toBe("SchedulerRunningException");
  expect(await codeOf(start("nobody"))).toBe("EntityNotFoundException");
  await glue.run("StopCrawlerSchedule", { CrawlerName: "c" });
  await start("c");
  expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.Schedule?.State).toBe("SCHEDULED");
});
