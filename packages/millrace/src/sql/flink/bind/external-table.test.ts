import { describe, expect, it } from "vitest";
import type { CatalogPort, ExternalTable } from "../catalog/catalog-port.ts";
import { fromHiveType, hiveType } from "../catalog/hive-type.ts";
import { typeText } from "../type-text.ts";
import type { BindOptions } from "./bound-program.ts";
import { bindTest, errorOf, rowsOf, testOptions } from "./test-bind.ts";

const nothing: ExternalTable = {
  columns: [],
  partitionColumns: [],
  parameters: {},
  comment: undefined,
  tableType: "EXTERNAL_TABLE",
  location: undefined,
  inputFormat: undefined,
  serializationLibrary: undefined,
  serdeParameters: {},
};

function column(name: string, type: string): ExternalTable["columns"][number] {
  return { name, type, comment: undefined, parameters: {} };
}

/** Options with a Glue catalog of these tables in the database `db`. */
function withTables(tables: Readonly<Record<string, Partial<ExternalTable>>>): BindOptions {
  const port: CatalogPort = {
    open: (_, options) => {
      expect(options["type"]).toBe("glue");
      return Promise.resolve({
        databases: () => ["db"],
        hasDatabase: (database) => database === "db",
        tables: () => Object.keys(tables),
        table: (_database, name) =>
          tables[name] === undefined ? undefined : { ...nothing, ...tables[name] },
      });
    },
  };
  return { ...testOptions, catalogs: port };
}

const open = "CREATE CATALOG g WITH ('type' = 'glue'); ";

