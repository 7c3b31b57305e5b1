import { describe, expect, test } from "vitest";
import { checkConversion } from "./encoders.ts";
import { conversionOf, convert, hive, openX } from "./test-conversion.ts";

/** What one column of this type makes of a JSON value; the message if the record fails. */
async function converted(type: string, json: string, serde: typeof openX = openX): Promise<unknown> {
  const { rows, failures } = await convert(conversionOf({ c: type }, serde), [`{"c":${json}}`]);
  return failures[0]?.message ?? rows[0]?.["c"];
}

const malformed = "DataFormatConversion.ParseError";
const mismatched = "DataFormatConversion.MalformedData";
const noMatch = "Data does not match the schema.";

describe("OpenX: plain values", () => {
  test.each([
    ["tinyint", "-128", -128],
    ["tinyint", "128", `${noMatch} Value 128 is out of range for an integer of 8 bits`],
    ["smallint", '"0x10"', 16],
    ["int", '" 42 "', 42],
    ["int", "2147483648", `${noMatch} Value 2147483648 is out of range for an integer of 32 bits`],
    ["int", "1.5", `${noMatch} For input string: "1.5"`],
    ["int", '"oops"', `${noMatch} For input string: "oops"`],
    ["int", '""', `${noMatch} For input string: ""`],
    ["int", "true", `${noMatch} For input string: "true"`],
    ["bigint", "9223372036854775807", 9223372036854775807n],
    ["bigint", "-9223372036854775808", -9223372036854775808n],
    [
      "bigint",
      "9223372036854775808",
      `${noMatch} Value 9223372036854775808 is out of range for an integer of 64 bits`,
    ],
    ["bigint", "-1", -1n],
    ["bigint", "123456789012345678", 123456789012345678n],
    ["double", "0.1", 0.1],
    ["double", "-1.7976931348623157e308", -1.7976931348623157e308],
    ["double", "5e-324", 5e-324],
    ["double", "9007199254740993", 9007199254740992],
    ["double", "1e999", `${noMatch} Value 1e999 is out of range for double`],
    ["double", '"2.5"', 2.5],
    ["double", '"NaN"', `${noMatch} For input string: "NaN"`],
    ["float", "1.5", 1.5],
    ["float", "1e39", `${noMatch} Value 1e39 is out of range for float`],
    ["decimal(10,2)", "440.37", 440.37],
    ["decimal(10,2)", "-0.005", -0.01],
    ["decimal(10,2)", '"12.345"', 12.35],
    ["decimal(4,2)", "100", `${noMatch} Value 100 is out of range for decimal(4,2)`],
    ["decimal(4,2)", "99.995", `${noMatch} Value 99.995 is out of range for decimal(4,2)`],
    ["decimal(4,2)", "1e1000000000", `${noMatch} Value 1e1000000000 is out of range for decimal(4,2)`],
    ["decimal(4,2)", "1e-1000000000", 0],
    ["decimal(4,2)", "0e1000000000", 0],
    ["boolean", "true", true],
    ["boolean", '"False"', false],
    ["boolean", '"yes"', `${noMatch} For input string: "yes"`],
    ["string", "12.50", "12.50"],
    ["string", "false", "false"],
    ["string", '{ "A" : [1, {"Bc": "D"} ] }', '{"a":[1,{"bc":"D"}]}'],
    ["varchar(3)", '"añb👋c"', "añb"],
    ["char(2)", '"x"', "x"],
    ["binary", '"abc"', "abc"],
    ["binary", "1", `${noMatch} A binary column holds text only`],
    ["date", '"2026-9-7"', new Date("2026-09-07")],
    ["date", '"1969-12-31"', new Date("1969-12-31")],
    ["date", '"2026-02-30"', `${noMatch} For input string: "2026-02-30"`],
    ["date", '"today"', `${noMatch} For input string: "today"`],
  ])("%s from %s", async (type, json, wanted) => {
    expect(await converted(type, json)).toEqual(wanted);
  });

  test.each([
    "boolean",
    "bigint",
    "decimal(5,1)",
    "string",
    "date",
    "timestamp",
    "array<int>",
    "map<string,int>",
    "struct<a:int>",
  ])("%s from null", async (type) => {
    expect(await converted(type, "null")).toSatisfy((value) => value === undefined || value === null);
  });
});

