import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { role, TestCopy } from "./test-copy.ts";

let copy: TestCopy;
beforeAll(async () => {
  copy = await TestCopy.start();
});
afterAll(() => copy[Symbol.asyncDispose]());
beforeEach(() => table("a int, b varchar(10)"));

async function table(columns: string): Promise<void> {
  await copy.session.rows(`drop table if exists t; create table t(${columns})`);
}

async function load(options: string, rows: string = "1|x\n"): Promise<string> {
  copy.objects.put("b", "in/data", rows);
  return copy.session.error(`copy t from 's3://b/in/data' ${role} ${options}`);
}

/** Percent of the rows that ANALYZE does not know of. */
async function statsOff(): Promise<string | null | undefined> {
  return (await copy.session.rows("select stats_off from svv_table_info where \"table\" = 't'"))[0]?.[0];
}

async function encodings(): Promise<string> {
  const rows = await copy.session.rows("select encoding from pg_table_def where tablename = 't'");
  return rows.join(" ");
}

test("statistics are taken of a table that was empty, and of others when STATUPDATE is ON", async () => {
  expect(await load("")).toBe("no error");
  expect(await statsOff()).toBe("0.00");
  expect(await copy.session.tag("analyze t")).toBe("ANALYZE SKIP");
  expect(await load("", "2|y\n")).toBe("no error");
  expect(await statsOff()).toBe("50.00");
  expect(await load("statupdate off", "3|z\n4|z\n")).toBe("no error");
  expect(await statsOff()).toBe("75.00");
  expect(await load("statupdate on", "5|z\n")).toBe("no error");
  expect(await statsOff()).toBe("0.00");
});

test("STATUPDATE OFF takes none, NOLOAD neither, and what fails leaves none", async () => {
  expect(await load("noload")).toBe("no error");
  expect(await load("", "wrong|x\n")).toContain("XX000");
  expect(await copy.session.rows("select count(*) from stl_analyze where table_id = 't'::regclass")).toEqual([
    ["0"],
  ]);
  expect(await load("statupdate off")).toBe("no error");
  expect(await statsOff()).toBe("100.00");
});

test("STATUPDATE ON is for who may analyze the table; COPY alone needs INSERT", async () => {
  await copy.session.rows(
    `create user loader password 'Secret12'; grant insert, select on t to loader;
     grant assumerole on 'arn:aws:iam::000000000000:role/load' to loader for all`,
  );
  const loader = await copy.warehouse.connect({ user: "loader" });
  copy.objects.put("b", "in/data", "1|x\n");
  const statement = `copy t from 's3://b/in/data' ${role}`;
  expect(await loader.error(`${statement} statupdate on`)).toBe("42501 must be owner of relation t");
  expect(await loader.error(statement)).toBe("no error");
  expect(await statsOff()).toBe("0.00");
});

test("a table whose record somebody else is changing is loaded, without its statistics", async () => {
  const other = await copy.warehouse.connect();
  await other.rows("begin; grant select on t to public");
  expect(await load("")).toBe("no error");
  await other.rows("commit");
  expect(await statsOff()).toBe("100.00");
});

test.each([
  ["a int, b varchar(10)", "", "az64 lzo"],
  ["a int encode raw, b varchar(10) encode raw", "", "az64 lzo"],
  ["a int encode raw sortkey, b varchar(10) encode raw", "", "none lzo"],
  ["a int encode raw, b varchar(10) encode zstd", "", "none zstd"],
  ["a int encode raw, b varchar(10) encode raw", "compupdate off", "none none"],
  ["a int encode mostly8, b varchar(10) encode zstd", "compupdate preset", "az64 lzo"],
  ["a int encode mostly8, b varchar(10) encode zstd", "compupdate on", "mostly8 zstd"],
])("encodings of (%s) after the first load %s", async (columns, options, found) => {
  await table(columns);
  expect(await load(options)).toBe("no error");
  expect(await encodings()).toBe(found);
  await copy.session.rows("alter table t alter column b encode text255");
  expect(await load("compupdate preset", "2|y\n")).toBe("no error");
  expect(await encodings()).toBe(found.replace(/\w+$/, "text255"));
});

test("COMPUPDATE ON measures a load of 100,000 rows a slice", async () => {
  await table("a int encode raw, b varchar(10) encode raw");
  const rows = Array.from({ length: 400_000 }, (_, index) => `${index >> 12}|${index % 3}\n`).join("");
  expect(await load("compupdate on comprows 1000", rows)).toBe("no error");
  expect(await encodings()).toBe("runlength zstd");
});

test.each(["999", "2147483648"])("COMPROWS %s is refused", async (rows) => {
  expect(await load(`comprows ${rows}`)).toBe("22023 COMPROWS must be between 1000 and 2147483647");
});
