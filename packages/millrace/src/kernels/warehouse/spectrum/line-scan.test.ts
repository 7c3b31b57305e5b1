import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestSpectrum } from "./test-spectrum.ts";

let spectrum: TestSpectrum;

beforeAll(async () => {
  spectrum = await TestSpectrum.start();
});

afterAll(() => spectrum[Symbol.asyncDispose]());

/** Puts one file and makes a table of it. */
function lines(
  name: string,
  text: string | Uint8Array,
  table: Omit<Parameters<TestSpectrum["add"]>[1], "location">,
  key = "1",
): void {
  spectrum.objects.put("lines", `${name}/${key}`, text);
  spectrum.add(name, { ...table, location: `s3://lines/${name}/` });
}

describe("text", () => {
  it("has fields by position; too few are NULL, too many are left, and so is what is no value", async () => {
    lines("plain", "1|anna|2.50|2024-02-29\n2|bo\nx|c|y|z|more\n\n4.7|\\N||\n", {
      columns: "id int, name string, price decimal(8,2), day date",
      format: "text",
      serde: { "field.delim": "|" },
    });
    expect(await spectrum.rows("select * from lake.plain")).toEqual([
      ["1", "anna", "2.50", "2024-02-29"],
      ["2", "bo", null, null],
      [null, "c", null, null],
      [null, null, null, null],
      [null, null, null, null],
    ]);
    expect(await spectrum.rows("select count(*) from lake.plain where name = 'bo'")).toEqual([["1"]]);
  });

  it("has its lines ended by any of three marks, which may be mixed", async () => {
    lines("ends", "a\tb\r\nc\td\re\tf\n\r\ng", {
      columns: "x string, y string",
      format: "text",
      serde: { "field.delim": "\t" },
    });
    expect(await spectrum.rows("select * from lake.ends")).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
      ["", null],
      ["g", null],
    ]);
  });

  it("takes escapes, other NULLs, and headers that are passed over", async () => {
    lines("escaped", "id,name\n1,a\\,b\\\\\n2,NA\n", {
      columns: "id int, name string",
      format: "text",
      serde: { "field.delim": ",", "escape.delim": "\\", "serialization.null.format": "NA" },
      properties: { "skip.header.line.count": "1" },
    });
    expect(await spectrum.rows("select * from lake.escaped")).toEqual([
      ["1", "a,b\\"],
      ["2", null],
    ]);
  });

  it.each([
    ["gzip", "1.gz", gzipSync("1\u0001a\n2\u0001b\n")],
    ["zstd", "1.zst", zstdCompressSync(Buffer.from("1\u0001a\n2\u0001b\n"))],
    [
      "bzip2",
      "1.bz2",
      Buffer.from(
        "425a68393141592653594e1ba7270000024900201030003000200021a699a0c03e008585dc914e14241386e9c9c0",
        "hex",
      ),
    ],
  ])("is decompressed: %s", async (name, key, bytes) => {
    lines(name, bytes, { columns: "id int, name string", format: "text" }, key);
    expect(await spectrum.rows(`select id, name from lake.${name} order by id`)).toEqual([
      ["1", "a"],
      ["2", "b"],
    ]);
  });

  it("replaces bytes that are no UTF-8, and refuses lines without end", async () => {
    lines("bytes", Buffer.from("a\xffb\nc\n", "latin1"), { columns: "x string", format: "text" });
    expect(await spectrum.rows("select * from lake.bytes")).toEqual([["a?b"], ["c"]]);
    lines("wide", `${"x".repeat(5_000_000)}\ny\n`, { columns: "x string", format: "text" });
    expect(await spectrum.rows("select len(x) from lake.wide")).toEqual([["5000000"], ["1"]]);
    lines("endless", Buffer.alloc(17 * 1024 * 1024, 120), { columns: "x string", format: "text" });
    expect(await spectrum.error("select count(*) from lake.endless")).toBe("XX000 Spectrum Scan Error");
    expect(await spectrum.rows("select 1")).toEqual([["1"]]);
  });

  it("is damaged where its compression is", async () => {
    lines("damaged", gzipSync("1\n2\n").subarray(0, 15), { columns: "x string", format: "text" }, "1.gz");
    expect(await spectrum.error("select * from lake.damaged")).toBe("XX000 Spectrum Scan Error");
  });
});

