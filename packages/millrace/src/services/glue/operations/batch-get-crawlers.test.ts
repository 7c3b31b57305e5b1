import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { arnPrefix, GlueRunner } from "../test-glue.ts";

it("answers those that are there, and the names of those that are not", async () => {
  await using glue = await GlueRunner.start();
  for (const name of ["a", "b"]) await glue.run("CreateCrawler", crawlerInput(name));
  const CrawlerNames = ["b", "none", "a"];
  const { Crawlers = [], CrawlersNotFound } = await glue.run("BatchGetCrawlers", { CrawlerNames });
  expect(Crawlers.map(({ Name }) => Name)).toEqual(["b", "a"]);
  expect(CrawlersNotFound).toEqual(["none"]);
  expect(glue.resources("BatchGetCrawlers", { CrawlerNames: ["a"] })).toEqual([`${arnPrefix}crawler/a`]);
});