describe("OpenX: timestamps in the forms that Firehose documents", () => {
  test.each([
    ['"2017-02-07T15:13:01.39256Z"', "2017-02-07T15:13:01.392Z"],
    ['"2017-02-07T15:13:01Z"', "2017-02-07T15:13:01.000Z"],
    ['"2017-02-07 15:13:01.14"', "2017-02-07T15:13:01.140Z"],
    ['"2017-2-7 5:3:1"', "2017-02-07T05:03:01.000Z"],
    ["1518033528", "2018-02-07T19:58:48.000Z"],
    ["1518033528123", "2018-02-07T19:58:48.123Z"],
    ["1518033528.123", "2018-02-07T19:58:48.123Z"],
    ['"1518033528"', "2018-02-07T19:58:48.000Z"],
    ["0", "1970-01-01T00:00:00.000Z"],
    ["-1", "1969-12-31T23:59:59.000Z"],
    ['"1900-01-01 00:00:00"', "1900-01-01T00:00:00.000Z"],
  ])("%s", async (json, wanted) => {
    expect(await converted("timestamp", json)).toEqual(new Date(wanted));
  });

  test.each([
    '"2026-9-7T12:00:02Z"',
    '"2026-02-30 00:00:00"',
    '"2026-01-01 24:00:00"',
    '"yesterday"',
    "true",
    "1e300",
    '""',
  ])("%s is refused", async (json) => {
    expect(await converted("timestamp", json)).toMatch(
      /^Data does not match the schema\. For input string: /,
    );
  });
});

describe("OpenX: nested values, as they were seen on AWS (floci-io/floci, pull request 3521)", () => {
  const conversion = conversionOf({
    id: "string",
    tags: "array<string>",
    person: "struct<name:string,age:int>",
    items: "array<struct<sku:string,qty:int>>",
    attrs: "map<string,array<string>>",
  });
  const row = async (json: string): Promise<unknown> => {
    const { rows, failures } = await convert(conversion, [json]);
    return (
      failures[0]?.message ??
      Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([, value]) => value !== undefined))
    );
  };

  test.each([
    ['{"tags":"solo","items":{"sku":"x","qty":1}}', { tags: ["solo"], items: [{ sku: "x", qty: 1 }] }],
    ['{"person":["Zoe",9,"ignored"]}', { person: { name: "Zoe", age: 9 } }],
    ['{"person":["Zoe"]}', { person: { name: "Zoe" } }],
    [
      '{"PERSON":{"NAME":"Bob","AGE":"41"},"ITEMS":[{"SKU":"s","QTY":3}]}',
      { person: { name: "Bob", age: 41 }, items: [{ sku: "s", qty: 3 }] },
    ],
    ['{"attrs":{"MixedKey":["v"]}}', { attrs: { mixedkey: ["v"] } }],
    [
      '{"person":{"name":"Carol","extra":1},"unknown":{"deep":[1,{"a":null}]}}',
      { person: { name: "Carol" } },
    ],
    ['{"person":{},"tags":[],"attrs":{}}', { person: {}, tags: [], attrs: {} }],
    [
      '{"tags":["a",null,"c"],"items":[null],"attrs":{"k":null}}',
      { tags: ["a", null, "c"], items: [null], attrs: { k: null } },
    ],
    ['{"tags":[1,[2],{"K":3}]}', { tags: ["1", "[2]", '{"k":3}'] }],
    ['{"id":"first","id":"second"}', { id: "first" }],
    ['{"attrs":{"k":["first"],"K":["second"]}}', { attrs: { k: ["first"] } }],
    ['{"person":42}', `${noMatch} Data is not JSONObject  but java.lang.Long with value 42`],
    ['{"items":[{"sku":"s5","qty":"oops"}]}', `${noMatch} For input string: "oops"`],
    ['{"attrs":[["k",["v"]]]}', `${noMatch} A map column holds a JSON object only`],
  ])("%s", async (json, wanted) => {
    expect(comparable(await row(json))).toEqual(comparable(wanted));
  });
});

