import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mutated, randomFrom } from "../../../formats/test-mutation.ts";
import { TestSpectrum } from "./test-spectrum.ts";

let spectrum: TestSpectrum;

beforeAll(async () => {
  spectrum = await TestSpectrum.start();
});

afterAll(() => spectrum[Symbol.asyncDispose]());

describe("Parquet", () => {
  it("is read by the names of columns, whatever their case; what a file lacks is NULL", async () => {
    await spectrum.parquet("b", "people/1", `select 1::int as "Id", 'anna' as "NAME"`);
    await spectrum.parquet("b", "people/2", `select 'x' as extra, 2::smallint as id`);
    spectrum.objects.put("b", "people/_SUCCESS", "not Parquet");
    spectrum.objects.put("b", "people/.hidden", "not Parquet");
    spectrum.objects.put("b", "people/empty", "");
    spectrum.add("people", {
      columns: "id bigint, name string",
      format: "parquet",
      location: "s3://b/people",
    });
    expect(await spectrum.rows("select * from lake.people order by id")).toEqual([
      ["1", "anna"],
      ["2", null],
    ]);
    expect(await spectrum.rows(`select p.id, "$path", "$size" > 100 from lake.people p order by 1`)).toEqual([
      ["1", "s3://b/people/1", "t"],
      ["2", "s3://b/people/2", "t"],
    ]);
    expect(await spectrum.rows("select count(*) from lake.people")).toEqual([["2"]]);
    expect(await spectrum.rows("select name from lake.people where id > 1")).toEqual([[null]]);
  });

  it("is joined with local tables", async () => {
    await spectrum.rows(
      "create table cities (id int, city varchar(20)); insert into cities values (1, 'Oslo')",
    );
    expect(
      await spectrum.rows("select p.name, c.city from lake.people p join cities c on c.id = p.id"),
    ).toEqual([["anna", "Oslo"]]);
  });
});

describe("nested columns", () => {
  it("are values of SUPER, which FROM takes apart", async () => {
    await spectrum.parquet(
      "b",
      "orders/1",
      `select 1::int as id, {'Name': 'anna', 'age': 30::int} as who, ['x', 'y'] as items, map {'k': 1.5::double} as m
       union all select 2, null, [], null`,
    );
    spectrum.add("orders", {
      columns:
        "id int, who struct<name:string,age:int,gone:string>, items array<string>, m map<string,double>",
      format: "parquet",
      location: "s3://b/orders/",
    });
    expect(
      await spectrum.rows(
        "select id, o.who.name, o.who.age + 1, o.who.gone, m from lake.orders o order by id",
      ),
    ).toEqual([
      ["1", '"anna"', "31", null, '{"k":1.5}'],
      ["2", null, null, null, null],
    ]);
    expect(await spectrum.rows("select o.id, i from lake.orders o, o.items i order by i")).toEqual([
      ["1", '"x"'],
      ["1", '"y"'],
    ]);
  });
});

describe("types", () => {
  it("may be wider in the table than in the file; others are errors that name file and column", async () => {
    await spectrum.parquet(
      "b",
      "types/1",
      "select 1::int as a, 1.5::decimal(8,2) as b, 1.5::float as c, 'x' as d",
    );
    const location = "s3://b/types/";
    // A text of a fixed length is compared without blanks, whatever else is asked for.
    spectrum.add("fixed", { columns: "a int, d char(4)", format: "parquet", location });
    expect(await spectrum.rows("select a, d from lake.fixed where d = 'x' and a < 2")).toEqual([
      ["1", "x   "],
    ]);
    spectrum.add("wide", {
      columns: "a bigint, b decimal(12,4), c double, d varchar(3)",
      format: "parquet",
      location,
    });
    expect(await spectrum.rows("select * from lake.wide")).toEqual([["1", "1.5000", "1.5", "x"]]);
    spectrum.add("wrong", {
      columns: "a string, b decimal(12,1), c int, d int",
      format: "parquet",
      location,
    });
    for (const column of ["a", "b", "c", "d"]) {
      const session = spectrum.session;
      expect(await session.error(`select ${column} from lake.wrong`)).toBe("XX000 Spectrum Scan Error");
    }
    const [[message] = []] = await spectrum.rows("select message from svl_s3log order by query desc limit 1");
    expect(message).toContain("incompatible Parquet schema for column 's3://b/types/1.d'. Column type: INT");
    // What is not read is not looked at.
    expect(await spectrum.rows("select count(*) from lake.wrong")).toEqual([["1"]]);
  });

  it("of timestamps are the same moments in every session's time zone", async () => {
    await spectrum.parquet("b", "times/1", "select timestamptz '2024-07-01 12:00:00+00' as t");
    await spectrum.parquet("b", "times/2", "select timestamp '2024-07-01 13:00:00' as t");
    spectrum.add("times", { columns: "t timestamp", format: "parquet", location: "s3://b/times/" });
    const session = await spectrum.warehouse.connect();
    expect(
      await session.rows("set timezone to 'America/New_York'; select t from lake.times order by t"),
    ).toEqual([["2024-07-01 12:00:00"], ["2024-07-01 13:00:00"]]);
    expect(await session.rows("select t from lake.times where t > '2024-07-01 12:30:00'")).toEqual([
      ["2024-07-01 13:00:00"],
    ]);
    await session.session.close();
  });
});

