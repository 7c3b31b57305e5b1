import { describe, expect, it } from "vitest";
import type { SqlType, TypeName } from "../../../kernels/warehouse/values/index.ts";
import { binaryOf } from "./binary-form.ts";
import { postgresNumeric, postgresNumericText } from "./binary-numeric.ts";
import { parameterText } from "./parameter-text.ts";
import { modifierOf, typeOfOid, wireTypeOf } from "./wire-type.ts";

/** What `numeric_send` of PostgreSQL 15 gives. */
const numerics: readonly [string, string][] = [
  ["0", "0000000000000000"],
  ["0.00", "0000000000000002"],
  ["1", "00010000000000000001"],
  ["-1", "00010000400000000001"],
  ["10000", "00010001000000000001"],
  ["0.0001", "0001ffff000000040001"],
  ["-0.5", "0001ffff400000011388"],
  ["12345.678", "0003000100000003000109291a7c"],
  ["99999999999999999999999999999999999999", "000a0009000000000063270f270f270f270f270f270f270f270f270f"],
  ["0.00000000000000000001", "0001fffb000000140001"],
  ["120000000", "0002000200000000000107d0"],
];

describe("binary numerics", () => {
  it.each(numerics)("%s is %s", (text, hex) => {
    const fraction = text.split(".")[1] ?? "";
    expect(postgresNumeric(BigInt(text.replace(".", "")), fraction.length).toString("hex")).toBe(hex);
    expect(postgresNumericText(Buffer.from(hex, "hex"))).toBe(text);
  });

  it("bytes come in PostgreSQL's form, as a text would be taken for its own bytes", () => {
    expect(parameterText(Buffer.of(0, 255), { name: "varbyte" }, "binary", 0, 1)).toBe("\\x00ff");
  });

  it.each([
    "",
    "0001",
    "00010000c00000000000",
    "000100000000ffff0001",
    "0001000000000000",
    "00010000000000002710",
  ])("%j are not one", (hex) => {
    expect(postgresNumericText(Buffer.from(hex, "hex"))).toBeUndefined();
  });

  it.each([
    ["-4.5", { name: "numeric", precision: 10, scale: 2 }, "fffffffffffffe3e"],
    ["1", { name: "numeric", precision: 19, scale: 0 }, "00000000000000000000000000000001"],
    ["-1", { name: "numeric", precision: 38, scale: 0 }, "ffffffffffffffffffffffffffffffff"],
  ] as const)("of Redshift's form: %s", (text, type, hex) => {
    expect(Buffer.from(binaryOf(text, type, 2)).toString("hex")).toBe(hex);
  });
});

const there: readonly [TypeName, string][] = [
  ["smallint", "-32768"],
  ["integer", "2147483647"],
  ["bigint", "-9223372036854775808"],
  ["oid", "4294967295"],
  ["real", "0.1"],
  ["double precision", "-1.5e-07"],
  ["boolean", "t"],
  ["boolean", "f"],
  ["date", "2024-02-29"],
  ["date", "0044-03-15 BC"],
  ["date", "infinity"],
  ["time", "23:59:59.5"],
  ["timetz", "23:59:59.5-03:30"],
  ["timestamp", "1999-12-31 23:59:59.999999"],
  ["timestamp", "-infinity"],
  ["timestamptz", "2024-07-01 12:00:00+00"],
  ["interval", "1 year 2 mons 04:05:06"],
  ["interval year to month", "1 years 11 mons"],
  ["interval day to second", "-2 days 0 hours 0 mins -0.5 secs"],
  ["character varying", "häß"],
];

describe("binary parameters", () => {
  it.each(there)("%s %s there and back", (name, text) => {
    const bytes = Buffer.from(binaryOf(text, { name }, 0));
    expect(parameterText(bytes, { name }, "binary", 0, 1)).toBe(text);
  });

  it.each([
    ["integer", 2],
    ["smallint", 4],
    ["bigint", 4],
    ["oid", 8],
    ["real", 8],
    ["double precision", 4],
    ["boolean", 0],
    ["date", 8],
    ["timestamp", 4],
    ["timetz", 8],
    ["interval", 8],
    ["interval year to month", 8],
    ["numeric", 3],
    ["array", 12],
  ] as const)("%s of %i bytes is refused", (name, bytes) => {
    expect(() => parameterText(Buffer.alloc(bytes, 1), { name }, "binary", 0, 3)).toThrow(
      "incorrect binary data format in bind parameter 3",
    );
  });

  it("text must be UTF-8 without zero bytes", () => {
    const type: SqlType = { name: "text" };
    expect(() => parameterText(Buffer.of(0xc3, 0x28), type, "text", 0, 1)).toThrow(/invalid byte sequence/);
    expect(() => parameterText(Buffer.of(0x61, 0), type, "binary", 0, 1)).toThrow(/0x00/);
  });
});

describe("types on the wire", () => {
  it.each([
    [{ name: "numeric", precision: 10, scale: 2 }, 1700, -1, 655_366],
    [{ name: "numeric" }, 1700, -1, 1_179_652],
    [{ name: "character varying", length: 256 }, 1043, -1, 260],
    [{ name: "character", length: 3 }, 1042, -1, 7],
    [{ name: "super" }, 4000, -1, -1],
    [{ name: "varbyte", length: 16 }, 6551, -1, 20],
    [{ name: "interval day to second" }, 1190, 8, -1],
    [{ name: "array", element: { name: "integer" } }, 1007, -1, -1],
    [{ name: "timestamptz" }, 1184, 8, -1],
  ] as readonly [SqlType, number, number, number][])("%j", (type, oid, length, modifier) => {
    expect(wireTypeOf(type)).toEqual({ oid, length });
    expect(modifierOf(type)).toBe(modifier);
    expect(typeOfOid(oid)?.name).toBe(type.name);
  });

  it("leaves unknown and unspecified types to the statement", () => {
    expect([0, 705, 999_999].map(typeOfOid)).toEqual([undefined, undefined, undefined]);
  });
});
