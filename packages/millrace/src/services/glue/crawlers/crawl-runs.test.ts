import { describe, expect, it } from "vitest";
import { everyRole, type RoleAccess } from "../../../core/role-access.ts";
import { codeOf, GlueRunner, refusalOf } from "../test-glue.ts";
import { again, crawl, inWords, lastCrawl, orders } from "./test-crawl.ts";

const crawler = {
  Name: "c",
  Role: "r",
  DatabaseName: "shop",
  Targets: { S3Targets: [{ Path: "s3://lake/" }] },
} as const;

describe("crawls", () => {
  it("run one at a time, and can be stopped", async () => {
    await using glue = await GlueRunner.start();
    const objects: Record<string, string> = {};
    for (let i = 0; i < 300; i += 1) objects[`${i}.json`] = orders(i);
    await glue.objects.put("lake", objects);
    await glue.run("CreateCrawler", { ...crawler, Targets: { S3Targets: [{ Path: "s3://lake/" }] } });
    const stop = (): Promise<unknown> => Promise.resolve().then(() => glue.run("StopCrawler", { Name: "c" }));
    expect(await refusalOf(stop())).toBe("CrawlerNotRunningException: Crawler with name c isn't running");
    await glue.run("StartCrawler", { Name: "c" });
    expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.State).toBe("RUNNING");
    expect(await refusalOf(glue.run("StartCrawler", { Name: "c" }))).toBe(
      "CrawlerRunningException: Crawler with name c has already started",
    );
    expect(await codeOf(glue.run("DeleteCrawler", { Name: "c" }))).toBe("CrawlerRunningException");
    expect(await codeOf(glue.run("UpdateCrawler", { Name: "c" }))).toBe("CrawlerRunningException");
    await stop();
    expect((await glue.run("GetCrawler", { Name: "c" })).Crawler?.State).toBe("STOPPING");
    expect(await codeOf(stop())).toBe("CrawlerStoppingException");
    await glue.state.crawlers.runs.idle();
    expect(await lastCrawl(glue)).toMatchObject({ State: "STOPPED" });
    const { Crawler } = await glue.run("GetCrawler", { Name: "c" });
    expect(Crawler).toMatchObject({ State: "READY", LastCrawl: { Status: "CANCELLED" } });
    expect(await inWords(glue)).toEqual([]);
    await again(glue);
    expect(await inWords(glue)).toEqual(["lake id:int,name:string,price:double"]);
  });

  it("start once when they are asked for twice at once", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "a.json": orders(1) });
    await glue.run("CreateCrawler", { ...crawler, Targets: { S3Targets: [{ Path: "s3://lake/" }] } });
    const starts = [1, 2, 3].map(() => glue.run("StartCrawler", { Name: "c" }));
    const outcomes = await Promise.allSettled(starts);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    await glue.state.crawlers.runs.idle();
    expect((await glue.run("ListCrawls", { CrawlerName: "c" })).Crawls).toHaveLength(1);
  });

  it("that were running when Millrace ended have failed", async () => {
    await using glue = await GlueRunner.start({ onDisk: true });
    await glue.objects.put("lake", { "a.json": orders(1) });
    await crawl(glue);
    const { id } = glue.state.crawlers.get({ account: "000000000000", region: "us-east-1" }, "c");
    // What is on disk when the process is killed in the middle of a crawl.
    await glue.state.crawlers.crawls.begin(id, "00000000-0000-0000-0000-000000000001", glue.clock.now());
    await glue.restart();
    const { Crawler } = await glue.run("GetCrawler", { Name: "c" });
    expect(Crawler).toMatchObject({ State: "READY", LastCrawl: { Status: "FAILED" } });
    expect(Crawler?.LastCrawl?.ErrorMessage).toContain("interrupted");
    await again(glue);
    expect(await lastCrawl(glue)).toMatchObject({ State: "COMPLETED", Summary: {} });
  });

  it("do only what their role may do", async () => {
    const refused = { kind: "action", message: "not authorized" } as const;
    const roles: RoleAccess = {
      ...everyRole,
      refusal: ({ action, resources }) =>
        action === "s3:GetObject" && resources[0]?.includes("/secret/") === true ? refused : undefined,
    };
    await using glue = await GlueRunner.start({ roles });
    await glue.objects.put("lake", { "open/a.json": orders(1), "secret/a.json": orders(1) });
    await crawl(glue, {
      Targets: { S3Targets: [{ Path: "s3://lake/open" }, { Path: "s3://lake/secret/" }] },
    });
    expect(await inWords(glue)).toEqual(["open id:int,name:string,price:double"]);
    expect(glue.crawlLog.has("s3://lake/secret/a.json could not be described: not authorized")).toBe(true);
  });

  it("fail when their role may not list the bucket", async () => {
    const refused = { kind: "action", message: "not authorized to list" } as const;
    const roles: RoleAccess = {
      ...everyRole,
      refusal: ({ action }) => (action === "s3:ListBucket" ? refused : undefined),
    };
    await using glue = await GlueRunner.start({ roles });
    await glue.objects.put("lake", { "a.json": orders(1) });
    await crawl(glue);
    expect(await lastCrawl(glue)).toMatchObject({ State: "FAILED", ErrorMessage: "not authorized to list" });
  });
});
