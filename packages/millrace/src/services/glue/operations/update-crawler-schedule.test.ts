import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("gives a crawler another schedule, or takes it away", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateCrawler", crawlerInput("c"));
  const schedule = async () => (await glue.run("GetCrawler", { Name: "c" })).Crawler?.Schedule;
  const update = (Schedule: string | undefined) =>
    glue.run("UpdateCrawlerSchedule", { CrawlerName: "c", Schedule });
  await update("cron(0 1 * * ? *)");
  expect(await schedule()).toEqual({ ScheduleExpression: "cron(0 1 * * ? *)", State: "SCHEDULED" });
  expect(await codeOf(update("cron(0 1 * * * *)"))).toBe("InvalidInputException");
  expect((await schedule())?.ScheduleExpression).toBe("cron(0 1 * * ? *)");
  await update(undefined);
  expect(await schedule()).toBeUndefined();
  expect(await codeOf(glue.run("UpdateCrawlerSchedule", { CrawlerName: "none" }))).toBe(
    "EntityNotFoundException",
  );
});
