import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("stops a schedule, and keeps it", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateCrawler", crawlerInput("none"));
  await glue.run("CreateCrawler", crawlerInput("c", { Schedule: "cron(0 1 * * ? *)" }));
  const stop = (CrawlerName: string) => glue.run("StopCrawlerSchedule", { CrawlerName });
  expect(await codeOf(stop("none"))).toBe("SchedulerNotRunningException");
  await stop("c");
  expect(await codeOf(stop("c"))).toBe("SchedulerNotRunningException");
  expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.Schedule).toEqual({
    ScheduleExpression: "cron(0 1 * * ? *)",
    State: "NOT_SCHEDULED",
  });
});
