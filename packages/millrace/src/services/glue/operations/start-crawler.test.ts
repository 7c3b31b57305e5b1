import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("starts a crawl, once", async () => {
  await using glue = await GlueRunner.start();
  await glue.objects.put("lake", { "a.json": '{"a":1}' });
  await glue.run("CreateCrawler", crawlerInput("c"));
  await glue.run("StartCrawler", { Name: "c" });
  expect(await codeOf(glue.run("StartCrawler", { Name: "c" }))).toBe("CrawlerRunningException");
  await glue.state.crawlers.runs.idle();
  expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.LastCrawl?.Status).toBe("SUCCEEDED");
  expect(await codeOf(glue.run("StartCrawler", { Name: "none" }))).toBe("EntityNotFoundException");
});
