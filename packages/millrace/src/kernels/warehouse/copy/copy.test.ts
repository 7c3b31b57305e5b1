import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { role, TestCopy } from "./test-copy.ts";

let copy: TestCopy;
beforeAll(async () => {
  copy = await TestCopy.start();
});
afterAll(() => copy[Symbol.asyncDispose]());

const failed = "XX000 Load into table 't' failed.  Check 'stl_load_errors' system table for details.";

async function table(columns: string): Promise<void> {
  await copy.session.rows(`drop table if exists t; create table t(${columns})`);
}

describe("delimited text", () => {
  beforeEach(() => table("a int, b varchar(10), c numeric(8,2)"));

  test("pipes by default; NULLs, empty fields, a notice", async () => {
    expect(await copy.copy("t", "1|x|2.5\n|\\N|\n3||7\n")).toEqual(["1|x|2.50", "∅|∅|∅", "3||7.00"]);
    expect(copy.session.notices.at(-1)).toMatchObject({
      severity: "INFO",
      message: "Load into table 't' completed, 3 record(s) loaded successfully.",
    });
    expect(await copy.session.rows("select pg_last_copy_count(), pg_last_copy_id() > 0")).toEqual([
      ["3", "t"],
    ]);
    expect(await copy.session.tag(`copy t from 's3://b/in/data' ${role}`)).toBe("COPY");
  });

  test.each([
    ["1|a|1|\n2|b|2|\n", "", ["1|a|1.00", "2|b|2.00"]],
    ["1~|~a~|~1\n", "delimiter '~|~'", ["1|a|1.00"]],
    ["1\ta\t1\n", "delimiter '\\t'", ["1|a|1.00"]],
    ["1\u0001a\u00011\n", "delimiter '\\001'", ["1|a|1.00"]],
    [
      "1|a\\|b|1\n2|c\\\nd|2\n3|\\N|3\n4|\\\\N|4\n",
      "escape",
      ["1|a|b|1.00", "2|c\nd|2.00", "3|∅|3.00", "4|\\N|4.00"],
    ],
    ['1|"a|b"|1\n2|\'c\'|2\n3|d"|3\n', "removequotes", ["1|a|b|1.00", "2|c|2.00", '3|d"|3.00']],
    ["1|NULL|1\n", "null as 'NULL'", ["1|∅|1.00"]],
    ["1||1\n", "emptyasnull", ["1|∅|1.00"]],
    ["1|  |1\n2||2\n", "blanksasnull", ["1|∅|1.00", "2||2.00"]],
    ["1|a  |1\n", "trimblanks", ["1|a|1.00"]],
    ["1|12345678901|1\n", "truncatecolumns", ["1|1234567890|1.00"]],
    ["1|123456789€|1\n", "truncatecolumns", ["1|123456789|1.00"]],
    ["1|a|20.259\n", "", ["1|a|20.25"]],
    ["1|a|20.259\n2|b|-20.255\n", "roundec", ["1|a|20.26", "2|b|-20.26"]],
    ["1|a\n2\n", "fillrecord", ["1|a|∅", "2||∅"]],
    ["1|a|1\n\n2|b|2\n", "ignoreblanklines", ["1|a|1.00", "2|b|2.00"]],
    ["a|b|c\nx\n1|a|1\n", "ignoreheader 2", ["1|a|1.00"]],
    ["1|a|1\r\n2|b|2\r\n", "", ["1|a|1.00", "2|b|2.00"]],
    ["\uFEFF1|a|1\n", "", ["1|a|1.00"]],
    ["", "", []],
  ])("%j %s", async (text, options, rows) => {
    expect(await copy.copy("t", text, options)).toEqual(rows);
  });

  test.each([
    ["x|a|1", "1 a int4(0) 0 1207 Invalid digit, Value 'x', Pos 0, Type: Integer <x>"],
    ["12a|a|1", "1 a int4(0) 0 1207 Invalid digit, Value 'a', Pos 2, Type: Integer <12a>"],
    ["1.5|a|1", "1 a int4(0) 0 1207 Invalid digit, Value '.', Pos 1, Type: Integer <1.5>"],
    ["3000000000|a|1", "1 a int4(0) 0 1222 Overflow, Column type: Integer <3000000000>"],
    ["1|12345678901|1", "1 b varchar(10) 2 1204 String length exceeds DDL length <12345678901>"],
    ["1|a|x", "1 c numeric(8, 2) 4 1207 Invalid digit, Value 'x', Pos 0, Type: Decimal <x>"],
    ["1|a|1234567", "1 c numeric(8, 2) 4 1209 Overflow for NUMERIC(8,2) <1234567>"],
    ["1|a", "1 b varchar(10) 3 1214 Delimiter not found <a>"],
    ["1|a|1|x", "1  () 6 1202 Extra column(s) found <x>"],
    ["1|ä\n", "1 b varchar(10) 4 1214 Delimiter not found <ä>"],
  ])("%j is refused", async (text, error) => {
    expect(await copy.copy("t", text)).toBe(failed);
    expect((await copy.errors()).at(-1)).toBe(error);
    expect(await copy.rows("t")).toEqual([]);
  });

  test("up to MAXERROR errors are passed over, each is noted", async () => {
    const text = "1|a|1\nx|b|2\n3|c\n4|d|4\n";
    expect(await copy.copy("t", text, "maxerror 2")).toBe(failed);
    expect(await copy.rows("t")).toEqual([]);
    expect(await copy.copy("t", text, "maxerror 3")).toEqual(["1|a|1.00", "4|d|4.00"]);
    expect(copy.session.notices.at(-1)?.message).toBe(
      "Load into table 't' completed, 2 record(s) could not be loaded.  Check 'stl_load_errors' system table for details.",
    );
    expect(await copy.errors()).toEqual([
      "2 a int4(0) 0 1207 Invalid digit, Value 'x', Pos 0, Type: Integer <x>",
      "3 b varchar(10) 3 1214 Delimiter not found <c>",
    ]);
    expect(
      await copy.session.rows(
        "select trim(file_name), line_number, trim(column_name), error_code from sys_load_error_detail order by query_id desc, line_number limit 2",
      ),
    ).toEqual([
      ["s3://b/in/data", "2", "a", "1207"],
      ["s3://b/in/data", "3", "b", "1214"],
    ]);
    await copy.session.rows("truncate t");
    expect(await copy.copy("t", text, "ignoreallerrors")).toEqual(["1|a|1.00", "4|d|4.00"]);
  });

  test("NOLOAD looks at everything and loads nothing", async () => {
    expect(await copy.copy("t", "1|a|1\n", "noload")).toEqual([]);
    expect(await copy.copy("t", "x|a|1\n", "noload")).toBe(failed);
  });

  test("within a transaction a failed COPY takes everything with it", async () => {
    await copy.session.rows("begin; insert into t values (9, 'nine', 9)");
    expect(await copy.copy("t", "x|a|1\n")).toBe(failed);
    expect(await copy.session.error("select 1")).toMatch(/^25P02/);
    await copy.session.rows("rollback");
    expect(await copy.rows("t")).toEqual([]);
  });
});

