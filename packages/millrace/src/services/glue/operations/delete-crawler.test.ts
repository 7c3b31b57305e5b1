import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { arnPrefix, codeOf, GlueRunner } from "../test-glue.ts";

it("forgets the crawler with its tags and its history", async () => {
  await using glue = await GlueRunner.start();
  await glue.objects.put("lake", { "a.json": '{"a":1}' });
  await glue.run("CreateCrawler", crawlerInput("c", { Tags: { team: "a" } }));
  await glue.run("StartCrawler", { Name: "c" });
  await glue.state.crawlers.runs.idle();
  await glue.run("DeleteCrawler", { Name: "c" });
  expect(await codeOf(glue.run("DeleteCrawler", { Name: "c" }))).toBe("EntityNotFoundException");
  await glue.run("CreateCrawler", crawlerInput("c"));
  expect((await glue.run("ListCrawls", { CrawlerName: "c" })).Crawls).toEqual([]);
  expect((await glue.run("GetTags", { ResourceArn: `${arnPrefix}crawler/c` })).Tags).toEqual({});
});
