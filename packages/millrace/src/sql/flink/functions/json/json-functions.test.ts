import { describe, expect, it } from "vitest";
import { SqlError } from "../../../sql-error.ts";
import { EvaluationError } from "../scalar-function.ts";
import {
  type Case,
  call,
  date,
  decimal,
  describeCases,
  instant,
  resolved,
  Typed,
  timestamp,
  typed,
} from "../test-function-cases.ts";
import { MalformedJson, numberText, parseJson, writeJson } from "./json-document.ts";

const document =
  '{"type": "account", "age": 42, "activated": true, "balance": 13.37, "none": null, "tags": ["a", "b"], "owner": {"z": 1, "name": "Ada"}}';

function argumentsOf(
  path: string,
  type = "STRING",
  onEmpty = "NULL",
  onError = "NULL",
  defaults: readonly unknown[] = [null, null],
): readonly unknown[] {
  const typedNull = (value: unknown): unknown => (value === null ? typed(type, null) : value);
  return [
    document,
    path,
    typed(type, null),
    onEmpty,
    typedNull(defaults[0]),
    onError,
    typedNull(defaults[1]),
  ];
}

// apache/flink docs/data/sql_functions.yml (json) and JsonFunctionsITCase say most of these
describeCases("JSON read", [
  ["is json", ["1", "VALUE"], true, "BOOLEAN NOT NULL"],
  ["is json", ["[]", "VALUE"], true],
  ["is json", ['"abc"', "VALUE"], true],
  ["is json", ["abc", "VALUE"], false],
  ["is json", ["", "VALUE"], false],
  ["is json", ["{} x", "VALUE"], false],
  ["is json", [typed("STRING", null), "VALUE"], false],
  ["is json", ["1", "SCALAR"], true],
  ["is json", ["1", "ARRAY"], false],
  ["is json", ["{}", "SCALAR"], false],
  ["is json", ["{}", "OBJECT"], true],
  ["is json", ["[]", "ARRAY"], true],
  ["json_exists", ['{"a": true}', "$.a"], true, "BOOLEAN"],
  ["json_exists", ['{"a": true}', "$.b"], false],
  ["json_exists", ['{"a": [{ "b": 1 }]}', "$.a[0].b", "FALSE"], true],
  ["json_exists", ['{"a": true}', "strict $.b", "TRUE"], true],
  ["json_exists", ['{"a": true}', "strict $.b", "FALSE"], false],
  ["json_exists", ['{"a": true}', "strict $.b", "UNKNOWN"], null],
  ["json_exists", ['{"a": true}', "lax $.b", "UNKNOWN"], false],
  ["json_exists", ["no json", "lax $.b", "TRUE"], false],
  ["json_exists", ["no json", "$.b", "TRUE"], true],
  ["json_value", argumentsOf("$.type"), "account", "STRING"],
  ["json_value", argumentsOf("$.activated"), "true"],
  ["json_value", argumentsOf("$.age"), "42"],
  ["json_value", argumentsOf("$.none"), null],
  ["json_value", argumentsOf("$.owner"), null],
  ["json_value", argumentsOf("$['owner']['name']"), "Ada"],
  ["json_value", argumentsOf('$["tags"][1]'), "b"],
  ["json_value", argumentsOf("$.tags[-1]"), "b"],
  ["json_value", argumentsOf("$.activated", "BOOLEAN"), true, "BOOLEAN"],
  ["json_value", argumentsOf("$.age", "INT"), 42, "INT"],
  ["json_value", argumentsOf("$.balance", "DOUBLE"), 13.37, "DOUBLE"],
  ["json_value", argumentsOf("$.balance", "DECIMAL(5, 1)"), 134n, "DECIMAL(5, 1)"],
  ["json_value", argumentsOf("$.balance", "INT"), 13],
  ["json_value", argumentsOf("$.type", "INT"), null],
  ["json_value", argumentsOf("$.type", "INT", "NULL", "DEFAULT", [null, 7]), 7],
  ["json_value", argumentsOf("lax $.invalid", "STRING", "NULL", "ERROR"), null],
  ["json_value", argumentsOf("lax $.invalid", "INT", "DEFAULT", "ERROR", [42, null]), 42],
  ["json_value", argumentsOf("strict $.invalid", "STRING", "ERROR", "NULL"), null],
  ["json_value", argumentsOf("strict $.invalid", "INT", "NULL", "DEFAULT", [null, 42]), 42],
  ["json_value", argumentsOf("strict $.owner", "STRING", "NULL", "DEFAULT", [null, "x"]), "x"],
  ["json_value", argumentsOf("lax $.owner", "STRING", "DEFAULT", "ERROR", ["x", null]), "x"],
  ...(
    [
      ['{"a": 1.50}', "1.50"],
      ['{"a": 1e5}', "1E+5"],
      ['{"a": 12345678901234567890}', "12345678901234567890"],
      ['{"a": "\\u00e4\\n"}', "ä\n"],
      ['{"a": 1, "a": 2}', "2"],
    ] as const
  ).map(([json, expected]): Case => ["json_value", [json, "$.a", ...argumentsOf("").slice(2)], expected]),
  ...(
    [
      ["BIGINT", '{"a": "9007199254740993"}', 9_007_199_254_740_993n],
      ["TINYINT", '{"a": 128}', null],
      ["BOOLEAN", '{"a": "yes"}', true],
      ["BOOLEAN", '{"a": 1}', null],
      ["DOUBLE", '{"a": 1e400}', null],
      ["INT", '{"a": true}', null],
    ] as const
  ).map(
    ([type, json, expected]): Case => [
      "json_value",
      [json, "$.a", ...argumentsOf("", type).slice(2)],
      expected,
    ],
  ),
]);

