import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TestSpectrum } from "./test-spectrum.ts";

let spectrum: TestSpectrum;
const role = "arn:aws:iam::000000000000:role/reader";

beforeAll(async () => {
  spectrum = await TestSpectrum.start();
  spectrum.objects.put("out", "_bucket", "");
});

beforeEach(() => spectrum.catalog.databases.set("lake", new Map()));

afterAll(() => spectrum[Symbol.asyncDispose]());

function files(bucket: string): string[] {
  return readdirSync(join(spectrum.folder, bucket), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:parquet|txt|gz)$/.test(name))
    .sort();
}

function definition(name: string, database = "lake") {
  return spectrum.catalog.databases.get(database)?.get(name)?.table.definition;
}

describe("external schemas", () => {
  it("are made with their database, and dropped with it", async () => {
    await spectrum.rows(
      `create external schema more from data catalog database 'More' iam_role '${role},${role}2'
       region 'eu-west-1' create external database if not exists`,
    );
    expect(spectrum.catalog.databases.has("more")).toBe(true);
    expect(spectrum.catalog.access).toMatchObject({ region: "eu-west-1", roleArns: [role, `${role}2`] });
    expect(
      await spectrum.rows("select schemaname, databasename from svv_external_schemas order by 1"),
    ).toEqual([
      ["lake", "lake"],
      ["more", "More"],
    ]);
    expect(
      await spectrum.error("create external schema more from data catalog database 'x' iam_role default"),
    ).toMatch(/^XX000 .*default/);
    expect(
      await spectrum.error(`create external schema more from data catalog database 'x' iam_role '${role}'`),
    ).toBe('42P06 Schema "more" already exists');
    expect(await spectrum.error("begin; drop schema more drop external database")).toMatch(/^25001/);
    await spectrum.rows("rollback");
    await spectrum.rows("drop schema more drop external database");
    expect(spectrum.catalog.databases.has("more")).toBe(false);
    expect(await spectrum.error("select * from more.t")).toBe('3F000 schema "more" does not exist');
  });

  it.each([
    ["kinesis iam_role default", "KINESIS"],
    ["redshift database 'x' schema 'y'", "REDSHIFT"],
    [
      "postgres database 'x' uri 'h' iam_role default secret_arn 'arn:aws:secretsmanager:us-east-1:000000000000:secret:x'",
      "POSTGRES",
    ],
  ])("from %s are refused by name", async (source, name) => {
    expect(await spectrum.error(`create external schema other from ${source}`)).toBe(
      `0A000 CREATE EXTERNAL SCHEMA FROM ${name} is not supported`,
    );
  });

  it("tell what their role may not", async () => {
    await spectrum.rows(
      "create external schema closed from data catalog database 'lake' iam_role 'arn:aws:iam::000000000000:role/forbidden'",
    );
    expect(await spectrum.error("select * from closed.t")).toMatch(
      /^XX000 AccessDeniedException from glue - User/,
    );
    await spectrum
      .rows(`alter external schema closed iam_role '${role}'; drop schema closed`)
      .catch(() => undefined);
    await spectrum.rows("drop schema if exists closed");
  });
});

