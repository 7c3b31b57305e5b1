import { describe, expect, it } from "vitest";
import { codeOf } from "../../test-s3.ts";
import { seededRandom } from "../test-random.ts";
import { csv, run, type TestQuery } from "../test-select.ts";

const all = "SELECT * FROM S3Object";
const lists: TestQuery = { input: { CSV: {} }, output: { JSON: {} } };
const document: TestQuery = { input: { JSON: { Type: "DOCUMENT" } }, output: { JSON: {} } };

describe("CSV", () => {
  it("has names, positions, or both", async () => {
    const file = "Id,name\n1,Ada\n2,Grace\n";
    expect(await run("SELECT s._1, s.NAME FROM S3Object s", file, csv)).toBe("1,Ada\n2,Grace\n");
    expect(await run(all, file, { ...csv, output: { JSON: {} } })).toBe(
      '{"Id":"1","name":"Ada"}\n{"Id":"2","name":"Grace"}\n',
    );
    expect(await run(all, file, { ...lists, input: { CSV: { FileHeaderInfo: "IGNORE" } } })).toBe(
      '{"_1":"1","_2":"Ada"}\n{"_1":"2","_2":"Grace"}\n',
    );
    expect(await run("SELECT _2 FROM S3Object", file, lists)).toBe(
      '{"_2":"name"}\n{"_2":"Ada"}\n{"_2":"Grace"}\n',
    );
    expect(await codeOf(run('SELECT "NAME" FROM S3Object', file, csv))).toBe("MissingHeaders");
    expect(await codeOf(run("SELECT name FROM S3Object", file, lists))).toBe("InvalidColumnIndex");
    expect(await codeOf(run("SELECT _0 FROM S3Object", file, lists))).toBe("InvalidColumnIndex");
    expect(await codeOf(run("SELECT a FROM S3Object", "a,A\n1,2\n", csv))).toBe("AmbiguousFieldName");
    expect(await run('SELECT "A" FROM S3Object', "a,A\n1,2\n", csv)).toBe("2\n");
    expect(await codeOf(run("SELECT s.name.first FROM S3Object s", file, csv))).toBe(
      "ParseInvalidPathComponent",
    );
  });

  it("takes rows of any length, and leaves out comments and empty lines", async () => {
    const file = "a,b\n1\n\n#2,3\n4,5,6\r\n";
    expect(await run(all, file, { ...csv, output: { JSON: {} } })).toBe(
      '{"a":"1"}\n{"a":"4","b":"5","_3":"6"}\n',
    );
    expect(await run("SELECT b FROM S3Object", file, { ...csv, output: { JSON: {} } })).toBe(
      '{}\n{"b":"5"}\n',
    );
    expect(await run(all, "", csv)).toBe("");
    expect(await run(all, "\ufeffa\n1\n", { ...csv, output: { JSON: {} } })).toBe('{"a":"1"}\n');
  });

  it("takes other characters for its own", async () => {
    const input = {
      CSV: {
        FieldDelimiter: "|",
        RecordDelimiter: ";",
        QuoteCharacter: "'",
        QuoteEscapeCharacter: "\\",
        Comments: "!",
      },
    };
    expect(await run(all, "a|'b|\\'c'|d;!x;#e|\u00e9\u00e9|g", { ...lists, input })).toBe(
      '{"_1":"a","_2":"b|\'c","_3":"d"}\n{"_1":"#e","_2":"\u00e9\u00e9","_3":"g"}\n',
    );
    const accented = { CSV: { FieldDelimiter: "\u00e9", RecordDelimiter: "\u{1F600}" } };
    expect(await run(all, "a\u00e9b\u{1F600}c", { ...lists, input: accented })).toBe(
      '{"_1":"a","_2":"b"}\n{"_1":"c"}\n',
    );
  });

  it("takes record delimiters in quotes when told to", async () => {
    const file = '1,"two\nlines, ""quoted"""\n"3",4\n';
    const input = { CSV: { AllowQuotedRecordDelimiter: true } };
    expect(await run(all, file, { ...lists, input })).toBe(
      '{"_1":"1","_2":"two\\nlines, \\"quoted\\""}\n{"_1":"3","_2":"4"}\n',
    );
    expect(await run("SELECT COUNT(*) FROM S3Object", file, lists)).toBe('{"_1":3}\n');
    expect(await run(all, '"open', { ...lists, input })).toBe('{"_1":"open"}\n');
  });

  it("reads the same from chunks of any size", async () => {
    const random = seededRandom(3);
    const pieces = ["a", "b,", '"q""u"', "\n", "\r\n", ",", "\u00e9", "\u{1F600}", '"x\ny",', "#", "'"];
    for (let round = 0; round < 150; round++) {
      const file = Array.from({ length: 25 }, () => pieces[Math.floor(random() * pieces.length)]).join("");
      for (const AllowQuotedRecordDelimiter of [false, true]) {
        const query = { ...lists, input: { CSV: { AllowQuotedRecordDelimiter } } };
        const whole = await run(all, file, query);
        for (const chunkBytes of [1, 2, 7])
          expect(await run(all, file, { ...query, chunkBytes })).toBe(whole);
      }
    }
  });

  it("gives each record to one scan range only", async () => {
    const file = "header,x\nfirst,1\nsecond,22\nthird,333\nfourth,4444\n";
    const one = { ...csv, output: { CSV: {} } };
    for (let cut = 1; cut < file.length - 1; cut++) {
      const left = await run("SELECT header FROM S3Object", file, {
        ...one,
        range: { Start: 0, End: cut - 1 },
      });
      const right = await run("SELECT header FROM S3Object", file, { ...one, range: { Start: cut } });
      expect([cut, left + right]).toEqual([cut, "first\nsecond\nthird\nfourth\n"]);
    }
    expect(await run(all, file, { ...lists, range: { Start: 9, End: 9 } })).toBe('{"_1":"first","_2":"1"}\n');
    expect(await run(all, file, { ...lists, range: { End: 15 } })).toBe('{"_1":"fourth","_2":"4444"}\n');
    expect(await codeOf(run(all, file, { ...lists, range: { Start: 1_000 } }))).toBe("InvalidScanRange");
    expect(await codeOf(run(all, file, { ...lists, range: { Start: 9, End: 3 } }))).toBe("InvalidScanRange");
  });

  it("refuses what is not UTF-8 and what is too long", async () => {
    expect(await codeOf(run(all, Buffer.from([0x61, 0xff, 0x0a]), lists))).toBe("InvalidTextEncoding");
    expect(await codeOf(run(all, "x".repeat(2 ** 20 + 10), { ...lists, chunkBytes: 65_536 }))).toBe(
      "OverMaxRecordSize",
    );
    expect(await codeOf(run(all, ",".repeat(70_000), lists))).toBe("OverMaxColumn");
  });
});