describe("CSV", () => {
  it("has quotes, in which separators are text", async () => {
    lines("csv", `id,name\n1,"a,""b"""\n2,plain\n3,"back\\"slash"\n4\n`, {
      columns: "id int, name string",
      format: "csv",
      serde: { separatorChar: ",", quoteChar: '"', escapeChar: "\\" },
      properties: { "skip.header.line.count": "1" },
    });
    expect(await spectrum.rows("select * from lake.csv")).toEqual([
      ["1", 'a,"b"'],
      ["2", "plain"],
      ["3", 'back"slash'],
      ["4", null],
    ]);
  });
});

describe("JSON", () => {
  it("is an object a line, its keys in any case", async () => {
    lines(
      "json",
      `{"id": 1, "Name": "anna", "Tags": ["A", "b"], "inner": {"Deep": 12345678901234567890}}
{"ID": "2", "tags": null}
`,
      { columns: "id int, name string, tags array<string>, inner struct<deep:string>", format: "json" },
    );
    expect(
      await spectrum.rows("select id, name, tags[0], j.inner.deep from lake.json j order by id"),
    ).toEqual([
      ["1", "anna", '"A"', "12345678901234567890"],
      ["2", null, null, null],
    ]);
    expect(await spectrum.rows("select j.id, t from lake.json j, j.tags t order by 2")).toEqual([
      ["1", '"A"'],
      ["1", '"b"'],
    ]);
  });

  it("is an error where a line is none, unless that is ignored", async () => {
    const text = '{"id": 1}\n{"id": \n';
    lines("broken", text, { columns: "id int", format: "json" });
    expect(await spectrum.error("select * from lake.broken")).toMatch(/^XX000 Spectrum Scan Error/);
    lines("ignored", text, { columns: "id int", format: "json", serde: { "ignore.malformed.json": "true" } });
    expect(await spectrum.rows("select * from lake.ignored")).toEqual([["1"], [null]]);
  });
});

describe("patterns", () => {
  it("of the RegexSerDe have a group for each column", async () => {
    lines("log", "10.0.0.1 GET 200\nnonsense\n", {
      columns: "ip string, verb string, status int",
      format: "regex",
      serde: { "input.regex": "(\\S+) (\\S+) (\\d+)" },
    });
    expect(await spectrum.rows("select * from lake.log")).toEqual([
      ["10.0.0.1", "GET", "200"],
      [null, null, null],
    ]);
  });

  it("of the GrokSerDe name their columns", async () => {
    lines("grok", "10.0.0.1 took 17\n", {
      columns: "client string, duration int",
      format: "grok",
      serde: {
        "input.format": "%{IP:client} took %{MS:duration}",
        "input.grokCustomPatterns": "MS ([0-9])+",
      },
    });
    expect(await spectrum.rows("select * from lake.grok")).toEqual([["10.0.0.1", "17"]]);
  });

  it("that never end are ended", { timeout: 30_000 }, async () => {
    lines("endless_pattern", `${"a".repeat(40)}b\n`, {
      columns: "x string",
      format: "regex",
      serde: { "input.regex": "((a|a)*)c" },
    });
    expect(await spectrum.error("select * from lake.endless_pattern")).toMatch(/pattern of the SerDe/);
    expect(await spectrum.rows("select 1")).toEqual([["1"]]);
  });
});

describe("formats that are not read", () => {
  it("are refused by their names", async () => {
    lines("orc", "x", { columns: "x string", format: "orc" });
    expect(await spectrum.error("select * from lake.orc")).toBe(
      "0A000 external tables in the format ORC are not supported",
    );
  });
});