describe("CREATE EXTERNAL TABLE", () => {
  it("is in the catalog as Hive's clients know it", async () => {
    await spectrum.rows(`create external table lake.Sales (Id integer, name character varying(20),
      price decimal(8,2), info struct<a:int, b:array<varchar(5)>>)
      partitioned by (day date) row format delimited fields terminated by '|' stored as textfile
      location 's3://b/sales/' table properties ('numRows'='170', 'skip.header.line.count'='1')`);
    expect(definition("sales")).toMatchObject({
      Owner: "awsuser",
      TableType: "EXTERNAL_TABLE",
      PartitionKeys: [{ Name: "day", Type: "date" }],
      Parameters: { EXTERNAL: "TRUE", numRows: "170", "skip.header.line.count": "1" },
      StorageDescriptor: {
        Columns: [
          { Name: "id", Type: "int" },
          { Name: "name", Type: "varchar(20)" },
          { Name: "price", Type: "decimal(8,2)" },
          { Name: "info", Type: "struct<a:int,b:array<varchar(5)>>" },
        ],
        Location: "s3://b/sales/",
        InputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        OutputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        SerdeInfo: {
          SerializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
          Parameters: { "field.delim": "|", "serialization.format": "|" },
        },
      },
    });
    expect(await spectrum.rows("select tablename, location from svv_external_tables")).toEqual([
      ["sales", "s3://b/sales/"],
    ]);
    expect(
      await spectrum.rows(
        "select columnname, external_type, part_key from svv_external_columns order by columnnum",
      ),
    ).toEqual([
      ["id", "int", "0"],
      ["name", "varchar(20)", "0"],
      ["price", "decimal(8,2)", "0"],
      ["info", "struct<a:int,b:array<varchar(5)>>", "0"],
      ["day", "date", "1"],
    ]);
    expect(await spectrum.error("create external table lake.sales (a int) location 's3://b/'")).toBe(
      '42P07 Relation "sales" already exists',
    );
    await spectrum.rows("drop table lake.sales");
    expect(definition("sales")).toBeUndefined();
    expect(await spectrum.error("drop table lake.sales")).toMatch(/^42P01/);
    await spectrum.rows("drop table if exists lake.sales");
  });

  it.each([
    [
      "create external table public.t (a int) location 's3://b/'",
      "0A000 external tables can be created in external schemas only",
    ],
    [
      "create external table lake.t (a geometry) location 's3://b/'",
      '0A000 Unsupported data type "geometry" for external table creation',
    ],
    [
      "create external table lake.t (a int, a int) location 's3://b/'",
      '42701 column "a" specified more than once',
    ],
    [
      "create external table lake.t (a int) location 'hdfs://b/'",
      '22023 Invalid location "hdfs://b/": it must begin with s3://',
    ],
    ["create external table lake.t (a int)", "42601 LOCATION is required for external tables"],
    [
      "begin; create external table lake.t (a int) location 's3://b/'",
      "25001 CREATE EXTERNAL TABLE cannot run inside a transaction block",
    ],
    ["create table lake.t (a int)", "0A000 Operations on local objects in external schema are not enabled."],
  ])("refuses %s", async (sql, error) => {
    expect(await spectrum.error(sql)).toBe(error);
    await spectrum.rows("rollback");
  });
});

describe("ALTER TABLE", () => {
  it("changes partitions, columns and properties of external tables", async () => {
    await spectrum.rows(`create external table lake.t (n int) partitioned by (day date, hour int)
      stored as parquet location 's3://b/t/'`);
    await spectrum.parquet("b", "elsewhere/1/data", "select 1::int as n, 'x' as more");
    await spectrum.rows(`alter table lake.t add if not exists
      partition (day='2024-01-01', hour=1) location 's3://b/elsewhere/1/'
      partition (day='2024-01-01', hour=2) location 's3://b/elsewhere/2/'`);
    expect(await spectrum.rows("select * from lake.t")).toEqual([["1", "2024-01-01", "1"]]);
    const added = "alter table lake.t add partition (hour=2, day='2024-01-01') location 's3://b/x/'";
    expect(await spectrum.error(added)).toBe("42710 Partition already exists: (2024-01-01, 2)");
    await spectrum.rows(
      "alter table lake.t partition (day='2024-01-01', hour=2) set location 's3://b/elsewhere/1/'",
    );
    expect(await spectrum.rows("select count(*) from lake.t")).toEqual([["2"]]);
    await spectrum.rows("alter table lake.t drop partition (day='2024-01-01', hour=1)");
    expect(await spectrum.rows(`select values from svv_external_partitions`)).toEqual([
      ['["2024-01-01","2"]'],
    ]);
    await spectrum.rows("alter table lake.t add column more varchar(10)");
    expect(await spectrum.rows("select n, more from lake.t")).toEqual([["1", "x"]]);
    await spectrum.rows("alter table lake.t rename column more to other");
    expect(await spectrum.rows("select other from lake.t")).toEqual([[null]]);
    await spectrum.rows("alter table lake.t drop column other");
    await spectrum.rows("alter table lake.t set table properties ('numRows'='7')");
    await spectrum.rows("alter table lake.t set location 's3://b/new/'");
    expect(definition("t")).toMatchObject({
      Parameters: { numRows: "7", EXTERNAL: "TRUE" },
      StorageDescriptor: { Location: "s3://b/new/", Columns: [{ Name: "n", Type: "int" }] },
    });
    await spectrum.rows("alter table lake.t set file format avro");
    expect(definition("t")?.StorageDescriptor?.SerdeInfo?.SerializationLibrary).toMatch(/AvroSerDe$/);
  });

  it.each([
    ["alter table lake.p drop partition (day='x')", "42703"],
    ["alter table lake.p add partition (hour=1, hour=2) location 's3://b/'", "42601"],
    ["alter table lake.p drop partition (hour=1)", "XX000 EntityNotFoundException from glue"],
    ["alter table lake.p add column n int", "42701"],
    ["alter table lake.p drop column n", "0A000"],
    ["alter table lake.p rename to q", "0A000 Operation not supported on external tables"],
    ["alter table lake.none add column n int", "42P01"],
    ["begin; alter table lake.p add column m int", "25001"],
    ["truncate lake.p", "0A000 Operation not supported on external tables"],
    ["update lake.p set n = 1", "0A000 Operation not supported on external tables"],
    ["delete from lake.p", "0A000 Operation not supported on external tables"],
  ])("refuses %s", async (sql, error) => {
    await spectrum.rows(
      "create external table lake.p (n int) partitioned by (hour int) location 's3://b/p/'",
    );
    const found = await spectrum.error(sql);
    expect(found.slice(0, error.length)).toBe(error);
    await spectrum.rows("rollback");
  });
});

