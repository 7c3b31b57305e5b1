import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { arnPrefix, codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

it("finds a crawler of the account in the region", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateCrawler", crawlerInput("c"));
  expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.Name).toBe("c");
  const get = (call: object) => Promise.resolve().then(() => glue.run("GetCrawler", { Name: "c" }, call));
  expect(await codeOf(get({ region: "eu-west-1" }))).toBe("EntityNotFoundException");
  expect(await refusalOf(get({ account: "111111111111" }))).toBe(
    "EntityNotFoundException: Crawler entry with name c does not exist",
  );
  expect(glue.resources("GetCrawler", { Name: "c" })).toEqual([`${arnPrefix}crawler/c`]);
});
