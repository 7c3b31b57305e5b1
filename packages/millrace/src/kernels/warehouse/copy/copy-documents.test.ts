import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

describe("JSON", () => {
  test.each([
    ['{"a":1,"b":"x"}\n{"b":null,"a":2}\n', "auto", ["1|x", "2|∅"]],
    ['{"a":1,"b":"x"}{"a":2,"b":"y"} {\n "a": 3,\n "b": "}{\\"\\n"\n}', "auto", ["1|x", "2|y", '3|}{"\n']],
    ['{"A":1,"B":"x","other":[1]}', "auto", ["∅|∅"]],
    ['{"A":1,"B":"x"}', "auto ignorecase", ["1|x"]],
    ['{"a":1,"a":2,"b":{"c":[1, 2.50]}}', "auto", ['2|{"c":[1,2.50]}']],
    ['{"a":"7","b":true}', "auto", ["7|true"]],
    ['{"a":12,"b":1.50}', "auto", ["12|1.50"]],
    ["", "auto", []],
  ])("%j as %s", async (text, argument, rows) => {
    await table("a int, b varchar(40)");
    expect(await copy.copy("t", text, `json '${argument}'`)).toEqual(rows);
  });

  test("JSONPaths", async () => {
    await table("a int, b varchar(40), c varchar(10)");
    const paths = { jsonpaths: ["$.id", "$['n']['x y'][1]", "$.none"] };
    copy.objects.put("b", "paths.json", JSON.stringify(paths));
    const text = '{"id":1,"n":{"x y":["p","q"]}}\n{"id":2}\n';
    expect(await copy.copy("t", text, "json 's3://b/paths.json'")).toEqual(["1|q|∅", "2|∅|∅"]);
    copy.objects.put("b", "paths.json", '{"jsonpaths":["$[0]","$[2]","$[1]"]}');
    await copy.session.rows("truncate t");
    expect(await copy.copy("t", '[1,"two","three"]\n[4,"five","six"]', "json 's3://b/paths.json'")).toEqual([
      "1|three|two",
      "4|six|five",
    ]);
    copy.objects.put("b", "paths.json", '{"jsonpaths":["$.id"]}');
    expect(await copy.copy("t", text, "json 's3://b/paths.json'")).toBe(
      "XX000 Number of jsonpaths and the number of columns should match. JSONPath size: 1, Number of columns in table or column list: 3",
    );
    copy.objects.put("b", "paths.json", '{"jsonpaths":["$.id","$[*]","x"]}');
    expect(await copy.copy("t", text, "json 's3://b/paths.json'")).toMatch(/^XX000 Invalid JSONPath format/);
    copy.objects.put("b", "paths.json", "nothing");
    expect(await copy.copy("t", text, "json 's3://b/paths.json'")).toMatch(
      /^XX000 Failed to parse JSONPaths/,
    );
    expect(await copy.copy("t", text, "json 's3://b/none'")).toMatch(
      /^XX000 S3ServiceException:The specified key does not exist,Status 404,Error NoSuchKey/,
    );
  });

  test("SUPER, by its name and as a whole", async () => {
    await table("a int, s super");
    expect(await copy.copy("t", '{"a":1,"s":{"x":[1.10,"y"]}}\n{"a":2,"s":"text"}', "json 'auto'")).toEqual([
      '1|{"x":[1.10,"y"]}',
      '2|"text"',
    ]);
    expect(await copy.session.rows("select s.x[1] from t where a = 1")).toEqual([['"y"']]);
    await table("s super");
    expect(await copy.copy("t", '{"a": [1]}\n[2, {"b": null}]', "json 'noshred'")).toEqual([
      '{"a":[1]}',
      '[2,{"b":null}]',
    ]);
    await table("a int, s super");
    expect(await copy.copy("t", "{}", "json 'noshred'")).toMatch(/^XX000 COPY with JSON 'noshred'/);
  });

  test.each([
    ['{"a":1}\n{"a":}\n{"a":3}\n', ["2  () 0 1216 Invalid value. <>"], ["1|∅", "3|∅"]],
    ['{"a":1}\nnonsense\n{"a":3}\n', ["2  () 0 1216 Invalid value. <>"], ["1|∅", "3|∅"]],
    [
      '{"a":1}\n{"a":"x"}\n',
      ["2 a int4(0) 0 1207 Invalid digit, Value 'x', Pos 0, Type: Integer <x>"],
      ["1|∅"],
    ],
    ['{"a":[1]}\n', ["1 a int4(0) 0 1223 Invalid value. <[1]>"], []],
    ['{"a":1,\n"b":"x"}\n{"a":2,', ["3  () 0 1216 Invalid value. <>"], ["1|x"]],
  ])("%j", async (text, errors, rows) => {
    await table("a int, b varchar(10)");
    expect(await copy.copy("t", text, "json 'auto' maxerror 10")).toEqual(rows);
    expect(await copy.errors()).toEqual(expect.arrayContaining(errors));
    expect(await copy.copy("t", text, "json 'auto'")).toBe(failed);
  });

  test("documents over the borders of pieces", async () => {
    await table("a int, b varchar(max)");
    const count = 3_000;
    const text = Array.from({ length: count }, (_, a) =>
      JSON.stringify({ a, b: `"{[${"é".repeat(a % 900)}` }),
    ).join("\n");
    const rows = await copy.copy("t", text, "json 'auto'");
    expect(rows).toHaveLength(count);
    expect(await copy.session.rows("select sum(a), sum(len(b)) from t")).toEqual([
      [
        String((count * (count - 1)) / 2),
        String(Array.from({ length: count }, (_, a) => 3 + (a % 900)).reduce((x, y) => x + y)),
      ],
    ]);
  });

  test("a document that is larger than a row may be", async () => {
    await table("a int, b varchar(max)");
    const text = `{"a":1,"b":"${"x".repeat(5_000_000)}"}\n{"a":2}`;
    expect(await copy.copy("t", text, "json 'auto' maxerror 5")).toEqual(["2|∅"]);
    expect((await copy.errors()).at(-1)).toMatch(/1216 JSON document exceeds/);
  });
});

