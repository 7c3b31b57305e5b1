import { describe, expect, it } from "vitest";
import { errorOf } from "./test-tree.ts";
import { TokenStream } from "./token-stream.ts";
import { parseTypeName } from "./type-name.ts";

const varchar = (length: number): unknown => ({ name: "character varying", length });
const character = (length: number): unknown => ({ name: "character", length });
const numeric = (precision: number, scale: number): unknown => ({ name: "numeric", precision, scale });
const varbyte = (length: number): unknown => ({ name: "varbyte", length });

describe("types", () => {
  it.each([
    ["smallint int2", { name: "smallint" }],
    ["INTEGER int int4", { name: "integer" }],
    ["bigint int8", { name: "bigint" }],
    ["real float4 float(1) float(24)", { name: "real" }],
    ["float float8 float(25) float(53)", { name: "double precision" }],
    ["boolean bool", { name: "boolean" }],
    ["decimal numeric dec", numeric(18, 0)],
    ["decimal(5) numeric(5,0)", numeric(5, 0)],
    ["numeric(38,37)", numeric(38, 37)],
    ["char character nchar bpchar(1)", character(1)],
    ["bpchar", character(256)],
    ["char(4096) character(4096) nchar(4096)", character(4096)],
    ["varchar nvarchar text text(256)", varchar(256)],
    ["varchar(65535) varchar(max) nvarchar(MAX)", varchar(65535)],
    ["varbyte varbinary", varbyte(64000)],
    ["varbyte(5) varbinary(5)", varbyte(5)],
    ["varbyte(16777216)", varbyte(16777216)],
    ["date", { name: "date" }],
    ["time time(6)", { name: "time" }],
    ["timetz", { name: "timetz" }],
    ["timestamp", { name: "timestamp" }],
    ["timestamptz", { name: "timestamptz" }],
    ["super", { name: "super" }],
    ["hllsketch", { name: "hllsketch" }],
    ["geometry", { name: "geometry" }],
    ["geography", { name: "geography" }],
    ["oid", { name: "oid" }],
    ['"char"', { name: "char" }],
    ['"varchar"(3)', varchar(3)],
    ["pg_catalog.int4", { name: "integer" }],
    ["regclass pg_catalog.regclass", { name: "regclass" }],
    ["int[] int4[][]", { name: "array", element: { name: "integer" } }],
  ])("%s", (texts, type) => {
    for (const text of texts.split(" ")) {
      expect(parseTypeName(new TokenStream(text))).toEqual(type);
    }
  });

  it.each([
    ["double precision", { name: "double precision" }],
    ["character varying (10)", varchar(10)],
    ["char varying", varchar(256)],
    ["national character varying(7)", varchar(7)],
    ["national char", character(1)],
    ["binary varying (7)", varbyte(7)],
    ["timestamp with time zone", { name: "timestamptz" }],
    ["timestamp (6) without time zone", { name: "timestamp" }],
    ["time with time zone", { name: "timetz" }],
    ["interval", { name: "interval" }],
    ["interval year", { name: "interval year to month" }],
    ["interval year to month", { name: "interval year to month" }],
    ["interval day to second (3)", { name: "interval day to second" }],
    ["interval hour to minute", { name: "interval day to second" }],
  ])("%s", (text, type) => {
    const stream = new TokenStream(text);
    expect(parseTypeName(stream)).toEqual(type);
    expect(stream.atEnd()).toBe(true);
  });

  it.each([
    ["json", "42704", 'type "json" does not exist', 0],
    ["MyType", "42704", 'type "mytype" does not exist', 0],
    ["s.t", "42704", 'type "s.t" does not exist', 0],
    ['"Foo"', "42704", 'type "foo" does not exist', 0],
    ["varchar(0)", "22023", "length for type varchar must be at least 1", 7],
    ["varchar(65536)", "22023", "length for type varchar cannot exceed 65535", 7],
    ["char(4097)", "22023", "length for type bpchar cannot exceed 4096", 4],
    ["varbyte(16777217)", "22023", "length for type varbyte cannot exceed 16777216", 7],
    ["numeric(39)", "22023", "NUMERIC precision 39 must be between 1 and 38", 7],
    ["numeric(0)", "22023", "NUMERIC precision 0 must be between 1 and 38", 7],
    ["numeric(5,6)", "22023", "NUMERIC scale 6 must be between 0 and precision 5", 7],
    ["numeric(38,38)", "22023", "NUMERIC scale 38 must be between 0 and precision 37", 7],
    ["float(0)", "22023", "precision for type float must be at least 1 bit", 5],
    ["float(54)", "22023", "precision for type float must be less than 54 bits", 5],
    ["timestamp(3)", "0A000", "timestamp(3) is not supported, only timestamp(6)", 9],
    ["select", "42601", 'syntax error at or near "select"', 0],
    ["'x'", "42601", `syntax error at or near "'x'"`, 0],
    ["varchar(x)", "42601", 'syntax error at or near "x"', 8],
    ["varchar(-1)", "42601", 'syntax error at or near "-"', 8],
    ["double", "42601", "syntax error at end of input", 6],
    ["interval month to year", "42601", 'syntax error at or near "year"', 18],
    ["numeric(5,", "42601", "syntax error at end of input", 10],
  ])("%s is refused", (text, sqlState, message, position) => {
    expect(errorOf(() => parseTypeName(new TokenStream(text)))).toMatchObject({
      sqlState,
      message,
      position,
    });
  });
});
