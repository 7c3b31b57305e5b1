import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

it("answers all crawlers, a page at a time", async () => {
  await using glue = await GlueRunner.start();
  for (const name of ["b", "a", "c"]) await glue.run("CreateCrawler", crawlerInput(name));
  const first = await glue.run("GetCrawlers", { MaxResults: 2 });
  const second = await glue.run("GetCrawlers", { MaxResults: 2, NextToken: first.NextToken });
  const names = [first, second].map(({ Crawlers = [] }) => Crawlers.map(({ Name }) => Name));
  expect(names).toEqual([["a", "b"], ["c"]]);
  expect(second.NextToken).toBeUndefined();
  expect(await codeOf(glue.run("GetCrawlers", { NextToken: "x" }))).toBe("InvalidInputException");
});