describe("rows that are written", () => {
  beforeEach(async () => {
    await spectrum.rows(`drop table if exists local; create table local
      (id int, name varchar(20), day date, price decimal(8,2), at timestamp, yes boolean);
      insert into local values (1, 'anna', '2024-01-01', 1.50, '2024-01-01 10:00:00.5', true),
        (2, 'bo', '2024-01-02', null, null, false), (3, null, '2024-01-02', 3, null, null)`);
  });

  it.each(["parquet", "textfile"])("by CREATE EXTERNAL TABLE AS, in %s, are read again", async (format) => {
    const name = `made_${format}`;
    expect(
      await spectrum.session.tag(
        `create external table lake.${name} stored as ${format} location 's3://out/${name}' as select * from local`,
      ),
    ).toBe("SELECT");
    expect(await spectrum.rows(`select * from lake.${name} order by id`)).toEqual(
      await spectrum.rows("select * from local order by id"),
    );
    const [file] = files("out").filter((key) => key.startsWith(name));
    expect(file).toMatch(/^made_\w+\/\d{8}_\d{6}_\d{6}_\d+_0000_part_00\.(?:parquet|txt)$/);
    expect(
      await spectrum.error(
        `create external table lake.again stored as ${format} location 's3://out/${name}/' as select 1 as a`,
      ),
    ).toMatch(/is not empty$/);
  });

  it("lie in folders by their partitions, which the catalog knows", async () => {
    await spectrum.rows(`create external table lake.parts partitioned by (day, yes) stored as parquet
      location 's3://out/parts/' as select id, day, yes, name from local`);
    expect(await spectrum.rows("select * from lake.parts order by id")).toEqual([
      ["1", "anna", "2024-01-01", "t"],
      ["2", "bo", "2024-01-02", "f"],
      ["3", null, "2024-01-02", null],
    ]);
    expect(
      [...(spectrum.catalog.databases.get("lake")?.get("parts")?.partitions.values() ?? [])]
        .map(({ values }) => values.join(" "))
        .sort(),
    ).toEqual(["2024-01-01 true", "2024-01-02 __HIVE_DEFAULT_PARTITION__", "2024-01-02 false"]);
    expect(
      await spectrum.session.tag(
        "insert into lake.parts select id + 10, name, '2024-02-29', yes from local where id = 1",
      ),
    ).toBe("INSERT 0 1");
    await spectrum.rows(
      "insert into lake.parts values (20, 'x', '2024-02-29', true), (21, 'y', '2024-02-29', true)",
    );
    expect(await spectrum.rows("select id from lake.parts where day = '2024-02-29' order by 1")).toEqual([
      ["11"],
      ["20"],
      ["21"],
    ]);
    expect(await spectrum.rows("select count(*) from lake.parts")).toEqual([["6"]]);
  });

  it("are none where a statement fails", async () => {
    const before = files("out").length;
    await spectrum.rows(
      "create external table lake.safe (id int, name varchar(3)) stored as parquet location 's3://out/safe/'",
    );
    expect(await spectrum.error("insert into lake.safe select id, 'too long' from local")).toMatch(/^22001/);
    expect(await spectrum.error("insert into lake.safe select 1, 'a', 3")).toMatch(/^42601/);
    expect(await spectrum.error("begin; insert into lake.safe values (1, 'a')")).toMatch(/^25001/);
    await spectrum.rows("rollback");
    expect(
      await spectrum.error(
        "create external table lake.bad stored as parquet location 's3://out/bad/' as select 1 / (id - id) as x from local",
      ),
    ).toMatch(/^22012/);
    expect(definition("bad")).toBeUndefined();
    await spectrum.rows(
      "create external table lake.json (id int) row format serde 'org.openx.data.jsonserde.JsonSerDe' location 's3://out/json/'",
    );
    expect(await spectrum.error("insert into lake.json values (1)")).toMatch(/^0A000/);
    expect(files("out").length).toBe(before);
    expect(await spectrum.rows("select count(*) from lake.safe")).toEqual([["0"]]);
  });

  it("are an error where a text file would hold other rows", async () => {
    await spectrum.rows(`create external table lake.bars (id int, name varchar(20)) row format delimited
      fields terminated by '|' stored as textfile location 's3://out/bars/'`);
    for (const text of ["a|b", "a\nb", "\\\\N"])
      expect(await spectrum.error(`insert into lake.bars values (1, '${text}')`)).toMatch(
        /^22023 Column "name"/,
      );
    await spectrum.rows("insert into lake.bars values (1, 'a,b'), (2, null), (3, '')");
    expect(await spectrum.rows("select * from lake.bars order by id")).toEqual([
      ["1", "a,b"],
      ["2", null],
      ["3", ""],
    ]);
    await spectrum.rows(`create external table lake.escaped (name varchar(20)) row format serde
      'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' with serdeproperties
      ('field.delim'='|', 'escape.delim'='\\\\') stored as textfile location 's3://out/escaped/'`);
    await spectrum.rows("insert into lake.escaped values ('a|b')");
    expect(await spectrum.rows("select * from lake.escaped")).toEqual([["a|b"]]);
  });

  it("may be none", async () => {
    await spectrum.rows(
      "create external table lake.none stored as parquet location 's3://out/none/' as select * from local where false",
    );
    expect(await spectrum.rows("select * from lake.none")).toEqual([]);
  });
});

