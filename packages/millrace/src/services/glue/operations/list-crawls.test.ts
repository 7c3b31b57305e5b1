import type { CrawlsFilter } from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner } from "../test-glue.ts";

const hourMs = 3600_000;

async function withCrawls(count: number): Promise<GlueRunner> {
  const glue = await GlueRunner.start();
  await glue.objects.put("lake", { "a.json": '{"a":1}' });
  await glue.run("CreateCrawler", crawlerInput("c"));
  for (let i = 0; i < count; i += 1) {
    await glue.run("StartCrawler", { Name: "c" });
    await glue.state.crawlers.runs.idle();
    glue.clock.advance(hourMs);
  }
  return glue;
}

it("answers the newest crawls first, a page at a time", async () => {
  await using glue = await withCrawls(5);
  const list = async (NextToken?: string) =>
    glue.run("ListCrawls", { CrawlerName: "c", MaxResults: 2, NextToken });
  const first = await list();
  const second = await list(first.NextToken);
  const third = await list(second.NextToken);
  const pages = [first, second, third].map(({ Crawls = [] }) =>
    Crawls.map(({ StartTime }) => StartTime?.getUTCHours()),
  );
  expect(pages).toEqual([[4, 3], [2, 1], [0]]);
  expect(third.NextToken).toBeUndefined();
  expect(first.Crawls?.[0]).toMatchObject({
    State: "COMPLETED",
    LogGroup: "/aws-glue/crawlers",
    LogStream: "c",
    MessagePrefix: first.Crawls?.[0]?.CrawlId,
    DPUHour: 0,
  });
  expect(await codeOf(glue.run("ListCrawls", { CrawlerName: "c", NextToken: "x" }))).toBe(
    "InvalidInputException",
  );
  expect(await codeOf(glue.run("ListCrawls", { CrawlerName: "none" }))).toBe("EntityNotFoundException");
});

it("filters by state, id and time", async () => {
  await using glue = await withCrawls(4);
  const hours = async (...Filters: CrawlsFilter[]) => {
    const { Crawls = [] } = await glue.run("ListCrawls", { CrawlerName: "c", Filters });
    return Crawls.map(({ StartTime }) => StartTime?.getUTCHours());
  };
  const at = (hour: number) => String(Date.UTC(2026, 0, 1, hour));
  expect(await hours({ FieldName: "START_TIME", FilterOperator: "GE", FieldValue: at(2) })).toEqual([3, 2]);
  expect(
    await hours(
      { FieldName: "START_TIME", FilterOperator: "GT", FieldValue: at(0) },
      { FieldName: "END_TIME", FilterOperator: "LT", FieldValue: at(3) },
    ),
  ).toEqual([2, 1]);
  expect(await hours({ FieldName: "STATE", FilterOperator: "EQ", FieldValue: "FAILED" })).toEqual([]);
  expect(await hours({ FieldName: "STATE", FilterOperator: "NE", FieldValue: "FAILED" })).toHaveLength(4);
  expect(await hours({ FieldName: "DPU_HOUR", FilterOperator: "LE", FieldValue: "0" })).toHaveLength(4);
  const refused: readonly CrawlsFilter[] = [
    { FieldName: "START_TIME", FilterOperator: "GE", FieldValue: "yesterday" },
    { FieldName: "START_TIME", FilterOperator: "GE", FieldValue: "" },
    { FieldName: "STATE", FilterOperator: "GT", FieldValue: "FAILED" },
    { FieldName: "STATE" },
  ];
  for (const filter of refused) expect(await codeOf(hours(filter))).toBe("InvalidInputException");
});