describe("JSON", () => {
  /** From AWS's page on SELECT. */
  const rules =
    '{ "Rules": [ {"id": "1"}, {"expr": "y > x"}, {"id": "2", "expr": "z = DEBUG"} ]}\n' +
    '{ "created": "June 27", "modified": "July 6" }';

  it("goes into records behind FROM, and emits at least one", async () => {
    expect(await run("SELECT id FROM S3Object[*].Rules[*].id", rules, document)).toBe(
      '{"id":"1"}\n{}\n{"id":"2"}\n{}\n',
    );
    expect(await run("SELECT * FROM S3Object[*].Rules[*] r WHERE r.id IS NOT MISSING", rules, document)).toBe(
      '{"id":"1"}\n{"id":"2","expr":"z = DEBUG"}\n',
    );
    expect(await run("SELECT _1.created FROM S3Object[*]", rules, document)).toBe(
      '{}\n{"created":"June 27"}\n',
    );
    expect(await run("SELECT s.a FROM S3Object[*][*] s", '[{"a":1},{"a":2}]', document)).toBe(
      '{"a":1}\n{"a":2}\n',
    );
    expect(await run(all, '[1,2]\n"x"\nnull', document)).toBe('{"_1":[1,2]}\n{"_1":"x"}\n{"_1":null}\n');
    expect(await run("SELECT * FROM S3Object[*].m.*", '{"m":{"x":1,"y":[2]}}', document)).toBe(
      '{"_1":1}\n{"_1":[2]}\n',
    );
  });

  it("keeps numbers as they are", async () => {
    const text =
      '{"a":12345678901234567890123,"b":0.12345678901234567890,"c":-0.5,"d":1e400,"e":9007199254740993}';
    expect(await run(all, text, document)).toBe(
      `{"a":12345678901234567890123,"b":0.12345678901234567890,"c":-0.5,"d":1${"0".repeat(400)},"e":9007199254740993}\n`,
    );
  });

  it("reads documents from chunks of any size", async () => {
    const text = ' {"a":"}\\"{","b":[{}]}{"a":"\u00e9"}\n\n 5 [6] "s" true';
    const whole = await run(all, text, document);
    expect(whole).toBe(
      '{"a":"}\\"{","b":[{}]}\n{"a":"\u00e9"}\n{"_1":5}\n{"_1":[6]}\n{"_1":"s"}\n{"_1":true}\n',
    );
    for (let chunkBytes = 1; chunkBytes < 12; chunkBytes++)
      expect(await run(all, text, { ...document, chunkBytes })).toBe(whole);
  });

  it("refuses what is not JSON, and lines longer than a record", async () => {
    const lines: TestQuery = { input: { JSON: { Type: "LINES" } }, output: { JSON: {} } };
    for (const text of ['{"a":', "{]", "nonsense", '{"a":1} extra', "\u0000"])
      expect([text, await codeOf(run(all, text, lines))]).toEqual([text, "JSONParsingError"]);
    for (const text of ['{"a":', "]", '"open', "tru"])
      expect([text, await codeOf(run(all, text, document))]).toEqual([text, "JSONParsingError"]);
    expect(await codeOf(run(all, `"${"x".repeat(2 ** 20)}"`, lines))).toBe("OverMaxRecordSize");
    expect(await codeOf(run("SELECT a FROM S3Object", '{"a":1,"A":2}', lines))).toBe("AmbiguousFieldName");
  });

  it("cuts lines by scan range", async () => {
    const text = '{"a":1}\n{"a":2}\n{"a":3}\n';
    const query: TestQuery = { input: { JSON: { Type: "LINES" } }, output: { JSON: {} } };
    expect(await run(all, text, { ...query, range: { Start: 8, End: 15 } })).toBe('{"a":2}\n');
    expect(await run(all, text, { ...query, range: { Start: 1, End: 15 } })).toBe('{"a":2}\n');
  });
});

