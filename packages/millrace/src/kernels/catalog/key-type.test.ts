import { describe, expect, it } from "vitest";
import { compareLiterals } from "./filter/domain.ts";
import { keyKindOf, keyValue, literalValue } from "./key-type.ts";

describe("types of partition keys", () => {
  it("are known by Hive's names, whatever their parameters", () => {
    expect(["STRING", "char(3)", "int", "long", "decimal(10,2)", "date", "timestamp"].map(keyKindOf)).toEqual(
      ["string", "string", "integer", "integer", "decimal", "date", "timestamp"],
    );
    expect(keyKindOf(undefined)).toBe("string");
    expect(["float", "double", "boolean", "array<int>", "", "int)", "decimal(1"].map(keyKindOf)).toEqual(
      Array.from({ length: 7 }, () => undefined),
    );
  });

  it("order decimals as numbers, exactly", () => {
    const ordered = [
      "-1e3",
      "-100.5",
      "-100",
      "-2.01",
      "-2",
      "-0.001",
      "0",
      "1e-10",
      "0.1",
      "2",
      "2.01",
      "19",
      "1e3",
    ];
    const values = ordered.map((text) => literalValue("decimal", text));
    expect(values.toSorted(compareLiterals)).toEqual(values);
    expect(new Set(values).size).toBe(ordered.length);
    for (const [one, other] of [
      ["1.50", "1.5"],
      ["001", "1"],
      ["-0.0", "0"],
      ["1e2", "100"],
      [".5", "0.5"],
    ] as const)
      expect(keyValue("decimal", one), `${one} and ${other}`).toBe(keyValue("decimal", other));
  });

  it("keep integers of 64 bits exactly, and no larger ones", () => {
    expect(keyValue("integer", "9223372036854775807")).toBe(9223372036854775807n);
    expect(keyValue("integer", "-9223372036854775808")).toBe(-9223372036854775808n);
    expect(keyValue("integer", "+07")).toBe(7n);
    for (const text of ["9223372036854775808", "1.0", "", " 1", "0x1", "1e3", "9".repeat(10_000)])
      expect(keyValue("integer", text), text.slice(0, 10)).toBeNull();
  });

  it("know which days there are", () => {
    expect(keyValue("date", "1970-01-02")).toBe(1n);
    expect(keyValue("date", "0001-01-01")).toBe(-719162n);
    for (const text of ["2023-02-29", "2024-1-1", "2024-13-01", "2024-01-01 00:00:00", "today"])
      expect(keyValue("date", text), text).toBeNull();
  });

  it("read timestamps with and without fractions", () => {
    expect(keyValue("timestamp", "2024-01-01")).toBe("2024-01-01 00:00:00.000000000");
    expect(keyValue("timestamp", "2024-01-01 10:00:00.25")).toBe("2024-01-01 10:00:00.250000000");
    for (const text of ["2024-01-01T10:00:00", "2024-01-01 24:00:00", "2024-02-30 10:00:00"])
      expect(keyValue("timestamp", text), text).toBeNull();
  });

  it("refuse literals of another type in AWS's words", () => {
    expect(() => literalValue("integer", "test")).toThrow('"test" is not an integer.');
    expect(() => literalValue("decimal", "test")).toThrow("test is not a decimal.");
    expect(() => literalValue("date", "test")).toThrow("test is not a date.");
    expect(() => literalValue("timestamp", "test")).toThrow(
      "Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff] test is not a timestamp.",
    );
  });
});
