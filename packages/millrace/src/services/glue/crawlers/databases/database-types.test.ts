import { describe, expect, it } from "vitest";
import { tablesIn } from "./database-source.ts";
import { mysqlType } from "./mysql-types.ts";
import { postgresType } from "./postgres-types.ts";

describe("types of databases", () => {
  it.each([
    ["smallint", "smallint"],
    ["integer", "int"],
    ["bigint", "bigint"],
    ["numeric(8,2)", "decimal(8,2)"],
    ["numeric(5,0)", "decimal(5,0)"],
    ["numeric(3,5)", "decimal(5,5)"],
    ["numeric(3,-2)", "decimal(5,0)"],
    ["numeric(100,20)", "decimal(38,0)"],
    ["numeric(40,20)", "decimal(38,18)"],
    ["numeric", "decimal(38,18)"],
    ["real", "float"],
    ["double precision", "double"],
    ["boolean", "boolean"],
    ["date", "date"],
    ["timestamp without time zone", "timestamp"],
    ["timestamp(3) with time zone", "timestamp"],
    ["time without time zone", "string"],
    ["character varying(30)", "string"],
    ["text", "string"],
    ["bytea", "binary"],
    ["jsonb", "string"],
    ["uuid", "string"],
    ["integer[]", "array<int>"],
    ["numeric(8,2)[]", "array<decimal(8,2)>"],
    ["mood", "string"],
    ["constructor", "string"],
  ])("PostgreSQL's %s is %s", (raw, type) => expect(postgresType(raw)).toBe(type));

  it.each([
    ["tinyint(1)", "boolean"],
    ["tinyint(4)", "tinyint"],
    ["tinyint unsigned", "smallint"],
    ["smallint(6)", "smallint"],
    ["mediumint", "int"],
    ["int(11)", "int"],
    ["int unsigned", "bigint"],
    ["bigint(20)", "bigint"],
    ["bigint(20) unsigned", "decimal(20,0)"],
    ["decimal(8,2)", "decimal(8,2)"],
    ["decimal(65,30)", "decimal(38,3)"],
    ["float", "float"],
    ["double", "double"],
    ["datetime(6)", "timestamp"],
    ["year(4)", "int"],
    ["bit(8)", "binary"],
    ["varchar(30)", "string"],
    ["enum('a','decimal(8,2)')", "string"],
    ["longblob", "binary"],
    ["json", "string"],
    ["constructor", "string"],
  ])("MySQL's %s is %s", (raw, type) => expect(mysqlType(raw)).toBe(type));

  it("makes tables of columns", () => {
    const column = {
      type: "int",
      rawType: "integer",
      comment: undefined,
      isView: false,
      tableComment: undefined,
    };
    const rows = [
      { ...column, schema: "a", table: "t", name: "x" },
      { ...column, schema: "a", table: "t", name: "y" },
      { ...column, schema: "b", table: "t", name: "x" },
    ];
    const names = tablesIn(rows).map(({ schema, name, columns }) => [
      schema,
      name,
      columns.map((c) => c.name),
    ]);
    expect(names).toEqual([
      ["a", "t", ["x", "y"]],
      ["b", "t", ["x"]],
    ]);
  });
});