/** Numbers of Avro, as its specification has them. */
function zigzag(value: number): Buffer {
  let rest = BigInt(value) >= 0n ? BigInt(value) * 2n : -BigInt(value) * 2n - 1n;
  const bytes: number[] = [];
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([zigzag(bytes.length), bytes]);
}

function avroFile(schema: unknown, records: readonly Buffer[], codec = "null"): Buffer {
  const sync = Buffer.alloc(16, 7);
  const header = [text("avro.schema"), text(JSON.stringify(schema)), text("avro.codec"), text(codec)];
  const plain = Buffer.concat(records);
  const block = codec === "deflate" ? deflateRawSync(plain) : plain;
  return Buffer.concat([
    ...[Buffer.from("Obj\u0001"), zigzag(2), ...header, zigzag(0), sync],
    ...[zigzag(records.length), zigzag(block.length), block, sync],
  ]);
}

describe("Avro", () => {
  const schema = {
    type: "record",
    name: "n.r",
    fields: [
      { name: "A", type: "long" },
      { name: "b", type: ["null", "string"] },
      {
        name: "c",
        type: {
          type: "array",
          items: { type: "record", name: "i", fields: [{ name: "x", type: "double" }] },
        },
      },
      { name: "e", type: { type: "enum", name: "e", symbols: ["P", "Q"] } },
      { name: "self", type: ["null", "r"] },
    ],
  };
  const double = Buffer.alloc(8);
  double.writeDoubleLE(2.5);
  const records = [
    Buffer.concat([zigzag(7), zigzag(1), text("é"), zigzag(1), double, zigzag(0), zigzag(1), zigzag(0)]),
    Buffer.concat([zigzag(-9), zigzag(0), zigzag(0), zigzag(0), zigzag(0)]),
  ];

  test.each(["null", "deflate"])("by names, codec %s", async (codec) => {
    await table("a bigint, b varchar(10), c super, e varchar(5)");
    const file = avroFile(schema, records, codec);
    expect(await copy.copy("t", file, "avro 'auto'")).toEqual(['∅|é|[{"x":2.5}]|Q', "∅|∅|[]|P"]);
    await copy.session.rows("truncate t");
    expect(await copy.copy("t", file, "avro 'auto ignorecase'")).toEqual(['7|é|[{"x":2.5}]|Q', "-9|∅|[]|P"]);
  });

  test("by paths", async () => {
    await table("x double precision, a int");
    copy.objects.put("b", "paths.json", '{"jsonpaths":["$.c[0].x","$.A"]}');
    expect(await copy.copy("t", avroFile(schema, records), "avro 's3://b/paths.json'")).toEqual([
      "2.5|7",
      "∅|-9",
    ]);
  });

  test("damage", async () => {
    await table("a bigint");
    const file = avroFile(schema, records);
    for (let cut = 0; cut < file.length; cut += 7)
      expect(await copy.copy("t", file.subarray(0, cut), "avro 'auto'"), `cut at ${cut}`).toBe(failed);
    expect((await copy.errors()).at(-1)).toMatch(/1216 Invalid AVRO file: /);
    expect(await copy.copy("t", "no avro at all", "avro 'auto'")).toBe(failed);
  });
});