describe("bytes", () => {
  beforeEach(() => table("a varchar(10), b char(3)"));
  const bad = Buffer.from([0x61, 0xe9, 0x62, 0x7c, 0x78, 0x0a]);

  test("that are no UTF-8", async () => {
    expect(await copy.copy("t", bad)).toBe(failed);
    expect((await copy.errors()).at(-1)).toMatch(
      /^1 a varchar\(10\) 0 1220 String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: e9 \(error 2\)/,
    );
    expect(await copy.copy("t", bad, "acceptinvchars")).toEqual(["a?b|x  "]);
    await copy.session.rows("truncate t");
    expect(await copy.copy("t", bad, "acceptinvchars '^'")).toEqual(["a^b|x  "]);
  });

  test("CHAR takes one byte a character", async () => {
    expect(await copy.copy("t", "x|é\n")).toBe(failed);
    expect((await copy.errors()).at(-1)).toMatch(
      /1220 Multibyte character not supported for CHAR \(Hint: try using VARCHAR\). Invalid char: c3 a9/,
    );
    expect(await copy.copy("t", "x|abcd\n")).toBe(failed);
    expect((await copy.errors()).at(-1)).toMatch(/1204 Char length exceeds DDL length/);
  });

  test.each([
    ["utf16", Buffer.from("\uFEFFä|b\n", "utf16le")],
    ["utf16le", Buffer.from("ä|b\n", "utf16le")],
    ["utf16be", Buffer.from("ä|b\n", "utf16le").swap16()],
    ["iso88591", Buffer.from("ä|b\n", "latin1")],
  ])("encoding %s", async (encoding, bytes) => {
    expect(await copy.copy("t", bytes, `encoding ${encoding}`)).toEqual(["ä|b  "]);
  });

  test.each([
    ["gzip", gzipSync("x|y\n")],
    ["gzip", Buffer.concat([gzipSync("x|y\n"), gzipSync("z|w\n")])],
    ["zstd", zstdCompressSync("x|y\n")],
    [
      "bzip2",
      Buffer.from(
        "425a683931415926535952837bdc000000c080001000642000219a68334d30bc5dc914e142414a0def70",
        "hex",
      ),
    ],
  ])("%s", async (compression, bytes) => {
    const rows = await copy.copy("t", bytes, compression);
    expect(rows).toContain("x|y  ");
  });

  test("a file that is cut off is no error of a row", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index}|y\n`).join("");
    const bytes = gzipSync(lines).subarray(0, 30_000);
    expect(await copy.copy("t", bytes, "gzip maxerror 100")).toBe(failed);
    expect(await copy.copy("t", bytes, "gzip ignoreallerrors escape")).toBe(failed);
    expect(await copy.rows("t")).toEqual([]);
  });

  test("more than is staged at a time goes on in portions", async () => {
    await table("id int identity(1, 1), a varchar(max)");
    const line = `${"x".repeat(60_000)}\n`;
    copy.objects.put("b", "in/many", line.repeat(2_500));
    await copy.session.rows(`copy t from 's3://b/in/many' ${role} escape`);
    expect(
      await copy.session.rows("select count(*), min(id), max(id), count(distinct id), sum(len(a)) from t"),
    ).toEqual([["2500", "1", "2500", "2500", String(2_500 * 60_000)]]);
  });

  test.each(["gzip", "zstd", "bzip2"])("damaged %s", async (compression) => {
    expect(await copy.copy("t", "x|y\n", compression)).toBe(failed);
    expect((await copy.errors()).at(-1)).toContain(`1216 Invalid ${compression} data`);
  });

  test("files whose bytes S3 hands out only as a stream", async () => {
    copy.objects.hasPaths = false;
    expect(await copy.copy("t", "x|y\n")).toEqual(["x|y  "]);
    copy.objects.hasPaths = true;
    expect(copy.objects.opened).toBe(0);
  });
});

describe("CSV", () => {
  beforeEach(() => table("a int, b varchar(20)"));

  test.each([
    ['1,"a ""q"", b"\n2,"x\ny"\n3,\n', "", ['1|a "q", b', "2|x\ny", "3|"]],
    ["1,%a%%b%\n", "quote as '%'", ["1|a%b"]],
    ["1;x\n", "delimiter ';'", ["1|x"]],
    ['a,b\n1,"x"\n', "ignoreheader 1", ["1|x"]],
    ['1,"x"\r\n2,y\r\n', "", ["1|x", "2|y"]],
  ])("%j %s", async (text, options, rows) => {
    expect(await copy.copy("t", text, `csv ${options}`)).toEqual(rows);
  });

  test.each([
    ['1,a"b\n', '1 b varchar(20) 2 1214 Invalid quote formatting for CSV <a"b>'],
    ['1,"a"b\n', "1 b varchar(20) 2 1214 Invalid quote formatting for CSV <a>"],
    ['1,"ab\n', '1 b varchar(20) 2 1214 Invalid quote formatting for CSV <"ab\n>'],
    ["1\n", "1 a int4(0) 1 1214 Delimiter not found <1>"],
    ["1,a,\n", "1  () 4 1202 Extra column(s) found <>"],
  ])("%j is refused", async (text, error) => {
    expect(await copy.copy("t", text, "csv")).toBe(failed);
    expect((await copy.errors()).at(-1)).toBe(error);
  });
});

describe("fixed width", () => {
  test("by characters", async () => {
    await table("a int, b char(3), c varchar(5)");
    expect(await copy.copy("t", "  1abcäö\n 22x  hello\n", "fixedwidth 'a:3,b:3,c:5'")).toEqual([
      "1|abc|äö",
      "22|x  |hello",
    ]);
    expect(await copy.copy("t", "  1abchello!\n", "fixedwidth 'a:3,b:3,c:5'")).toBe(failed);
    expect(await copy.copy("t", "", "fixedwidth 'a:3,b:3'")).toMatch(
      /^XX000 The number of columns in the fixedwidth/,
    );
    expect(await copy.copy("t", "", "fixedwidth 'a:x'")).toMatch(/^22023/);
  });
});

describe("dates and times", () => {
  beforeEach(() => table("d date, t timestamp, z timestamptz"));

  test.each([
    [
      "2024-02-29|2024-02-29 23:59:59.5|2024-01-01 10:00:00+02:00",
      "",
      "2024-02-29|2024-02-29 23:59:59.5|2024-01-01 08:00:00+00",
    ],
    ["02/29/2024||", "dateformat 'MM/DD/YYYY'", "2024-02-29|∅|∅"],
    [
      "Feb 29 2024|29.Feb.2024 1:02 PM|",
      "dateformat 'auto' timeformat 'auto'",
      "2024-02-29|2024-02-29 13:02:00|∅",
    ],
    ["|1700000000|1700000000", "timeformat 'epochsecs'", "∅|2023-11-14 22:13:20|2023-11-14 22:13:20+00"],
    ["|1700000000123|", "timeformat 'epochmillisecs'", "∅|2023-11-14 22:13:20.123|∅"],
    ["|29/02/2024 13-05-06|", "timeformat 'DD/MM/YYYY HH24-MI-SS'", "∅|2024-02-29 13:05:06|∅"],
    ["|6/20/2017 01:02:03 PM|", "timeformat 'MM/DD/YYYY HH:MI:SS AM'", "∅|2017-06-20 13:02:03|∅"],
    ["00/00/00|x|2024-01-01 00:00:00", "acceptanydate dateformat 'YYYY-MM-DD'", "∅|∅|2024-01-01 00:00:00+00"],
  ])("%j %s", async (text, options, row) => {
    expect(await copy.copy("t", `${text}\n`, options)).toEqual([row]);
  });

  test.each([
    ["2024-02-30||", "1 d date(0) 0 1205 Invalid date format or value [YYYY-MM-DD] <2024-02-30>"],
    ["24-1-1||", "1 d date(0) 0 1205 Invalid Date Format - length must be 10 or more <24-1-1>"],
    ["|x|", "1 t timestamp(0) 1 1206 Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SS] <x>"],
    [
      "||2025-09-22T14:42:59.172000Z",
      "1 z timestamptz(0) 2 1206 Invalid timestamp format or value [YYYY-MM-DD HH24:MI:SSOF] <2025-09-22T14:42:59.172000Z>",
    ],
  ])("%j is refused", async (text, error) => {
    expect(await copy.copy("t", `${text}\n`)).toBe(failed);
    expect((await copy.errors()).at(-1)).toBe(error);
  });
});