describe("tables of a data catalog", () => {
  it("are files where Hive put them", async () => {
    const options = withTables({
      t: {
        columns: [column("id", "bigint"), column("tags", "array<struct<k:string,v:decimal(5,2)>>")],
        partitionColumns: [column("day", "string")],
        location: "s3://lake/t/",
        serializationLibrary: "org.openx.data.jsonserde.JsonSerDe",
        parameters: { classification: "json", EXTERNAL: "TRUE", CrawlerSchemaSerializerVersion: "1.0" },
      },
    });
    const { outcomes } = await bindTest(`${open} SELECT * FROM g.db.t`, options);
    const outcome = outcomes.at(-1);
    const scan =
      outcome?.kind === "query" && outcome.relation.kind === "project" ? outcome.relation.input : undefined;
    expect(scan?.kind === "scan" ? scan.table : undefined).toMatchObject({
      path: ["g", "db", "t"],
      options: { connector: "filesystem", path: "s3://lake/t/", format: "json" },
      partitionKeys: [2],
    });
    expect(await rowsOf(`${open} USE CATALOG g; USE db; DESCRIBE t`, options)).toEqual([
      "id | BIGINT | TRUE |  |  | ",
      "tags | ARRAY<ROW<`k` STRING, `v` DECIMAL(5, 2)>> | TRUE |  |  | ",
      "day | STRING | TRUE |  |  | ",
    ]);
  });

  it("are streams with time columns as notebooks on AWS have them", async () => {
    const options = withTables({
      s: {
        columns: [column("price", "double"), column("at_time", "timestamp")],
        parameters: {
          ...{
            typeOfData: "kinesis",
            streamName: "ticks",
            classification: "json",
            "scan.stream.initpos": "LATEST",
          },
          ...{ "managed-flink.rowtime": "at_time", "managed-flink.watermark.at_time.milliseconds": "2500" },
          "managed-flink.proctime": "now",
        },
      },
    });
    expect(await rowsOf(`${open} SHOW CREATE TABLE g.db.s`, options)).toEqual([
      [
        "CREATE TABLE `g`.`db`.`s` (",
        "  `price` DOUBLE,",
        "  `at_time` TIMESTAMP(3),",
        "  `now` AS PROCTIME(),",
        "  WATERMARK FOR `at_time` AS `at_time` - INTERVAL '2.500' SECOND",
        ")",
        "WITH (",
        "  'connector' = 'kinesis',",
        "  'stream' = 'ticks',",
        "  'format' = 'json',",
        "  'scan.stream.initpos' = 'LATEST'",
        ")",
        "",
      ].join("\n"),
    ]);
  });

  it("are the same again after they were made here", async () => {
    const make = `CREATE TABLE g.db.made (id BIGINT, k STRING METADATA FROM 'partition-key', ts TIMESTAMP(3),
        twice AS id * 2, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND, PRIMARY KEY (id) NOT ENFORCED
      ) COMMENT 'made' PARTITIONED BY (id) WITH ('connector' = 'stream', 'x.y' = 'z');`;
    const { catalogChanges } = await bindTest(open + make, withTables({}));
    const [change] = catalogChanges;
    if (change?.kind !== "create-table") throw new Error("no table was made");
    expect(change).toMatchObject({ catalog: "g", database: "db", name: "made" });
    expect(change.table.columns.map((entry) => `${entry.name} ${entry.type}`)).toEqual([
      "id bigint",
      "ts timestamp",
    ]);
    const show = "SHOW CREATE TABLE g.db.made";
    const before = await rowsOf(`${open}${make}${show}`, withTables({}));
    const after = await rowsOf(`${open}${show}`, withTables({ made: change.table }));
    expect(after).toEqual([(before[0] ?? "").replace("PRIMARY KEY", "CONSTRAINT `PK_id` PRIMARY KEY")]);
  });

  it("can be dropped, which is told and not done", async () => {
    const options = withTables({
      t: { location: "s3://b/", parameters: { classification: "csv" }, columns: [column("a", "int")] },
    });
    const { catalogChanges } = await bindTest(`${open} CREATE DATABASE g.more; DROP TABLE g.db.t`, options);
    expect(catalogChanges).toEqual([
      { kind: "create-database", catalog: "g", database: "more" },
      { kind: "drop-table", catalog: "g", database: "db", name: "t" },
    ]);
    expect(await errorOf(`${open} DROP TABLE g.db.t; SELECT * FROM g.db.t`, options)).toMatch(/^42P01/);
    expect(await rowsOf(`${open} SHOW TABLES FROM g.db`, options)).toEqual(["t"]);
  });

  it("are refused with the reason when they cannot be read", async () => {
    const options = withTables({
      nowhere: { columns: [column("a", "int")] },
      view: { tableType: "VIRTUAL_VIEW" },
      odd: {
        columns: [column("a", "uniontype<int>")],
        location: "s3://b/",
        parameters: { classification: "json" },
      },
      header: {
        columns: [column("a", "int")],
        location: "s3://b/",
        parameters: { classification: "csv", "skip.header.line.count": "1" },
      },
    });
    expect(await errorOf(`${open} SELECT * FROM g.db.nowhere`, options)).toMatch(
      /neither a connector nor a location/,
    );
    expect(await errorOf(`${open} SELECT * FROM g.db.view`, options)).toMatch(
      /^0A000 .*the view 'g.db.view'/,
    );
    expect(await errorOf(`${open} SELECT * FROM g.db.odd`, options)).toMatch(/the type 'uniontype<int>'/);
    expect(await errorOf(`${open} SELECT * FROM g.db.header`, options)).toMatch(/header lines/);
    expect(await errorOf(`${open} SELECT * FROM g.db.missing`, options)).toMatch(
      /^42P01 object 'g.db.missing' not found/,
    );
    expect(await errorOf(`${open} CREATE VIEW g.db.v AS SELECT 1`, options)).toMatch(
      /^0A000 a view in the catalog/,
    );
  });
});

describe("types of Hive", () => {
  it.each([
    ["string", "STRING"],
    ["varchar(10)", "VARCHAR(10)"],
    ["decimal(10, 2)", "DECIMAL(10, 2)"],
    ["decimal", "DECIMAL(10, 0)"],
    ["timestamp", "TIMESTAMP(3)"],
    ["map<string, array<int>>", "MAP<STRING, ARRAY<INT>>"],
    ["struct<a:int,b:struct<c:date>>", "ROW<`a` INT, `b` ROW<`c` DATE>>"],
  ])("%s is %s", (text, wanted) => {
    const type = fromHiveType(text);
    expect(type === undefined ? undefined : typeText(type)).toBe(wanted);
    expect(type === undefined ? undefined : fromHiveType(hiveType(type))).toEqual(type);
  });

  it.each([
    "",
    "strange",
    "array<int",
    "array<>",
    "map<int>",
    "struct<a>",
    "decimal(50)",
    "int x",
    "constructor",
  ])("'%s' is none", (text) => {
    expect(fromHiveType(text)).toBeUndefined();
  });

  it("has a limit of depth", () => {
    expect(fromHiveType(`${"array<".repeat(1000)}int${">".repeat(1000)}`)).toBeUndefined();
  });
});