function query(json: string, path: string, ...clauses: string[]): readonly unknown[] {
  const [wrapper = "WITHOUT", onEmpty = "NULL", onError = "NULL"] = clauses;
  return [json, path, typed("STRING", null), wrapper, onEmpty, onError];
}

function arrayQuery(type: string, json: string, path: string, ...behaviors: string[]): readonly unknown[] {
  const [onEmpty = "NULL", onError = "NULL"] = behaviors;
  return [json, path, typed(type, null), "WITHOUT", onEmpty, onError];
}

describeCases("JSON_QUERY", [
  ["json_query", query('{ "a": { "b": 1 } }', "$.a"), '{"b":1}', "STRING"],
  ["json_query", query("[1, 2]", "$"), "[1,2]"],
  ["json_query", query('{"b":1,"a":{"d":1,"c":2}}', "$"), '{"a":{"c":2,"d":1},"b":1}'],
  ["json_query", query('{"a":[{"c":"c1"},{"c":"c2"}]}', "lax $.a[*].c"), '["c1","c2"]'],
  ["json_query", query("{}", "$", "CONDITIONAL"), "[{}]"],
  ["json_query", query("[1, 2]", "$", "CONDITIONAL"), "[1,2]"],
  ["json_query", query("[1, 2]", "$", "UNCONDITIONAL"), "[[1,2]]"],
  ["json_query", query("1", "$"), null],
  ["json_query", query("1", "$", "CONDITIONAL"), "[1]"],
  ["json_query", query("{}", "lax $.invalid", "WITHOUT", "EMPTY OBJECT"), "{}"],
  ["json_query", query("{}", "strict $.invalid", "WITHOUT", "NULL", "EMPTY ARRAY"), "[]"],
  ["json_query", query("no json", "$", "WITHOUT", "NULL", "EMPTY OBJECT"), "{}"],
  ["json_query", query('{"a":{"b":[{"c":1},{"d":2}]}}', "lax $..c"), "[1]"],
  ["json_query", query('{"x":[1,2,3,4]}', "$.x[1:3]"), "[2,3]"],
  ["json_query", query('{"x":[1,2,3,4]}', "$.x[0,3,9]"), "[1,4]"],
  ["json_query", query('{"a":1,"b":2,"c":3}', "$['c','a']"), '[{"a":1,"c":3}]'],
  ["json_query", query('{"a":1,"b":[2]}', "$.*"), "[1,[2]]"],
  ["json_query", query("{}", "lax $.a[*]"), "[]"],
  [
    "json_query",
    arrayQuery("ARRAY<STRING>", '[1, "a", null, {"b": 2}]', "$"),
    ["1", "a", null, '{"b":2}'],
    "ARRAY<STRING>",
  ],
  ["json_query", arrayQuery("ARRAY<INT>", "[1, 2.9]", "$"), [1, 2], "ARRAY<INT>"],
  ["json_query", arrayQuery("ARRAY<INT>", '["x"]', "$", "NULL", "EMPTY ARRAY"), []],
  ["json_query", arrayQuery("ARRAY<INT>", '{"a": 1}', "$"), null],
]);