describe("files that cannot be read", () => {
  it("are errors, and the session goes on", async () => {
    await spectrum.parquet("b", "cut/1", "select range as i from range(1000)");
    const whole = readFileSync(join(spectrum.folder, "b/cut/1"));
    spectrum.add("cut", { columns: "i bigint", format: "parquet", location: "s3://b/cut/" });
    for (const length of [1, 8, whole.length - 1, Math.floor(whole.length / 2)]) {
      spectrum.objects.put("b", "cut/1", whole.subarray(0, length));
      expect(await spectrum.error("select sum(i) from lake.cut")).toBe("XX000 Spectrum Scan Error");
    }
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 4, 400);
    spectrum.objects.put("b", "cut/1", damaged);
    expect(await spectrum.error("select sum(i) from lake.cut")).toMatch(/^XX000/);
    spectrum.objects.put("b", "cut/1", whole);
    expect(await spectrum.rows("select sum(i) from lake.cut")).toEqual([["499500"]]);
    expect(spectrum.objects.opened).toBe(0);
  });

  it("are errors, whatever is wrong in them", { timeout: 60_000 }, async () => {
    await spectrum.parquet(
      "b",
      "odd/1",
      "select range::int as n, 'x' || range as t, [range] as l, {'a': range} as s from range(200)",
    );
    const whole = readFileSync(join(spectrum.folder, "b/odd/1"));
    const columns = "n int, t string, l array<bigint>, s struct<a:bigint>";
    spectrum.add("odd", { columns, format: "parquet", location: "s3://b/odd/" });
    for (let seed = 1; seed <= 200; seed++) {
      spectrum.objects.put("b", "odd/1", mutated(whole, randomFrom(seed)));
      const found = await spectrum.error("select * from lake.odd where n > 5 order by n");
      expect(found, `seed ${seed}`).toMatch(/^(?:no error|XX000 Spectrum Scan Error)$/);
    }
    spectrum.objects.put("b", "odd/1", whole);
    expect(await spectrum.rows("select count(*) from lake.odd")).toEqual([["200"]]);
    expect(spectrum.objects.opened).toBe(0);
  });

  it("may go between the listing and the reading", async () => {
    await spectrum.parquet("b", "gone/1", "select 1 as i");
    spectrum.add("gone", { columns: "i int", format: "parquet", location: "s3://b/gone/" });
    spectrum.objects.beforeOpen = async (key) => rmSync(join(spectrum.folder, "b", key));
    expect(await spectrum.error("select * from lake.gone")).toBe(
      "XX000 S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey",
    );
    spectrum.objects.beforeOpen = async () => {};
    expect(await spectrum.rows("select * from lake.gone")).toEqual([]);
    expect(await spectrum.error("select * from lake.nothing")).toMatch(/^42P01/);
    spectrum.add("nowhere", { columns: "i int", format: "parquet", location: "s3://none/" });
    expect(await spectrum.error("select * from lake.nowhere")).toMatch(/Error NoSuchBucket$/);
  });
});

describe("objects that are no plain files", () => {
  it("are copied for the statement, and the copies go with it", async () => {
    await spectrum.parquet("b", "copied/1", "select 5::int as i");
    spectrum.add("copied", { columns: "i int", format: "parquet", location: "s3://b/copied/" });
    spectrum.objects.hasPaths = false;
    expect(await spectrum.rows("select i from lake.copied")).toEqual([["5"]]);
    spectrum.objects.hasPaths = true;
    const names = () => readdirSync(spectrum.warehouse.directory, { recursive: true, encoding: "utf8" });
    await vi.waitFor(() => expect(names().filter((name) => /spectrum-/.test(name))).toEqual([]));
  });
});

describe("manifests", () => {
  const manifest = (...entries: object[]) => JSON.stringify({ entries });

  it("name the files of a table", async () => {
    await spectrum.parquet("b", "listed/1", "select 1::int as i");
    await spectrum.parquet("b", "listed/2", "select 2::int as i");
    spectrum.objects.put(
      "b",
      "manifest.json",
      manifest({ url: "s3://b/listed/2", mandatory: true }, { url: "s3://b/listed/none" }),
    );
    spectrum.add("listed", { columns: "i int", format: "parquet", location: "s3://b/manifest.json" });
    expect(await spectrum.rows("select i from lake.listed")).toEqual([["2"]]);
    spectrum.objects.put("b", "manifest.json", manifest({ url: "s3://b/listed/none", mandatory: true }));
    expect(await spectrum.error("select i from lake.listed")).toMatch(/^XX000 Mandatory url/);
    const meta = { content_length: 7 };
    spectrum.objects.put("b", "manifest.json", manifest({ url: "s3://b/listed/1", mandatory: true, meta }));
    expect(await spectrum.error("select i from lake.listed")).toMatch(/size mismatch/);
  });
});

describe("many files", () => {
  it("are one table, and what was opened is closed", async () => {
    await spectrum.parquet("b", "many/0", "select 1::int as i");
    const one = readFileSync(join(spectrum.folder, "b/many/0"));
    for (let at = 1; at < 300; at++) spectrum.objects.put("b", `many/${at}`, one);
    spectrum.add("many", { columns: "i int", format: "parquet", location: "s3://b/many/" });
    expect(await spectrum.rows(`select count(*), sum(i), count(distinct "$path") from lake.many`)).toEqual([
      ["300", "300", "300"],
    ]);
    expect(spectrum.objects.opened).toBe(0);
    const [scan] = await spectrum.rows(
      "select files, s3_scanned_rows, file_format from svl_s3query_summary order by query desc limit 1",
    );
    expect(scan?.map((value) => value?.trim())).toEqual(["300", "300", "Parquet"]);
  });
});