describe("what is written", () => {
  const file = '{"a":"x,y","b":"say \\"hi\\"","c":null,"d":true,"e":[1,{"f":2.50}]}';
  const as = (CSV: object): TestQuery => ({ input: { JSON: { Type: "LINES" } }, output: { CSV } });

  it("quotes as needed, always, and with other characters", async () => {
    expect(await run(all, file, as({}))).toBe('"x,y","say ""hi""",,true,"[1,{""f"":2.5}]"\n');
    expect(
      await run("SELECT s.a, s.d FROM S3Object s", file, as({ QuoteFields: "ALWAYS", RecordDelimiter: ";" })),
    ).toBe('"x,y","true";');
    const other = as({ QuoteCharacter: "'", FieldDelimiter: "|", QuoteEscapeCharacter: "\\" });
    expect(await run("SELECT s.b, 'it''s', '$&' FROM S3Object s", file, other)).toBe(
      "say \"hi\"|'it\\'s'|$&\n",
    );
  });

  it("refuses formats that S3 refuses", async () => {
    const code = (query: TestQuery): Promise<string> => codeOf(run(all, file, query));
    const output = { JSON: {} };
    expect(await code({ output: {} })).toBe("MissingRequiredParameter");
    expect(await code({ output: { CSV: {}, JSON: {} } })).toBe("ObjectSerializationConflict");
    expect(await code({ input: { CSV: {}, Parquet: {} }, output })).toBe("ObjectSerializationConflict");
    expect(await code({ input: {}, output })).toBe("InvalidDataSource");
    expect(await code({ input: { JSON: { Type: "LIST" as "LINES" } }, output })).toBe("InvalidJsonType");
    expect(await code({ input: { CSV: { FileHeaderInfo: "MAYBE" as "USE" } }, output })).toBe(
      "InvalidFileHeaderInfo",
    );
    expect(await code({ input: { CSV: { FieldDelimiter: "" } }, output })).toBe("InvalidRequestParameter");
    expect(await code({ input: { CSV: { QuoteCharacter: "ab" } }, output })).toBe("InvalidRequestParameter");
    expect(await code({ input: { CSV: {}, CompressionType: "BZIP2" }, output })).toBe(
      "InvalidCompressionFormat",
    );
    expect(await code({ input: { Parquet: {}, CompressionType: "GZIP" }, output })).toBe(
      "InvalidCompressionFormat",
    );
    expect(await code(as({ QuoteFields: "NEVER" }))).toBe("InvalidQuoteFields");
  });
});