const row = new Typed(
  {
    kind: "row",
    nullable: false,
    fields: [
      { name: "f0", type: { kind: "int", nullable: true } },
      { name: "b", type: { kind: "timestamp_ltz", precision: 3, nullable: true } },
    ],
  },
  [null, instant("1990-06-02 13:37:42.001").value],
);

describeCases("JSON written", [
  ["json_string", [1], "1", "STRING"],
  ["json_string", [true], "true"],
  ["json_string", ['Hello, "World"!'], '"Hello, \\"World\\"!"'],
  ["json_string", [1.25], "1.25"],
  ["json_string", [typed("DOUBLE", 3)], "3.0"],
  ["json_string", [typed("DOUBLE", 1e10)], "1.0E+10"],
  ["json_string", [typed("DOUBLE", -1.5e-10)], "-1.5E-10"],
  ["json_string", [typed("DOUBLE", 0)], "0.0"],
  ["json_string", [typed("DOUBLE", 0.0001)], "0.00010"],
  ["json_string", [typed("DOUBLE", 123_456_789)], "123456789"],
  ["json_string", [typed("DOUBLE", 1_234_567)], "1234567.0"],
  ["json_string", [typed("FLOAT", Math.fround(0.1))], "0.1"],
  ["json_string", [decimal("12.50")], "12.5"],
  ["json_string", [decimal("-0.05")], "-0.05"],
  ["json_string", [9_007_199_254_740_993n], "9007199254740993"],
  ["json_string", [Uint8Array.from([84, 101, 115, 116])], '"VGVzdA=="'],
  ["json_string", [timestamp("1990-06-02 13:37:42")], '"1990-06-02T13:37:42"'],
  ["json_string", [timestamp("1990-06-02 13:37:40.120", 6)], '"1990-06-02T13:37:40.12"'],
  ["json_string", [instant("1990-06-02 13:37:42.001")], '"1990-06-02T13:37:42.001Z"'],
  ["json_string", [row], '{"b":"1990-06-02T13:37:42.001Z","f0":null}'],
  ["json_string", [typed("ARRAY<INT>", [1, null, 2])], "[1,null,2]"],
  [
    "json_string",
    [
      typed(
        "MAP<STRING, INT>",
        new Map([
          ["M2", 2],
          ["M1", 1],
        ]),
      ),
    ],
    '{"M1":1,"M2":2}',
  ],
  ["json_object", ["NULL"], "{}", "STRING NOT NULL"],
  ["json_object", ["NULL", "K2", "V2", "K1", "V1"], '{"K1":"V1","K2":"V2"}', "STRING NOT NULL"],
  ["json_object", ["NULL", "K1", typed("STRING", null)], '{"K1":null}'],
  ["json_object", ["ABSENT", "K1", typed("STRING", null)], "{}"],
  ["json_object", ["NULL v", "K1", '{"a":1}'], '{"K1":"{\\"a\\":1}"}'],
  ["json_array", ["ABSENT"], "[]", "STRING NOT NULL"],
  ["json_array", ["ABSENT", 1, "2"], '[1,"2"]'],
  ["json_array", ["NULL", typed("STRING", null)], "[null]"],
  ["json_array", ["ABSENT", typed("STRING", null)], "[]"],
  ["json", [' {"b": 1, "a": 2} '], '{"a":2,"b":1}', "STRING"],
  ["json", [" "], null],
  ["json_quote", ['a"b\\c/d\n'], '"a\\"b\\\\c\\/d\\n"', "STRING"],
  ["json_quote", ["ä"], '"\\u00e4"'],
  ["json_unquote", ['"a\\"b\\u00e4\\/"'], 'a"bä/', "STRING"],
  ["json_unquote", ["plain"], "plain"],
  ["json_unquote", ['"broken\\"'], '"broken\\"'],
  ["json_unquote", ['"'], '"'],
]);