describe("views", () => {
  it("over external tables are bound late", async () => {
    await spectrum.parquet("b", "v/1", "select 7::int as n");
    spectrum.add("v", { columns: "n int", format: "parquet", location: "s3://b/v/" });
    await spectrum.rows("create view late as select n + 1 as m from lake.v with no schema binding");
    expect(await spectrum.rows("select m from late")).toEqual([["8"]]);
    expect(await spectrum.error("create view early as select n from lake.v")).toBe(
      "0A000 External tables are not supported in views",
    );
  });
});

describe("external tables in other statements", () => {
  it("are rows like any others", async () => {
    await spectrum.parquet("b", "o/1", "select range::int as n from range(10)");
    spectrum.add("o", { columns: "n int", format: "parquet", location: "s3://b/o/" });
    await spectrum.rows("create table copied as select * from lake.o where n > 6");
    expect(await spectrum.rows("select n from copied order by n")).toEqual([["7"], ["8"], ["9"]]);
    await spectrum.rows("create materialized view counted as select count(*) as c from lake.o");
    expect(await spectrum.rows("select c from counted")).toEqual([["10"]]);
    expect(
      await spectrum.rows("prepare p(int) as select count(*) from lake.o where n < $1; execute p(3)"),
    ).toEqual([["3"]]);
    expect(
      await spectrum.rows("begin; declare c cursor for select n from lake.o order by n; fetch 2 from c"),
    ).toEqual([["0"], ["1"]]);
    await spectrum.rows("close c; commit");
    expect(await spectrum.rows("select a.n from lake.o a join lake.o b on a.n = b.n + 8 order by 1")).toEqual(
      [["8"], ["9"]],
    );
    expect(spectrum.objects.opened).toBe(0);
  });

  it("need USAGE of the schema, and its owner for what changes them", async () => {
    await spectrum.rows("create user bob password 'Abc12345x'");
    spectrum.objects.put("b", "u/1", "1\n");
    spectrum.add("u", { columns: "n int", format: "text", location: "s3://b/u/" });
    const bob = await spectrum.warehouse.connect({ user: "bob" });
    expect(await bob.error("select n from lake.u")).toBe("42501 permission denied for schema lake");
    await spectrum.rows("grant usage on schema lake to bob");
    expect(await bob.rows("select n from lake.u")).toEqual([["1"]]);
    for (const sql of [
      "drop table lake.u",
      "insert into lake.u values (1)",
      "alter table lake.u add column m int",
      "create external table lake.w (n int) location 's3://b/w/'",
      "create external table lake.w stored as parquet location 's3://b/w/' as select 1 as n",
    ])
      expect(await bob.error(sql)).toBe("42501 must be owner of schema lake");
    await bob.session.close();
  });

  it("are cancelled while their files are listed", async () => {
    await spectrum.parquet("b", "slow/1", "select 1::int as n");
    spectrum.add("slow", { columns: "n int", format: "parquet", location: "s3://b/slow/" });
    spectrum.objects.beforeOpen = async () => spectrum.session.session.cancel();
    expect(await spectrum.error("select * from lake.slow")).toMatch(/^57014/);
    spectrum.objects.beforeOpen = async () => {};
    expect(await spectrum.rows("select * from lake.slow")).toEqual([["1"]]);
    expect(spectrum.objects.opened).toBe(0);
  });
});
