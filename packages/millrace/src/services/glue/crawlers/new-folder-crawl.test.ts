import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";
import { again, crawl, inWords, lastCrawl, orders, partitions } from "./test-crawl.ts";

const onlyNew = {
  RecrawlPolicy: { RecrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" },
  SchemaChangePolicy: { UpdateBehavior: "LOG", DeleteBehavior: "LOG" },
} as const;

describe("a crawl of new folders only", () => {
  it("adds partitions and tables, and looks at nothing that it knows", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", {
      "sales/d=1/a.json": orders(1),
      "users/a.json": '{"login":"x","age":1}',
    });
    await crawl(glue, onlyNew);
    const before = ["sales [d] id:int,name:string,price:double", "users login:string,age:int"];
    expect(await inWords(glue)).toEqual(before);
    await glue.objects.put("lake", {
      "sales/d=1/b.json": '{"unseen":true}',
      "sales/d=2/a.json": orders(4),
      "sales/d=3/a.json": orders(7),
      "events/h=1/a.json": '{"kind":"click"}',
      "users/b.json": '{"unseen":true}',
    });
    await again(glue);
    expect(await inWords(glue)).toEqual(["events [h] kind:string", ...before]);
    expect(await partitions(glue, "sales")).toEqual(["1", "2", "3"]);
    expect((await lastCrawl(glue)).Summary).toEqual({
      PARTITION: { ADD: { Details: { names: ["sales/2", "sales/3", "events/1"] }, Count: 3 } },
      TABLE: { ADD: { Details: { names: ["events"] }, Count: 1 } },
    });
    await again(glue);
    expect((await lastCrawl(glue)).Summary).toEqual({});
  });

  it("leaves out what does not fit a table, and says so", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "d=1/a.json": orders(1) });
    await crawl(glue, onlyNew);
    await glue.objects.put("lake", {
      "d=2/a.json": '{"other":1}',
      "d=3/a.csv": "id,name\n1,x\n2,y\n",
      "d=4/h=1/a.json": orders(1),
      "e=5/a.json": orders(1),
    });
    await again(glue);
    expect(await partitions(glue, "lake")).toEqual(["1"]);
    expect(glue.crawlLog.has("s3://lake/d=2/ was not added to table lake: its schema is not similar")).toBe(
      true,
    );
    expect(glue.crawlLog.has("s3://lake/d=3/ was not added to table lake: it is csv")).toBe(true);
    expect(glue.crawlLog.has("s3://lake/d=4/h=1/ was not added to table lake: its folders")).toBe(true);
    expect(glue.crawlLog.has("s3://lake/e=5/ was not added to table lake: its folders")).toBe(true);
  });

  it("removes nothing", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "d=1/a.json": orders(1), "d=2/a.json": orders(1) });
    await crawl(glue, onlyNew);
    await glue.objects.remove("lake", "d=1/a.json");
    await again(glue);
    expect(await partitions(glue, "lake")).toEqual(["1", "2"]);
  });
});
