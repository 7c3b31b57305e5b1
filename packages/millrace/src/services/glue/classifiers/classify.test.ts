import { deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import { compressSync } from "snappy";
import { describe, expect, it } from "vitest";
import { ClassifierSet } from "./classify.ts";
import { classify, MemoryObject, recognise, schemaOf } from "./test-objects.ts";

const lines = Array.from({ length: 50 }, (_, id) => JSON.stringify({ id, name: `n${id}` })).join("\n");

/** An archive of one file, or of several with the same content. */
function zip(content: string, options: { entries?: number; stored?: boolean } = {}): Buffer {
  const data = options.stored ? Buffer.from(content) : deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.write("PK\u0003\u0004", 0, "latin1");
  local.writeUInt16LE(options.stored ? 0 : 8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt16LE(1, 26);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(options.entries ?? 1, 10);
  return Buffer.concat([local, Buffer.from("f"), data, end]);
}

function hadoopSnappy(content: string): Buffer {
  const block = Buffer.from(compressSync(content));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length, 0);
  head.writeUInt32BE(block.length, 4);
  return Buffer.concat([head, block]);
}

describe("compression", () => {
  it.each([
    ["gzip", gzipSync(lines), "a.json.gz"],
    ["gzip", Buffer.concat([gzipSync(`${lines}\n`), gzipSync(lines)]), "two-members.gz"],
    ["zstd", zstdCompressSync(lines), "a.zst"],
    ["zip", zip(lines), "a.zip"],
    ["zip", zip(lines, { stored: true }), "stored.zip"],
    ["snappy", hadoopSnappy(lines), "hadoop.snappy"],
    ["snappy", Buffer.from(compressSync(lines)), "raw.snappy"],
  ])("reads through %s (%#)", async (compression, content, key) => {
    const answer = await recognise(content, [], key);
    expect(schemaOf(answer)).toBe("id int, name string");
    expect([answer.compression, answer.parameters["compressionType"]]).toEqual([compression, compression]);
    expect(answer.estimates.totalRecords % 50).toBe(0);
  });

  it("reads the first megabyte of much more", async () => {
    const answer = await recognise(gzipSync(`${'{"a":1}\n'.repeat(2_000_000)}`), [], "bomb.gz");
    expect(answer.estimates.sampledRecords).toBe(131_072);
  });

  it.each([
    ["bzip2", Buffer.from("BZh91AY&SY\u0000", "latin1")],
    ["lz4", Buffer.from([0x04, 0x22, 0x4d, 0x18, 0])],
    ["xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0])],
    ["zip", zip(lines, { entries: 2 })],
  ])("names %s that it does not read", async (format, content) => {
    const answer = await classify(content);
    expect(answer).toMatchObject({ kind: "notReadable", format, compression: format });
  });

  it.each([
    ["gzip cut off", gzipSync(lines).subarray(0, 60), "a.gz"],
    ["gzip with a wrong byte", gzipSync(lines).fill(0xff, 12, 24), "a.gz"],
    ["zip cut off", zip(lines).subarray(0, 60), "a.zip"],
    ["snappy cut off", hadoopSnappy(lines).subarray(0, 40), "a.snappy"],
    ["a name that lies", Buffer.from("\u00f0\u00f1\u00f2\u00f3 no snappy", "latin1"), "a.snappy"],
  ])("reports %s as corrupt", async (_case, content, key) => {
    const answer = await classify(content, [], key);
    expect(answer).toMatchObject({ kind: "unreadable", problem: "corrupt" });
  });
});

describe("objects that cannot be described", () => {
  it.each([
    ["", "empty"],
    [" \n\t\n", "empty"],
    ["[]", "empty"],
    ["{}", "empty"],
    ['{"a": 1, "b":', "corrupt"],
    ['[{"a":1},{"a":2}', "corrupt"],
    ['{"a":1}\n{"a":2}\nthis is no JSON\n', "corrupt"],
    ['<?xml version="1.0"?><a><b>1</b>', "corrupt"],
    ['<?xml version="1.0"?><a><b>1</c></a>', "corrupt"],
    ["PAR1 and then nothing more", "corrupt"],
    ["Obj\u0001\u0002", "corrupt"],
  ])("%j is unreadable: %s", async (content, problem) => {
    expect(await classify(content)).toMatchObject({ kind: "unreadable", problem });
  });

  it.each([
    ["ORC and more", "orc"],
    ["$ion_1_0 {a:1}", "ion"],
    [Buffer.from([0xe0, 0x01, 0x00, 0xea, 0x21, 0x01]), "ion"],
    [
      Buffer.from("\u0010\u0000\u0000\u0000\u0010id\u0000\u0001\u0000\u0000\u0000\u0000", "latin1"),
      "unknown",
    ],
    [Buffer.from("\u000d\u0000\u0000\u0000\u0010i\u0000\u0001\u0000\u0000\u0000\u0000", "latin1"), "unknown"],
    [Buffer.from("\u000e\u0000\u0000\u0000\u0010i\u0000\u0001\u0000\u0000\u0000\u0000", "latin1"), "unknown"],
    [Buffer.from("\u000c\u0000\u0000\u0000\u0010i\u0000\u0001\u0000\u0000\u0000\u0000", "latin1"), "bson"],
  ])("recognises formats that it does not read (%#)", async (content, format) => {
    const answer = await classify(content);
    expect(answer.kind === "notReadable" ? answer.format : answer.kind).toBe(format);
  });

  it("knows neither prose, nor one column, nor binary data, nor UTF-16", async () => {
    const objects = [
      "Call me Ishmael.\nSome years ago, never mind how long precisely,\nhaving little money\n",
      "one\ntwo\nthree\n",
      Buffer.from([1, 2, 0, 3, 0, 5]),
      Buffer.from("\uFEFFa,b\n1,2\n3,4\n", "utf16le"),
    ];
    for (const content of objects) expect(await classify(content)).toMatchObject({ kind: "unknown" });
  });

  it("reports what a read throws", async () => {
    const read = () => Promise.reject(new Error("AccessDenied"));
    const answer = await new ClassifierSet([]).classify({ key: "k", sizeBytes: 10, read });
    expect(answer).toMatchObject({ kind: "unreadable", problem: "readFailed" });
    expect(answer.why.join()).toContain("AccessDenied");
  });

  it("keeps a JSON lines file whose last line was cut off", async () => {
    const answer = await recognise('{"a":1}\n{"a":2}\n{"a":3,"b":"x');
    expect(schemaOf(answer)).toBe("a int, b string");
    expect(answer.why.join()).toContain("cut off");
  });
});

describe("built-in classifiers", () => {
  const apache = '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326';
  it.each([
    ["combined_apache", `${apache} "http://www.example.com/" "Mozilla/4.08 [en]"`],
    ["apache", apache],
    ["linux_kernel", "Mar  7 10:01:02 host1 kernel: [ 12.345678] usb 1-1: new device"],
    ["ruby_logger", "I, [2019-01-01T10:00:00.123456 #1234]  INFO -- main: started, well"],
    [
      "squid",
      "1286536308.779    180 192.168.0.224 TCP_MISS/200 411 GET http://a.b/c - DIRECT/1.2.3.4 text/html",
    ],
    ["redismonlog", '1339518083.107412 [0 127.0.0.1:60866] "keys" "*"'],
    ["redislog", "4018:M 14 Nov 2019 07:01:22.119 * Background saving terminated with success"],
    [
      "microsoft_log",
      "192.168.114.201, -, 03/20/01, 7:55:20, W3SVC2, SALES1, 172.21.13.45, 4502, 163, 3223, 200, 0, GET, /DeptLogo.gif, -,",
    ],
  ])("%s", async (classification, line) => {
    const answer = await recognise(`${line}\n`.repeat(20));
    expect([answer.classification, answer.certainty, answer.custom]).toEqual([classification, 1, false]);
    expect(answer.serde.library).toBe("com.amazonaws.glue.serde.GrokSerDe");
    expect(answer.columns.length).toBeGreaterThan(2);
    expect(answer.estimates.totalRecords).toBe(20);
  });

  it("describes CSV as Glue does", async () => {
    const answer = await recognise("id;name\n1;a\n2;b\n");
    expect(answer).toMatchObject({
      classifier: "csv",
      parameters: {
        classification: "csv",
        compressionType: "none",
        typeOfData: "file",
        areColumnsQuoted: "false",
        columnsOrdered: "true",
        delimiter: ";",
        "skip.header.line.count": "1",
      },
      serde: {
        library: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
        parameters: { "field.delim": ";" },
      },
      estimates: { sampledRecords: 2, averageRecordBytes: 4, totalRecords: 2 },
    });
  });

  it("describes JSON as Glue does, and says when the rows are an array's elements", async () => {
    const rows = await recognise('{"Id":1,"tags":["x"]}\n{"Id":2.5,"tags":[]}');
    expect(schemaOf(rows)).toBe("id double, tags array<string>");
    expect(rows.serde).toEqual({
      library: "org.openx.data.jsonserde.JsonSerDe",
      parameters: { paths: "Id,tags" },
    });
    const array = await recognise('[{"a":1},{"a":null,"b":true}]');
    expect(schemaOf(array)).toBe("a int, b boolean");
    expect(array.serde.parameters["strip.outer.array"]).toBe("true");
    expect(schemaOf(await recognise("[[1,2],[3]]"))).toBe("array array<array<int>>");
  });

  it("reads on to ten megabytes for one long record, and takes what it has seen by then", async () => {
    const record = (megabytes: number) =>
      `{"a":1,"b":[${'"0123456789abcdef",'.repeat(megabytes * 55_200)}"x"],"c":2}`;
    expect(schemaOf(await recognise(record(3)))).toBe("a int, b array<string>, c int");
    const longer = await recognise(record(11));
    expect(schemaOf(longer)).toBe("a int, b array<string>");
    expect(longer.why.join()).toContain("no record ends");
  });

  it("finds the rows of XML", async () => {
    const answer = await recognise(
      '<?xml version="1.0"?><c><b id="1"><t>x</t></b><b id="2"><t>y</t><p>1.5</p></b></c>',
    );
    expect(schemaOf(answer)).toBe("_id bigint, t string, p double");
    expect(answer.parameters).toMatchObject({ classification: "xml", rowTag: "b" });
  });
});

describe("custom classifiers", () => {
  const grok = {
    kind: "grok",
    name: "mine",
    classification: "my-log",
    grokPattern: "%{LEVEL:level} %{NUMBER:bytes:int} %{GREEDYDATA:message}",
    customPatterns: "LEVEL (LOW|HIGH)",
  } as const;
  const csv = {
    kind: "csv",
    name: "c",
    delimiter: undefined,
    quoteSymbol: undefined,
    containsHeader: "UNKNOWN",
    header: undefined,
    disableValueTrimming: false,
    allowSingleColumn: false,
    customDatatypeConfigured: undefined,
    customDatatypes: undefined,
    serde: undefined,
  } as const;

  it("grok: the first that is certain decides", async () => {
    const answer = await recognise("LOW 12 a,b\nHIGH 13 c,d\n", [grok]);
    expect(answer).toMatchObject({
      classifier: "mine",
      custom: true,
      classification: "my-log",
      certainty: 1,
    });
    expect(schemaOf(answer)).toBe("level string, bytes int, message string");
    expect(answer.serde.parameters).toEqual({
      "input.format": grok.grokPattern,
      "input.grokCustomPatterns": grok.customPatterns,
    });
  });

  it("grok: without certainty a built-in one goes before it, and else the highest wins", async () => {
    const half = "LOW 12 a,b\nother 13 c,d\nthird 14 e,f\n";
    expect((await recognise(half, [grok])).classifier).toBe("csv");
    const prose = await recognise("LOW 12 a\nsomething else\nHIGH 1 c\n", [
      { ...grok, name: "low", customPatterns: "LEVEL LOW" },
      grok,
    ]);
    expect(prose.classifier).toBe("mine");
    expect(prose.certainty).toBeCloseTo(2 / 3);
  });

  it("grok: a hostile pattern is given up, and the object goes on to the others", async () => {
    const evil = { ...grok, name: "evil", grokPattern: "%{EVIL:x}", customPatterns: "EVIL (a+)+b" };
    const set = new ClassifierSet([evil]);
    const object = new MemoryObject("k", `${"a".repeat(40)},1\n${"a".repeat(40)},2\n`);
    for (const _ of [1, 2, 3]) {
      const answer = await set.classify(object);
      expect(answer).toMatchObject({ kind: "recognised", classifier: "csv" });
      expect(answer.why.join()).toContain("took too long");
    }
  });

  it("leaves out what does not compile, and says so", async () => {
    const broken = [
      { ...grok, name: "g1", grokPattern: "%{NOPE:x}" },
      { ...grok, name: "g2", grokPattern: "(%{WORD:x}" },
      { ...grok, name: "g3", grokPattern: "%{A:x}", customPatterns: "A %{B}\nB %{A}" },
      { kind: "json", name: "j1", jsonPath: "$..x" },
    ] as const;
    const answer = await recognise("a,1\nb,2\n", broken);
    expect(answer.classifier).toBe("csv");
    for (const { name } of broken) expect(answer.why.join("\n")).toContain(`${name} is left out`);
  });

  it("json: rows are what the path selects", async () => {
    const path = (jsonPath: string) => [{ kind: "json", name: "p", jsonPath }] as const;
    const areas = '{"id":"a","other":[{"name":"x","n":1}]}\n{"id":"b","other":[{"name":"y","n":2.5}]}';
    expect(schemaOf(await recognise(areas, path("$.id")))).toBe("record string");
    expect(schemaOf(await recognise(areas, path("$.other[*].name")))).toBe("record string");
    expect(schemaOf(await recognise(areas, path("$['other'][*]")))).toBe("name string, n double");
    expect(schemaOf(await recognise('[{"a":1}]', path("$[*]")))).toBe("a int");
    expect(schemaOf(await recognise('[{"a":1}]', path("$")))).toBe("record array<struct<a:int>>");
    expect((await recognise(areas, path("$.nothing"))).custom).toBe(false);
  });

  it("xml: rows are the elements of the row tag, unless they close themselves", async () => {
    const rows = [{ kind: "xml", name: "x", classification: "books", rowTag: "AnyCompany" }] as const;
    const document = (row: string) =>
      `<catalog><book id="bk101">${row}</book><book id="bk102">${row}</book></catalog>`;
    const answer = await recognise(
      document("<AnyCompany><author>R</author><title>G</title></AnyCompany>"),
      rows,
    );
    expect(schemaOf(answer)).toBe("author string, title string");
    expect(answer).toMatchObject({ classification: "books", parameters: { rowTag: "AnyCompany" } });
    const closed = await recognise(document('<AnyCompany a="1"/>'), rows);
    expect(closed.custom).toBe(false);
    expect(closed.why.join()).toContain("does not read");
  });

  it("csv: delimiter, quote, header, names, types, SerDe", async () => {
    const text = "a^b^c\n'x^y'^ 2^3\n";
    const answer = await recognise(text, [
      {
        ...csv,
        delimiter: "^",
        quoteSymbol: "'",
        containsHeader: "PRESENT",
        customDatatypes: ["STRING", "INT", "DATE"],
      },
    ]);
    expect(schemaOf(answer)).toBe("a string, b int, c date");
    expect(answer.serde).toEqual({
      library: "org.apache.hadoop.hive.serde2.OpenCSVSerde",
      parameters: { separatorChar: "^", quoteChar: "'", escapeChar: "\\" },
    });
    const named = [{ ...csv, header: ["Id", "Who"], containsHeader: "ABSENT" }] as const;
    expect(schemaOf(await recognise("1,a\n", named))).toBe("id bigint, who string");
    const untrimmed = [{ ...csv, disableValueTrimming: true }] as const;
    expect(schemaOf(await recognise("x,y\n1, 2\n3, 4\n", untrimmed))).toBe("x bigint, y string");
    const single = [{ ...csv, allowSingleColumn: true, containsHeader: "PRESENT" }] as const;
    expect(schemaOf(await recognise("id\n1\n2\n", single))).toBe("id bigint");
    const off = [{ ...csv, customDatatypeConfigured: false, customDatatypes: ["STRING"] }] as const;
    expect(schemaOf(await recognise("x,y\n1,2\n", off))).toBe("x bigint, y bigint");
  });
});