describe("Parquet", () => {
  async function parquet(query: string): Promise<Buffer> {
    const engine = await DuckDBInstance.create(":memory:");
    const connection = await engine.connect();
    const file = join(copy.objects.folder, "made.parquet");
    await connection.run(`set timezone = 'UTC'; copy (${query}) to '${file}' (format parquet)`);
    connection.closeSync();
    engine.closeSync();
    const bytes = readFileSync(file);
    rmSync(file);
    return bytes;
  }

  test("columns go by their place", async () => {
    await table(
      "a int, b varchar(5), c numeric(10,2), d date, e timestamp, f double precision, g boolean, h bigint",
    );
    const bytes = await parquet(
      "select 1::int as z, 'x' as y, 1.5::decimal(10,2), date '2024-01-02', timestamp '2024-01-02 03:04:05.678', 2.5::double, true, 9::bigint union all select null, null, null, null, null, null, null, null",
    );
    const rows = ["1|x|1.50|2024-01-02|2024-01-02 03:04:05.678|2.5|t|9", "∅|∅|∅|∅|∅|∅|∅|∅"];
    expect(await copy.copy("t", bytes, "format parquet")).toEqual(rows);
    copy.objects.hasPaths = false;
    await copy.session.rows("truncate t");
    expect(await copy.copy("t", bytes, "format as parquet")).toEqual(rows);
    copy.objects.hasPaths = true;
  });

  test("nested columns become SUPER", async () => {
    await table("a int, s super");
    const bytes = await parquet("select 1::int, {'x': [1, 2], 'y': 'z'}");
    expect(await copy.copy("t", bytes, "format parquet serializetojson")).toEqual(['1|{"x":[1,2],"y":"z"}']);
    const error = await copy.copy("t", bytes, "format parquet");
    expect(error).toMatch(/^XX000 Spectrum Scan Error/);
  });

  test.each([
    [
      "a int, b int",
      "select 1::int",
      "Unmatched number of columns between table and file. Table columns: 2, Data columns: 1",
    ],
    [
      "a int",
      "select 1::bigint",
      "incompatible Parquet schema for column 'a'. Column type: INT, Parquet schema: BIGINT",
    ],
    [
      "a varchar(3)",
      "select 'four'",
      "The length of the data column a is longer than the length defined in the table. Table: 3, Data: 4",
    ],
    ["a int not null", "select null::int", "Missing data for not-null field a"],
  ])("%s from %s", async (columns, query, context) => {
    await table(columns);
    copy.objects.put("b", "in/data", await parquet(query));
    const failure = await copy.session.answer(`copy t from 's3://b/in/data' ${role} format parquet`).then(
      () => undefined,
      (error: unknown) => error as { message: string; detail: string },
    );
    await copy.session.session.sync();
    expect(failure?.message).toBe("Spectrum Scan Error");
    expect(failure?.detail).toContain(context);
  });

  test("FILLRECORD, files of two shapes, a file that is none", async () => {
    await table("a int, b varchar(3)");
    copy.objects.put("b", "two/1", await parquet("select 1::int"));
    copy.objects.put("b", "two/2", await parquet("select 2::int, 'b'"));
    await copy.session.rows(`copy t from 's3://b/two/' ${role} format parquet fillrecord`);
    expect(await copy.rows("t")).toEqual(["1|∅", "2|b"]);
    expect(await copy.copy("t", "PAR1 not PAR1", "format parquet")).toMatch(/^XX000 Spectrum Scan Error/);
    expect(
      await copy.copy("t", (await parquet("select 1::int, 'b'")).subarray(0, 200), "format parquet"),
    ).toMatch(/^XX000 Spectrum/);
    expect(await copy.rows("t")).toEqual(["1|∅", "2|b"]);
  });
});
