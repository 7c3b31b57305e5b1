import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { GlueRunner } from "../test-glue.ts";

it("tells how long crawls take and what the last one did", async () => {
  await using glue = await GlueRunner.start();
  await glue.objects.put("lake", { "a.json": '{"a":1}' });
  for (const name of ["c", "idle"]) await glue.run("CreateCrawler", crawlerInput(name));
  const metrics = async () => (await glue.run("GetCrawlerMetrics", {})).CrawlerMetricsList ?? [];
  await glue.run("StartCrawler", { Name: "c" });
  expect((await metrics())[0]).toMatchObject({ StillEstimating: true, TimeLeftSeconds: 0 });
  glue.clock.advance(4000);
  await glue.state.crawlers.runs.idle();
  expect(await metrics()).toEqual([
    {
      CrawlerName: "c",
      TimeLeftSeconds: 0,
      StillEstimating: false,
      LastRuntimeSeconds: 4,
      MedianRuntimeSeconds: 4,
      TablesCreated: 1,
      TablesUpdated: 0,
      TablesDeleted: 0,
    },
    expect.objectContaining({ CrawlerName: "idle", LastRuntimeSeconds: 0, TablesCreated: 0 }),
  ]);
  await glue.run("StartCrawler", { Name: "c" });
  glue.clock.advance(1000);
  expect((await metrics())[0]).toMatchObject({ StillEstimating: false, TimeLeftSeconds: 3 });
  await glue.state.crawlers.runs.idle();
  const { CrawlerMetricsList } = await glue.run("GetCrawlerMetrics", { CrawlerNameList: ["idle", "none"] });
  expect(CrawlerMetricsList?.map(({ CrawlerName }) => CrawlerName)).toEqual(["idle"]);
});
