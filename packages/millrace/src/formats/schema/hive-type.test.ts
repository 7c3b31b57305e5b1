import { describe, expect, it } from "vitest";
import { printableFieldName, printHiveType } from "./hive-type.ts";
import { parseHiveType } from "./hive-type-parser.ts";
import { sameType } from "./widen-type.ts";

const printed = (text: string) => {
  const type = parseHiveType(text);
  return type === undefined ? undefined : printHiveType(type);
};

describe("types of Hive", () => {
  it.each([
    ["int", "int"],
    [" INTEGER ", "int"],
    ["long", "bigint"],
    ["decimal", "decimal(10,0)"],
    ["decimal( 38 , 18 )", "decimal(38,18)"],
    ["VARCHAR(12)", "varchar(12)"],
    ["char(1)", "char(1)"],
    ["array<array<string>>", "array<array<string>>"],
    ["map< string , struct<a:int> >", "map<string,struct<a:int>>"],
    ["struct<A b:int,`c`:array<double>>", "struct<A b:int,c:array<double>>"],
    ["struct<a:int comment 'x, y',b:date>", "struct<a:int,b:date>"],
    ["struct<>", "struct<>"],
    ["uniontype<int,string>", "uniontype<int,string>"],
  ])("reads %s as %s", (text, type) => {
    expect(printed(text)).toBe(type);
  });

  it.each([
    "",
    "integr",
    "int x",
    "array",
    "array<>",
    "array<int",
    "array<int,int>",
    "map<int>",
    "struct<a>",
    "struct<:int>",
    "struct<a:int,>",
    "decimal(0)",
    "decimal(39,1)",
    "decimal(3,4)",
    "varchar",
    "varchar(0)",
    "array<".repeat(5_000),
  ])("refuses %j", (text) => {
    expect(parseHiveType(text)).toBeUndefined();
  });

  it("gives fields names that type text can hold", () => {
    expect(printableFieldName("a:b<c,d>(e)`")).toBe("a_b_c_d__e__");
    expect(printableFieldName("")).toBe("_");
    expect(printableFieldName("zwölf 12")).toBe("zwölf 12");
  });

  it("compares types without the case of fields", () => {
    const same = (a: string, b: string) => {
      const [left, right] = [parseHiveType(a), parseHiveType(b)];
      return left !== undefined && right !== undefined && sameType(left, right);
    };
    expect(same("struct<a:int,b:array<date>>", "struct<B:array<date>,A:int>")).toBe(true);
    expect(same("struct<a:int>", "struct<a:int,b:int>")).toBe(false);
    expect(same("struct<a:int>", "struct<a:bigint>")).toBe(false);
    expect(same("map<string,int>", "map<string,int>")).toBe(true);
    expect(same("uniontype<int,date>", "uniontype<date,int>")).toBe(false);
    expect(same("varchar(3)", "varchar(4)")).toBe(false);
    expect(same("decimal(3,1)", "decimal(3,1)")).toBe(true);
  });
});
