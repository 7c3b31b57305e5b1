import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("lists names, of all or of those with some tags", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateCrawler", crawlerInput("a", { Tags: { team: "x", stage: "prod" } }));
  await glue.run("CreateCrawler", crawlerInput("b", { Tags: { team: "x" } }));
  await glue.run("CreateCrawler", crawlerInput("c"));
  const names = async (Tags?: Record<string, string>) =>
    (await glue.run("ListCrawlers", { Tags })).CrawlerNames;
  expect(await names()).toEqual(["a", "b", "c"]);
  expect(await names({ team: "x" })).toEqual(["a", "b"]);
  expect(await names({ team: "x", stage: "prod" })).toEqual(["a"]);
  expect(await names({ team: "y" })).toEqual([]);
  const { NextToken } = await glue.run("ListCrawlers", { MaxResults: 1 });
  expect((await glue.run("ListCrawlers", { NextToken })).CrawlerNames).toEqual(["b", "c"]);
  expect(await codeOf(glue.run("ListCrawlers", { NextToken, Tags: { team: "x" } }))).toBe(
    "InvalidInputException",
  );
});
