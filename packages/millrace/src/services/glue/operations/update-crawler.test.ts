import { expect, it } from "vitest";
import { crawlerInput } from "../crawlers/test-crawl.ts";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";

it("changes what it is told, and keeps the rest", async () => {
  await using glue = await GlueRunner.start({ onDisk: true });
  await glue.run("CreateCrawler", crawlerInput("c", { Description: "d", Schedule: "cron(0 1 * * ? *)" }));
  glue.clock.advance(1000);
  await glue.run("UpdateCrawler", { Name: "c", TablePrefix: "raw_" });
  await glue.restart();
  const { Crawler } = await glue.run("GetCrawler", { Name: "c" });
  expect(Crawler).toMatchObject({
    Description: "d",
    TablePrefix: "raw_",
    Role: "service-role/crawler",
    Schedule: { ScheduleExpression: "cron(0 1 * * ? *)", State: "SCHEDULED" },
    Version: 2,
  });
  expect(Number(Crawler?.LastUpdated) - Number(Crawler?.CreationTime)).toBe(1000);
});

it("checks what it is told", async () => {
  await using glue = await GlueRunner.start();
  await glue.run("CreateCrawler", crawlerInput("c"));
  expect(await codeOf(glue.run("UpdateCrawler", { Name: "none" }))).toBe("EntityNotFoundException");
  expect(await codeOf(glue.run("UpdateCrawler", { Name: "c", Configuration: "[]" }))).toBe(
    "InvalidInputException",
  );
  expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.Version).toBe(1);
});

it("leaves the targets of a crawl of new folders alone", async () => {
  await using glue = await GlueRunner.start();
  const more = {
    RecrawlPolicy: { RecrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" },
    SchemaChangePolicy: { UpdateBehavior: "LOG", DeleteBehavior: "LOG" },
  } as const;
  await glue.run("CreateCrawler", crawlerInput("c", more));
  const Targets = { S3Targets: [{ Path: "s3://other/" }] };
  expect(await refusalOf(glue.run("UpdateCrawler", { Name: "c", Targets }))).toContain("cannot be changed");
  await glue.run("UpdateCrawler", { Name: "c", Description: "new" });
});

it("needs the permission to pass a role that it is told", async () => {
  await using glue = await GlueRunner.start();
  const actions = (Role?: string) =>
    glue.permissions("UpdateCrawler", { Name: "c", Role }).map(({ action }) => action);
  expect(actions()).toEqual(["glue:UpdateCrawler"]);
  expect(actions("r")).toEqual(["glue:UpdateCrawler", "iam:PassRole"]);
});
