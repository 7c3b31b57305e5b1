import { describe, expect, it } from "vitest";
import { GlueRunner } from "../test-glue.ts";
import { again, crawl, inWords, json, lastCrawl, orders, partitions, tables } from "./test-crawl.ts";

describe("a crawl of objects", () => {
  it("makes a table with its partitions", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", {
      "year=2025/month=1/a.json": orders(1),
      "year=2025/month=1/b.json": orders(4),
      "year=2025/month=2/a.json": orders(7),
      "year=2026/month=1/a.json": orders(9),
    });
    await crawl(glue);
    expect(await inWords(glue)).toEqual(["lake [year,month] id:int,name:string,price:double"]);
    expect(await partitions(glue, "lake")).toEqual(["2025/1", "2025/2", "2026/1"]);
    expect(await lastCrawl(glue)).toEqual({
      State: "COMPLETED",
      Summary: {
        TABLE: { ADD: { Details: { names: ["lake"] }, Count: 1 } },
        PARTITION: { ADD: { Details: { names: ["lake/2025/1", "lake/2025/2", "lake/2026/1"] }, Count: 3 } },
      },
      ErrorMessage: undefined,
    });
    expect(glue.crawlLog.lines).toEqual([
      "BENCHMARK : Running Start Crawl for Crawler c",
      "BENCHMARK : Classification complete, writing results to database shop",
      'INFO : Crawler configured with SchemaChangePolicy {"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"DEPRECATE_IN_DATABASE"}.',
      "INFO : Created table lake in database shop",
      expect.stringContaining(
        "Table lake: 4 objects of json with 3 columns in s3://lake/, partitioned by year, month",
      ),
      "BENCHMARK : Finished writing to Catalog",
      "INFO : Run Summary For PARTITION:",
      "INFO : ADD: 3",
      "INFO : Run Summary For TABLE:",
      "INFO : ADD: 1",
      "BENCHMARK : Crawler has finished running and is in state READY",
    ]);
    expect([...glue.crawlLog.streams]).toEqual(["/aws-glue/crawlers c"]);
  });

  it("writes tables as Glue's crawlers do", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", {
      "d=1/a.json": orders(1),
      "d=1/x.tmp": "\u0000\u0001",
      "d=2/_SUCCESS": "",
    });
    const Targets = { S3Targets: [{ Path: "s3://lake", Exclusions: ["**.tmp"] }] };
    await crawl(glue, {
      Targets,
      TablePrefix: "Raw_",
      Configuration: '{"Version":1.0,"CreatePartitionIndex":true}',
    });
    const [table] = await tables(glue);
    const parameters = {
      CrawlerSchemaSerializerVersion: "1.0",
      CrawlerSchemaDeserializerVersion: "1.0",
      UPDATED_BY_CRAWLER: "c",
      classification: "json",
      compressionType: "none",
      typeOfData: "file",
      objectCount: "1",
      recordCount: "3",
      sizeKey: expect.stringMatching(/^\d+$/),
      averageRecordSize: expect.stringMatching(/^\d+$/),
      exclusions: '["**.tmp"]',
    };
    expect(table).toMatchObject({
      Name: "raw_lake",
      TableType: "EXTERNAL_TABLE",
      Owner: "owner",
      CreatedBy: "arn:aws:iam::000000000000:role/r",
      PartitionKeys: [{ Name: "d", Type: "string" }],
      Parameters: { ...parameters, "partition_filtering.enabled": "true" },
    });
    expect(table?.StorageDescriptor).toMatchObject({
      Location: "s3://lake/",
      InputFormat: "org.apache.hadoop.mapred.TextInputFormat",
      Compressed: false,
      NumberOfBuckets: -1,
      SerdeInfo: { SerializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
    });
    const where = { DatabaseName: "shop", TableName: "raw_lake" };
    const { PartitionIndexDescriptorList } = await glue.run("GetPartitionIndexes", where);
    expect(PartitionIndexDescriptorList).toMatchObject([
      { IndexName: "crawler_partition_index", IndexStatus: "ACTIVE" },
    ]);
    const { Partition } = await glue.run("GetPartition", { ...where, PartitionValues: ["1"] });
    expect(Partition?.StorageDescriptor?.Location).toBe("s3://lake/d=1/");
  });

  it("changes nothing when nothing has changed, and only statistics when only they have", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "d=1/a.json": orders(1) });
    await crawl(glue);
    await again(glue);
    expect((await lastCrawl(glue)).Summary).toEqual({});
    expect((await tables(glue))[0]?.VersionId).toBe("0");
    await glue.objects.put("lake", { "d=1/b.json": orders(4) });
    await again(glue);
    expect((await lastCrawl(glue)).Summary).toEqual({});
    expect((await tables(glue))[0]?.Parameters?.["objectCount"]).toBe("2");
    const { TableVersions } = await glue.run("GetTableVersions", { DatabaseName: "shop", TableName: "lake" });
    expect(TableVersions).toHaveLength(1);
  });

  const widened = json([{ id: 1, name: "x", price: 1.5, extra: true }]);

  it("updates a table whose schema has changed", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "a.json": orders(1) });
    await crawl(glue);
    await glue.objects.put("lake", { "a.json": widened });
    await again(glue);
    expect(await inWords(glue)).toEqual(["lake id:int,name:string,price:double,extra:boolean"]);
    expect((await lastCrawl(glue)).Summary).toMatchObject({ TABLE: { UPDATE: { Count: 1 } } });
  });

  it("leaves tables alone when it may only log", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "d=1/a.json": orders(1) });
    await crawl(glue, { SchemaChangePolicy: { UpdateBehavior: "LOG", DeleteBehavior: "LOG" } });
    await glue.objects.put("lake", { "d=1/a.json": widened, "d=2/a.json": widened });
    await again(glue);
    expect(await inWords(glue)).toEqual(["lake [d] id:int,name:string,price:double"]);
    expect(await partitions(glue, "lake")).toEqual(["1", "2"]);
    expect(glue.crawlLog.has("is not updated (UpdateBehavior LOG)")).toBe(true);
  });

  it("adds new columns alone when it is told to", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "a.json": json([{ id: 1, at: { x: 1 }, gone: 1 }]) });
    const Configuration = JSON.stringify({
      Version: 1.0,
      CrawlerOutput: { Tables: { AddOrUpdateBehavior: "MergeNewColumns" } },
    });
    await crawl(glue, { Configuration });
    await glue.objects.put("lake", { "a.json": json([{ id: "x", at: { x: "s", y: 2 }, more: 1 }]) });
    await again(glue);
    expect(await inWords(glue)).toEqual(["lake id:int,at:struct<x:int,y:int>,gone:int,more:int"]);
  });

  it("gives partitions the schema of their table when it is told to", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "d=1/a.json": orders(1), "d=2/a.json": widened });
    const Configuration =
      '{"Version":1.0,"CrawlerOutput":{"Partitions":{"AddOrUpdateBehavior":"InheritFromTable"}}}';
    await crawl(glue, { Configuration });
    const { Partitions = [] } = await glue.run("GetPartitions", { DatabaseName: "shop", TableName: "lake" });
    expect(Partitions.map(({ StorageDescriptor }) => StorageDescriptor?.Columns?.length)).toEqual([4, 4]);
  });

  it.each([
    ["DEPRECATE_IN_DATABASE", ["a", "b"], ["1", "2"]],
    ["LOG", ["a", "b"], ["1", "2"]],
    ["DELETE_FROM_DATABASE", ["a"], ["1"]],
  ] as const)(
    "%s: what becomes of tables and partitions without data",
    async (DeleteBehavior, left, values) => {
      await using glue = await GlueRunner.start();
      await glue.table("mine");
      await glue.objects.put("lake", {
        "a/d=1/a.json": orders(1),
        "a/d=2/a.json": orders(1),
        "b/x.json": '{"z":"q"}',
      });
      await crawl(glue, { SchemaChangePolicy: { DeleteBehavior } });
      await glue.objects.remove("lake", "a/d=2/a.json", "b/x.json");
      // Something else, so that the folder of the table does not become a partition of its bucket.
      await glue.objects.put("lake", { "c/x.json": '{"y":1}' });
      await again(glue);
      const found = await tables(glue);
      expect(found.map(({ Name }) => Name)).toEqual([...left, "c", "mine"]);
      const deprecated = found.filter(
        ({ Parameters }) => Parameters?.["DEPRECATED_BY_CRAWLER"] !== undefined,
      );
      expect(deprecated.map(({ Name }) => Name)).toEqual(
        DeleteBehavior === "DEPRECATE_IN_DATABASE" ? ["b"] : [],
      );
      expect(await partitions(glue, "a")).toEqual(values);
    },
  );

  it("reports objects that it cannot describe by their keys, and goes on", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", {
      "good.json": orders(1),
      "empty.json": "",
      "broken.parquet": "PAR1 this is no footer",
      "noise.bin": Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)),
    });
    await crawl(glue);
    const { State, Summary } = await lastCrawl(glue);
    expect(State).toBe("COMPLETED");
    const { names } = (Summary as { OBJECT: { UNREADABLE: { Details: { names: string[] } } } }).OBJECT
      .UNREADABLE.Details;
    expect(names.map((name) => name.split(": ")[0]).sort()).toEqual([
      "s3://lake/broken.parquet",
      "s3://lake/empty.json",
      "s3://lake/noise.bin",
    ]);
    expect(glue.crawlLog.has("WARN : s3://lake/empty.json could not be described")).toBe(true);
    expect(await inWords(glue)).toEqual(["lake id:int,name:string,price:double"]);
  });

  it("takes any key", async () => {
    await using glue = await GlueRunner.start();
    const deep = `${"deep/".repeat(200)}x.json`;
    const objects: Record<string, string> = {};
    for (const key of [
      "ünïcode/日本語 😀.json",
      "'; DROP TABLE x; --/a.json",
      "//a.json",
      "a//b///c.json",
      "=/=.json",
      "k=/x.json",
      "__proto__/constructor.json",
      "new\nline/\u0001.json",
      "%2F/%s.json",
      ".../....json",
      deep,
      `${"k".repeat(1019)}.json`,
    ])
      objects[key] = orders(1);
    await glue.objects.put("lake", objects);
    await crawl(glue);
    expect((await lastCrawl(glue)).State).toBe("COMPLETED");
    const found = await tables(glue);
    expect(found.length).toBeGreaterThan(8);
    expect(new Set(found.map(({ Name }) => Name)).size).toBe(found.length);
    await again(glue);
    expect((await lastCrawl(glue)).Summary).toEqual({});
  });

  it("crawls one file, and no folder that begins alike", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", {
      "path/a.json": orders(1),
      "path-2/a.json": '{"z":1}',
      "path/b.json": '{"y":1}',
    });
    const Targets = { S3Targets: [{ Path: "s3://lake/path/a.json" }, { Path: "s3://lake/path-2" }] };
    await crawl(glue, { Targets });
    expect(await inWords(glue)).toEqual(["a_json id:int,name:string,price:double", "path_2 z:int"]);
  });

  it("gives a table another name when the name is taken", async () => {
    await using glue = await GlueRunner.start();
    await glue.table("lake");
    await glue.objects.put("lake", { "data/a.json": orders(1) });
    await glue.objects.put("other", { "data/a.json": '{"z":1}' });
    const Targets = { S3Targets: [{ Path: "s3://lake/data/" }, { Path: "s3://other/data/" }] };
    await crawl(glue, { Targets });
    const names = (await tables(glue)).map(({ Name }) => Name);
    expect(names).toEqual(["data", expect.stringMatching(/^data_[0-9a-f]{32}$/), "lake"]);
    await again(glue);
    expect((await lastCrawl(glue)).Summary).toEqual({});
  });

  it("looks into as many files of a folder as it is told", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "1.json": orders(1), "2.json": orders(4), "3.json": '{"z":1}' });
    await crawl(glue, { Targets: { S3Targets: [{ Path: "s3://lake", SampleSize: 2 }] } });
    const [table] = await tables(glue);
    expect(table?.StorageDescriptor?.Columns).toHaveLength(3);
    expect(table?.Parameters?.["objectCount"]).toBe("3");
  });

  it("makes no table when there are more than it may make", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "a/1.json": '{"x":1}', "b/1.json": '{"y":1}' });
    await crawl(glue, { Configuration: '{"Version":1.0,"CrawlerOutput":{"Tables":{"TableThreshold":1}}}' });
    expect(await lastCrawl(glue)).toMatchObject({
      State: "FAILED",
      ErrorMessage:
        "The number of tables detected by crawler: 2 is greater than the table threshold value provided: 1.",
    });
    expect(await tables(glue)).toEqual([]);
  });

  it("fails when its bucket is not there", async () => {
    await using glue = await GlueRunner.start();
    await crawl(glue, { Targets: { S3Targets: [{ Path: "s3://nowhere/" }] } });
    expect(await lastCrawl(glue)).toMatchObject({
      State: "FAILED",
      ErrorMessage: "The bucket nowhere does not exist.",
    });
    const { Crawler } = await glue.run("GetCrawler", { Name: "c" });
    expect(Crawler?.LastCrawl).toMatchObject({
      Status: "FAILED",
      ErrorMessage: "The bucket nowhere does not exist.",
    });
  });

  it("makes the database that it writes to", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "a.json": orders(1) });
    await crawl(glue, { DatabaseName: "Fresh" });
    const { TableList } = await glue.run("GetTables", { DatabaseName: "fresh" });
    expect(TableList).toHaveLength(1);
  });

  it("makes a table anew whose partition keys have become others", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "d=1/a.json": orders(1) });
    await crawl(glue);
    await glue.objects.remove("lake", "d=1/a.json");
    await glue.objects.put("lake", { "d=1/h=1/a.json": orders(1) });
    await again(glue);
    expect(await inWords(glue)).toEqual(["lake [d,h] id:int,name:string,price:double"]);
    expect(await partitions(glue, "lake")).toEqual(["1/1"]);
  });

  it("prefers a folder's key to a column of the same name", async () => {
    await using glue = await GlueRunner.start();
    await glue.objects.put("lake", { "ID=7/a.json": orders(1) });
    await crawl(glue);
    expect(await inWords(glue)).toEqual(["lake [id] name:string,price:double"]);
  });
});
