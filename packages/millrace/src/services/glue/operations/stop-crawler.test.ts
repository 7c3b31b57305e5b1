import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("stops the crawl that runs", async () => {
  await using glue = await GlueRunner.start();
  await glue.objects.put("lake", { "a.json": '{"a":1}' });
  await glue.run("CreateCrawler", crawlerInput("c"));
  expect(await codeOf(glue.run("StopCrawler", { Name: "c" }))).toBe("CrawlerNotRunningException");
  await glue.run("StartCrawler", { Name: "c" });
  await glue.run("StopCrawler", { Name: "c" });
  expect(await codeOf(glue.run("StopCrawler", { Name: "c" }))).toBe("CrawlerStoppingException");
  await glue.state.crawlers.runs.idle();
  expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.LastCrawl?.Status).toBe("CANCELLED");
  expect(await codeOf(glue.run("StopCrawler", { Name: "none" }))).toBe("EntityNotFoundException");
});