describe("JSON functions", () => {
  it("take values that are JSON already as such", () => {
    expect(call("json_object", ["NULL j", "K1", '{"K2":"V"}'])).toBe('{"K1":{"K2":"V"}}');
    expect(call("json_array", ["ABSENT vj", "[1]", "[1]"])).toBe('["[1]",[1]]');
  });

  it("say what is wrong when told so", () => {
    expect(() => call("json_exists", ["{}", "strict $.invalid", "ERROR"])).toThrow(
      /No results for path: \$\['invalid'\]/,
    );
    expect(() => call("json_value", argumentsOf("lax $.invalid", "STRING", "ERROR"))).toThrow(
      "Empty result of JSON_VALUE function is not allowed",
    );
    expect(() => call("json_value", argumentsOf("$.owner", "STRING", "NULL", "ERROR"))).toThrow(
      /requires scalar value/,
    );
    expect(() => call("json_query", query("1", "$", "WITHOUT", "NULL", "ERROR"))).toThrow(
      /requires array or object/,
    );
    expect(() => call("json_query", query("1", "lax $", "WITHOUT", "ERROR"))).toThrow(
      /Empty result of JSON_QUERY/,
    );
    expect(() => call("json", ["{"])).toThrow(/Invalid JSON string in JSON\(value\) function/);
    expect(() => call("json_object", ["NULL", typed("STRING", null), 1])).toThrow(EvaluationError);
  });

  it("refuse paths that are none, or that are not there", () => {
    for (const path of ["a", "$.", "$[", "$['a'", "$..", "$[1:x]", "", "$.a b"]) {
      expect(() => resolved("json_exists", ["{}", path])).toThrow(/Illegal jsonpath spec/);
      expect(() => call("json_exists", ["{}", path], { literals: false })).toThrow(EvaluationError);
    }
    for (const path of ["$.a[?(@.b > 1)]", "$.a.length()"]) {
      expect(() => resolved("json_exists", ["{}", path])).toThrow(SqlError);
      expect(() => resolved("json_exists", ["{}", path])).toThrow(/it runs on Apache Flink itself/);
    }
  });

  it("have no values of some types", () => {
    expect(resolved("json_string", [date("2020-01-01")])).toBeUndefined();
    expect(resolved("json_string", [typed("MAP<INT, INT>", new Map())])).toBeUndefined();
    expect(resolved("json_object", ["NULL", 1, 2])).toBeUndefined();
    expect(resolved("json_object", ["NULL", "a"])).toBeUndefined();
    expect(resolved("json_value", argumentsOf("$.a", "DATE"))).toBeUndefined();
  });
});

describe("documents", () => {
  it.each([
    "{",
    "[1,]",
    '{"a":}',
    '{"a" 1}',
    "{a:1}",
    "01",
    "+1",
    "1.",
    ".5",
    "NaN",
    "tru",
    '"\n"',
    '"\\x"',
    "'a'",
    "[1}",
    "1 2",
    "\ufeff1",
  ])("%j is malformed, as JSON.parse says", (text) => {
    expect(() => parseJson(text)).toThrow(MalformedJson);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it("that are nested too deeply are refused", () => {
    expect(() => parseJson("[".repeat(100_000))).toThrow(/nested more than 1000 times/);
    expect(() => parseJson(`${"[".repeat(900)}${"]".repeat(900)}`)).not.toThrow();
  });

  it("come out as JSON.parse has them", () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const make = (depth: number): unknown => {
      const kind = Math.floor(random() * (depth > 3 ? 4 : 6));
      if (kind === 0) return Math.floor(random() * 1000) - 500;
      if (kind === 1)
        return String.fromCharCode(...Array.from({ length: 5 }, () => Math.floor(random() * 300)));
      if (kind === 2) return random() < 0.5;
      if (kind === 3) return null;
      const items = Array.from({ length: Math.floor(random() * 4) }, () => make(depth + 1));
      return kind === 4 ? items : Object.fromEntries(items.map((item, index) => [`k${9 - index}`, item]));
    };
    for (let round = 0; round < 500; round += 1) {
      const value = make(0);
      const text = JSON.stringify(value, undefined, Math.floor(random() * 3));
      expect(JSON.parse(writeJson(parseJson(text)))).toEqual(value);
    }
  });

  it.each([
    ["1.50", "1.50"],
    ["-0", "0"],
    ["1e5", "1E+5"],
    ["12e-3", "0.012"],
    ["1.5E3", "1.5E+3"],
    ["0.0000001", "1E-7"],
    ["0.000001", "0.000001"],
    ["100", "100"],
  ])("write the number %s as %s", (text, expected) => {
    expect(numberText(text)).toBe(expected);
  });
});
