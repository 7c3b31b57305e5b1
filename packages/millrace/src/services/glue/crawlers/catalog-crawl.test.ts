import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";
import { again, crawl, inWords, json, lastCrawl, orders, partitions } from "./test-crawl.ts";

const ofTable = (...Tables: string[]) => ({
  DatabaseName: undefined,
  Targets: { CatalogTargets: [{ DatabaseName: "shop", Tables }] },
});

describe("a crawl of catalog tables", () => {
  it("gives a table its columns and partitions", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("sales", { day: "string" });
    await glue.objects.put("lake", {
      "sales/day=1/a.json": orders(1),
      "sales/day=2/a.json": json([{ id: 1, extra: true }]),
      "sales/stray.json": orders(1),
    });
    await crawl(glue, ofTable("sales"));
    expect(await inWords(glue)).toEqual(["sales [day] id:int,name:string,price:double,extra:boolean"]);
    expect(await partitions(glue, "sales")).toEqual(["1", "2"]);
    expect(glue.crawlLog.has("s3://lake/sales/ does not fit table sales")).toBe(true);
    expect((await lastCrawl(glue)).Summary).toMatchObject({ TABLE: { UPDATE: { Count: 1 } } });
    await glue.objects.put("lake", { "sales/day=3/a.json": orders(1) });
    await glue.objects.remove("lake", "sales/day=1/a.json");
    await again(glue);
    expect(await partitions(glue, "sales")).toEqual(["1", "2", "3"]);
  });

  it("changes nothing of a table that has become something else", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("t");
    await glue.objects.put("lake", { "t/a.json": orders(1) });
    await crawl(glue, ofTable("t"));
    await glue.objects.remove("lake", "t/a.json");
    await glue.objects.put("lake", { "t/a.csv": "x,y\n1,2\n3,4\n" });
    await again(glue);
    expect(await inWords(glue)).toEqual(["t id:int,name:string,price:double"]);
    expect(glue.crawlLog.has("Table t is not updated: its data has another format now")).toBe(true);
  });

  it("fails for a table that is not there, or not in S3", async () => {
    await using glue = await GlueRunner.start();
    await crawl(glue, ofTable("nowhere"));
    expect((await lastCrawl(glue)).ErrorMessage).toBe("The table shop.nowhere does not exist.");
    const TableInput = { Name: "far", StorageDescriptor: { Location: "shop.public.far" } };
    await glue.run("CreateTable", { DatabaseName: "shop", TableInput });
    await glue.run("UpdateCrawler", { Name: "c", Targets: ofTable("far").Targets });
    await again(glue);
    expect((await lastCrawl(glue)).ErrorMessage).toContain("The table shop.far is not in S3");
  });
});