/** hyparquet says undefined of some nulls. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner) => (inner === null ? undefined : inner)) ?? "null");
}

describe("OpenX: options", () => {
  test("keys in the case that they are written in", async () => {
    const serde = { kind: "openx", caseInsensitive: false } as const;
    const { rows } = await convert(conversionOf({ a: "int", m: "map<string,int>" }, serde), [
      '{"A":1,"m":{"Kk":2}}',
      '{"a":3}',
    ]);
    expect(rows).toEqual([
      { a: null, m: { Kk: 2 } },
      { a: 3, m: undefined },
    ]);
  });

  test("columns that stand under other keys, and dots for underscores", async () => {
    const serde = {
      kind: "openx",
      columnToJsonKeyMappings: { ts: "timestamp" },
      convertDotsInJsonKeysToUnderscores: true,
    } as const;
    const { rows } = await convert(conversionOf({ ts: "int", a_b: "int" }, serde), [
      '{"TimeStamp":1,"a.b":2,"ts":9}',
    ]);
    expect(rows).toEqual([{ ts: 1, a_b: 2 }]);
  });

  test("keys with escapes and other scripts", async () => {
    const { rows } = await convert(conversionOf({ größe: "int", b: "int" }), [
      '{"GRÖSSE":0,"GRÖßE":7,"\\u0062":8}',
    ]);
    expect(rows).toEqual([{ größe: 7, b: 8 }]);
  });
});

describe("Hive: what it refuses where OpenX gives way, in AWS's words", () => {
  test.each([
    ["array<string>", '"solo"', `${noMatch} java.io.IOException: Start of Array expected`],
    ["struct<a:int>", "[1]", `${noMatch} java.io.IOException: Start of Object expected`],
    ["struct<a:int>", "42", `${noMatch} java.io.IOException: Start of Object expected`],
    [
      "int",
      '"7"',
      `${noMatch} Current token (VALUE_STRING) not numeric, can not use numeric value accessors`,
    ],
    ["string", '{"n":1}', "One or more fields have incorrect format. Exception when validating field (root)"],
    [
      "array<string>",
      '[{"K":1}]',
      "One or more fields have incorrect format. Exception when validating field (root)",
    ],
    ["string", "1", "1"],
    ["map<string,int>", '{"Kk":1}', { Kk: 1 }],
    ["timestamp", '"2017-02-07 15:13:01.14"', new Date("2017-02-07T15:13:01.140Z")],
    ["timestamp", '"2017-02-07T15:13:01Z"', `${noMatch} For input string: "2017-02-07T15:13:01Z"`],
  ])("%s from %s", async (type, json, wanted) => {
    expect(await converted(type, json, hive)).toEqual(wanted);
  });

  test.each([
    [["millis"], "1518033528123", "2018-02-07T19:58:48.123Z"],
    [["yyyy-MM-dd'T'HH:mm:ss.SSSZ"], '"2018-02-07T21:58:48.123+02:00"', "2018-02-07T19:58:48.123Z"],
    [["dd/MMM/yyyy:HH:mm:ss Z"], '"07/Feb/2018:19:58:48 +0000"', "2018-02-07T19:58:48.000Z"],
    [["yyyyMMdd", "h:mm a, d.M.yy"], '"7:05 PM, 7.2.18"', "2018-02-07T19:05:00.000Z"],
  ])("the formats %j", async (timestampFormats, json, wanted) => {
    expect(await converted("timestamp", json, { kind: "hive", timestampFormats })).toEqual(new Date(wanted));
  });
});

describe("records", () => {
  const conversion = conversionOf({ a: "int", l: "array<int>" });

  test("hold one object or several, with or without space between them", async () => {
    const { rows, failures } = await convert(conversion, [
      '{"a":1}{"a":2}',
      ' {"a":3}\n\n{"a":4}\n',
      '\uFEFF{"a":5}',
    ]);
    expect(failures).toEqual([]);
    expect(rows.map((row) => row["a"])).toEqual([1, 2, 3, 4, 5]);
  });

  test("fail as a whole, and others do not notice", async () => {
    const bad = '{"a":2,"l":[1,2]}{"a":3,"l":[4,"x"]}';
    const { rows, failures } = await convert(conversion, ['{"a":1,"l":[0]}', bad, '{"a":4,"l":[]}']);
    expect(rows).toEqual([
      { a: 1, l: [0] },
      { a: 4, l: [] },
    ]);
    expect(failures).toEqual([{ data: bad, code: mismatched, message: `${noMatch} For input string: "x"` }]);
  });

  test.each([
    ["", "No content to map due to end-of-input"],
    [" \n", "No content to map due to end-of-input"],
    ["{", "Unexpected end-of-input"],
    ['{"a"', "Unexpected end-of-input"],
    ['{"a":', "Unexpected end-of-input"],
    ['{"a":1', "Unexpected end-of-input"],
    ['{"a":1,}', "Unexpected character ('}' (code 125))"],
    ['{"a":01}', "Unexpected character ('1' (code 49))"],
    ['{"a":NaN}', "Unexpected character ('N' (code 78))"],
    ['{"a":-}', "Unexpected character ('}' (code 125))"],
    ['{"a":1.}', "Unexpected character ('}' (code 125))"],
    ['{"a":1e}', "Unexpected character ('}' (code 125))"],
    ["{'a':1}", "Unexpected character (''' (code 39))"],
    ['{"b":"\u0001"}', "Unexpected character (CTRL-CHAR, code 1)"],
    ['{"b":"\\x"}', "Unexpected character ('x' (code 120))"],
    ['{"b":"\\u12"}', "Unexpected character ('u' (code 117))"],
    ['{"b":"open', "Unexpected end-of-input"],
    ['{"b":tru}', "Unexpected character ('}' (code 125))"],
    ['{"a":1}garbage', "Unexpected character ('g' (code 103))"],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), "Invalid UTF-8"],
    [`{"b":${"[".repeat(100_000)}`, "Document nesting depth exceeds the maximum allowed (1000)"],
  ])("that are no JSON: %j", async (data, message) => {
    const { rows, failures } = await convert(conversion, [data]);
    expect(rows).toEqual([]);
    expect(failures).toEqual([
      {
        data: Buffer.from(data).toString("latin1"),
        code: malformed,
        message: `Encountered malformed JSON. ${message}`,
      },
    ]);
  });

  test.each(["[]", '[{"a":1},{"a":2}]', "1", '"text"', "null"])("that are no objects: %s", async (json) => {
    const { failures } = await convert(conversion, [json]);
    expect(failures).toMatchObject([{ code: mismatched, message: `${noMatch} A JSON object is required` }]);
  });

  test("with what is hostile but JSON", async () => {
    const long = "x".repeat(1_000_000);
    const texts = conversionOf({ t: "string" });
    const { rows, failures } = await convert(texts, [
      '{"t":"\\ud800"}',
      '{"t":"\\ud83d\\udc4b\\n\\"\\/"}',
      `{"t":"${long}"}`,
      `{"t":1${"0".repeat(5000)}}`,
      `{"skipped":${"[".repeat(900)}${"]".repeat(900)},"t":"deep"}`,
      '{"__proto__":1,"constructor":2,"t":"own"}',
    ]);
    expect(failures).toEqual([]);
    expect(rows.map((row) => row["t"])).toEqual([
      "\uFFFD",
      '👋\n"/',
      long,
      `1${"0".repeat(5000)}`,
      "deep",
      "own",
    ]);
  });
});

test.each([
  [{}, "The table has no columns."],
  [{ a: "uniontype<int,string>" }, "Column a has the type uniontype<int,string>, which Parquet cannot hold."],
  [{ a: "map<array<int>,int>" }, "Column a has the type map<array<int>,int>, which Parquet cannot hold."],
  [{ a: "intt" }, "Column a has the type intt, which Parquet cannot hold."],
  [{ a: "int", A: "int" }, "There is more than one column A, or it has no name."],
])("the table %j cannot be converted to", (columns, problem) => {
  expect(checkConversion(conversionOf(columns as Record<string, string>))).toBe(problem);
});

test("a timestamp format that nobody understands", () => {
  const check = (format: string): unknown =>
    checkConversion(conversionOf({ a: "int" }, { kind: "hive", timestampFormats: [format] }));
  expect(check("yyyy-'W'ww")).toBe("The timestamp format yyyy-'W'ww cannot be used.");
  expect(check("yyyy-MM-dd'T")).toBe("The timestamp format yyyy-MM-dd'T cannot be used.");
  expect(check("yyyy/MM/dd (HH)")).toBeUndefined();
});
