import { rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { role } from "../copy/test-copy.ts";
import { TestUnload } from "./test-unload.ts";

let test: TestUnload;

beforeAll(async () => {
  test = await TestUnload.start();
  await test.run("create table even_rows (a int, b varchar(20)) diststyle even");
  await test.run("insert into even_rows values (0,'x'),(1,'x'),(2,'y'),(3,'y'),(4,'z'),(5,null)");
  await test.run("create table key_rows (a int, b varchar(20)) diststyle key distkey (b)");
  await test.run("insert into key_rows select a, b from even_rows");
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(() => rmSync(join(test.copy.objects.folder, "b", "out"), { recursive: true, force: true }));

const parallelOff = "parallel off";
/** The one file of a PARALLEL OFF. */
const lines = (): readonly string[] => test.text("out/000").split("\n").slice(0, -1);

describe("files", () => {
  it("has one for each slice, with the rows that lie on it", async () => {
    expect(await test.unload("select a, b from even_rows")).toBe("no error");
    expect(test.keys()).toEqual([0, 1, 2, 3].map((slice) => `out/000${slice}_part_00`));
    expect(test.text("out/0000_part_00")).toBe("0|x\n4|z\n");
    expect(test.text("out/0003_part_00")).toBe("3|y\n");
  });

  it("rows with the same key are in the same file", async () => {
    expect(await test.unload("select b, a from key_rows where b is not null")).toBe("no error");
    const files = test.keys().map((key) => test.text(key));
    expect(files.filter((text) => text.includes("x|"))).toHaveLength(1);
    expect(files.filter((text) => text.includes("y|"))).toHaveLength(1);
    expect(files.join("").split("\n")).toHaveLength(6);
  });

  it("deals the rows of other queries", async () => {
    await test.unload("select b, count(*) from even_rows group by b order by b");
    expect(test.keys().map((key) => test.text(key))).toEqual(["x|2\n", "y|2\n", "z|1\n", "|1\n"]);
  });

  it("with PARALLEL OFF has one file in the query's order", async () => {
    await test.unload("select a from even_rows order by a desc", parallelOff);
    expect(lines()).toEqual(["5", "4", "3", "2", "1", "0"]);
  });

  it("has empty files for text and CSV, and none for JSON and Parquet", async () => {
    await test.unload("select a from even_rows where a > 10", "csv header");
    expect(test.keys().map((key) => test.text(key))).toEqual(["a\n", "a\n", "a\n", "a\n"]);
    await test.unload("select a from even_rows where a > 10", "json", "out2/");
    await test.unload("select a from even_rows where a > 10", "parquet", "out3/");
    expect(test.keys()).toHaveLength(4);
  });

  it.each([
    ["gzip", ".gz", gunzipSync],
    ["zstd", ".zst", zstdDecompressSync],
  ] as const)("%s", async (compression, suffix, unpack) => {
    await test.unload("select a from even_rows order by a", `${compression} parallel off`);
    expect(test.keys()).toEqual([`out/000${suffix}`]);
    expect(unpack(test.bytes(`out/000${suffix}`)).toString()).toBe("0\n1\n2\n3\n4\n5\n");
  });

  it("takes a name's end as given", async () => {
    await test.unload("select a from even_rows", "csv gzip extension 'csv.gz' parallel off");
    expect(test.keys()).toEqual(["out/000.csv.gz"]);
  });

  it.each(["", "gzip"])("begins a new file when one is full %s", async (compression) => {
    const query = "select md5(n::varchar) || md5((n + 1)::varchar) from numbers";
    await test.run("create table if not exists numbers (n int)");
    await test.run("insert into numbers select 0 where not exists (select 1 from numbers)");
    for (let doubled = 0; doubled < 18; doubled++)
      if (Number((await test.run("select count(*) from numbers"))[0]?.[0]) < 200_000)
        await test.run("insert into numbers select n + (select max(n) + 1 from numbers) from numbers");
    const count = Number((await test.run("select count(*) from numbers"))[0]?.[0]);
    expect(await test.unload(query, `maxfilesize 5 mb ${compression} parallel off`)).toBe("no error");
    expect(test.keys().length).toBeGreaterThan(1);
    for (const key of test.keys()) expect(test.bytes(key).byteLength).toBeLessThanOrEqual(5 * 1024 * 1024);
    const text = test
      .keys()
      .map((key) => (compression === "" ? test.text(key) : gunzipSync(test.bytes(key)).toString()));
    expect(text.join("").split("\n")).toHaveLength(count + 1);
  });
});

it("a Parquet file that is too large comes in parts", async () => {
  await test.run("create table wide (n int, a varchar(64), b varchar(64)) diststyle even");
  await test.run(
    "insert into wide select n, md5(n::varchar) || md5((n * 7)::varchar), md5((n * 3)::varchar) || md5((n * 5)::varchar) from numbers",
  );
  expect(
    await test.unload("select * from wide", "parquet maxfilesize 5 mb parallel off manifest verbose"),
  ).toBe("no error");
  const files = test.keys().filter((key) => key.endsWith(".parquet"));
  expect(files.length).toBeGreaterThan(2);
  expect(files.slice(0, 2)).toEqual(["out/000.parquet", "out/001.parquet"]);
  // AWS, too, calls the size of Parquet files approximate.
  for (const key of files) expect(test.bytes(key).byteLength).toBeLessThan(7 * 1024 * 1024);
  await test.run("create table wide_back (like wide)");
  await test.run(`copy wide_back from 's3://b/out/manifest' ${role} parquet manifest`);
  expect(await test.run("select count(*), count(distinct n), sum(n) from wide_back")).toEqual(
    await test.run("select count(*), count(distinct n), sum(n) from wide"),
  );
});

describe("values", () => {
  const query = `select 1::smallint as s, true as t, false as f, 1.50::numeric(8,2) as n, 0.1::float8 as d,
    date '2024-02-29' as day, timestamp '2024-02-29 10:00:00.5' as ts, 'ab'::char(4) as c, null::int as z, '' as e`;

  it("as Redshift writes them", async () => {
    await test.unload(query, parallelOff);
    expect(lines()).toEqual(["1|t|f|1.50|0.1|2024-02-29|2024-02-29 10:00:00.5|ab  ||"]);
  });

  it("in JSON", async () => {
    await test.unload(query, `json ${parallelOff}`);
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      {
        ...{ s: 1, t: "t", f: "f", n: 1.5, d: 0.1, day: "2024-02-29", ts: "2024-02-29 10:00:00.5" },
        ...{ c: "ab  ", z: null, e: "" },
      },
    ]);
  });

  it("NULL AS, and not for SUPER", async () => {
    await test.unload(
      "select null::int, json_parse('null'), json_parse('{\"a\":[1]}')",
      `null as '\\\\N' ${parallelOff}`,
    );
    expect(lines()).toEqual(['\\N|null|{"a":[1]}']);
  });

  it("CSV quotes what needs it", async () => {
    await test.unload(`select 'a,b', 'say "x"', 'two\\nlines', 'plain'`, `csv header ${parallelOff}`);
    expect(test.text("out/000")).toContain('"a,b","say ""x""","two\nlines",plain\n');
  });

  it("ESCAPE and ADDQUOTES", async () => {
    await test.unload(`select 'a|b', 'say "x"', 5`, `escape addquotes ${parallelOff}`);
    expect(lines()).toEqual(['"a\\|b"|"say \\"x\\""|"5"']);
  });

  it("FIXEDWIDTH counts bytes and cuts nothing", async () => {
    await test.unload("select 7, 'ä', null::int", `fixedwidth 'a:3,b:4,c:2' ${parallelOff}`);
    expect(lines()).toEqual(["7  ä    "]);
    expect(await test.unload("select 'long'", "fixedwidth 'a:3'", "out/2/")).toMatch(/^22001 /);
    expect(await test.unload("select 1, 2", "fixedwidth 'a:3'", "out/3/")).toMatch(
      /^22023 FIXEDWIDTH specifies 1/,
    );
    expect(test.keys()).toEqual(["out/000"]);
  });
});

describe("partitions", () => {
  it("are folders as Hive has them", async () => {
    await test.unload(
      "select a, b from even_rows union all select 9, 'p/q r'",
      "partition by (b) parallel off",
      "out/p",
    );
    expect(test.keys()).toEqual([
      "out/p/b=__HIVE_DEFAULT_PARTITION__/000",
      "out/p/b=p%2Fq r/000",
      "out/p/b=x/000",
      "out/p/b=y/000",
      "out/p/b=z/000",
    ]);
    expect(test.text("out/p/b=x/000").split("\n").sort()).toEqual(["", "0", "1"]);
  });

  it("INCLUDE keeps their columns, also in Parquet", async () => {
    await test.unload("select b, a from even_rows", "parquet partition by (b) include manifest verbose");
    const manifest = JSON.parse(test.text("out/manifest")) as {
      entries: { url: string; meta: { record_count: number } }[];
      schema: unknown;
      meta: { record_count: number };
    };
    expect(manifest.meta.record_count).toBe(6);
    expect(manifest.schema).toEqual({
      elements: [
        { name: "b", type: { base: "character varying", max_length: 20 } },
        { name: "a", type: { base: "integer" } },
      ],
    });
    expect(manifest.entries.map(({ url }) => url)).toContain("s3://b/out/b=x/0000_part_00.parquet");
    await test.run("create table back (like even_rows)");
    await test.run(`copy back (b, a) from 's3://b/out/manifest' ${role} parquet manifest`);
    expect(await test.run("select a, b from back order by a")).toEqual(
      await test.run("select a, b from even_rows order by a"),
    );
  });

  it("are refused for wrong columns", async () => {
    const refused = (query: string, options: string) => test.unload(query, options);
    expect(await refused("select a from even_rows", "partition by (a)")).toMatch(
      /^0A000 .*not a partition column/,
    );
    expect(await refused("select a from even_rows", "partition by (q)")).toMatch(/^42703 /);
    expect(await refused("select a, 1.5::float8 as d from even_rows", "partition by (d)")).toMatch(
      /^0A000 .*double precision/,
    );
  });
});

describe("what lies there already", () => {
  it("is not touched unless that was said", async () => {
    test.copy.objects.put("b", "out/0000_part_00", "old");
    test.copy.objects.put("b", "out/other", "old");
    expect(await test.unload("select a from even_rows")).toContain(
      "Specified unload destination on S3 is not empty.",
    );
    expect(await test.unload("select a from even_rows", "allowoverwrite")).toBe("no error");
    expect(test.text("out/other")).toBe("old");
    expect(test.text("out/0000_part_00")).toBe("0\n4\n");
    expect(await test.unload("select a from even_rows", "cleanpath")).toBe("no error");
    expect(test.keys()).not.toContain("out/other");
  });

  it("CLEANPATH with partitions empties the folders that get new files only", async () => {
    test.copy.objects.put("b", "out/b=x/old", "old");
    test.copy.objects.put("b", "out/b=w/old", "old");
    await test.unload("select a, b from even_rows", "cleanpath partition by (b) parallel off");
    expect(test.keys()).toContain("out/b=w/old");
    expect(test.keys()).not.toContain("out/b=x/old");
    expect(test.keys()).toContain("out/b=x/000");
  });
});

describe("refusals and failures", () => {
  it.each([
    ["select a from even_rows limit 3", "", /^0A000 Limit clause is not supported/],
    ["select top 3 a from even_rows", "", /^0A000 Limit clause is not supported/],
    ["select a from nowhere", "", /^42P01 /],
    ["select a from even_rows", "bzip2", /^0A000 .*BZIP2/],
    ["select a from even_rows", "encrypted", /^22023 ENCRYPTED/],
    ["select a from even_rows", "kms_key_id 'k'", /^22023 KMS_KEY_ID/],
    ["select a from even_rows", "encrypted master_symmetric_key 'k'", /^0A000 .*client-side/],
    ["select a from even_rows", "maxfilesize 4 mb", /^22023 MAXFILESIZE/],
    ["select a from even_rows", "parquet rowgroupsize 1 gb", /^22023 ROWGROUPSIZE/],
    ["select a, a from even_rows", "json", /^42701 /],
    ["select to_varbyte('aa', 'hex') as v", "parquet", /^0A000 .*varying/],
    ["select a from even_rows", "delimiter '||'", /^22023 /],
    ["select a from even_rows", "allowoverwrite cleanpath", /^0A000 /],
  ])("%s %s", async (query, options, error) => {
    expect(await test.unload(query, options)).toMatch(error);
    expect(test.keys()).toEqual([]);
  });

  it("a query that fails midway leaves no file", async () => {
    const query = "select case when n = 150000 then 1 / (n - 150000) else n end from numbers";
    expect(await test.unload(query, "manifest")).toMatch(/^22012 /);
    expect(test.keys()).toEqual([]);
  });

  it("a cancelled one leaves no file", async () => {
    const { session } = test.copy.session;
    const running = test.unload("select a.n from numbers a, numbers b", "manifest");
    await expect.poll(() => test.keys().length, { interval: 5 }).toBeGreaterThanOrEqual(0);
    setImmediate(() => session.cancel());
    expect(await running).toMatch(/^57014 /);
    expect(test.keys()).toEqual([]);
  });
});

it("tells what it did", async () => {
  await test.unload("select a from even_rows", "csv gzip manifest");
  expect(test.copy.session.notices.at(-1)?.message).toBe(
    "UNLOAD completed, 6 record(s) unloaded successfully.",
  );
  expect(await test.run("select pg_last_unload_count()")).toEqual([["6"]]);
  const log = await test.run(
    "select trim(path), line_count, trim(file_format) from stl_unload_log where query = pg_last_unload_id() order by 1",
  );
  expect(log).toHaveLength(4);
  expect(log[0]).toEqual(["s3://b/out/0000_part_00.gz", "2", "csv"]);
  expect(JSON.parse(test.text("out/manifest"))).toEqual({
    entries: [0, 1, 2, 3].map((slice) => ({ url: `s3://b/out/000${slice}_part_00.gz` })),
  });
});
