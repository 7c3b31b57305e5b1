import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
  await data.execute(`create table t (id int not null, name varchar(20) default 'x', price numeric(10,2),
    at timestamp, code char(3), real_one real)`);
});
afterAll(() => data[Symbol.asyncDispose]());

describe("DescribeTable", () => {
  it("tells a table's columns", async () => {
    const { TableName, ColumnList = [] } = await data.run("DescribeTable", {
      ...admin,
      Schema: "public",
      Table: "t",
    });
    expect(TableName).toBe("t");
    expect(
      ColumnList.map(({ name, typeName, precision, scale, nullable }) => [
        name,
        typeName,
        precision,
        scale,
        nullable,
      ]),
    ).toEqual([
      ["id", "int4", 10, 0, 0],
      ["name", "varchar", 20, 0, 1],
      ["price", "numeric", 10, 2, 1],
      ["at", "timestamp", 29, 6, 1],
      ["code", "bpchar", 3, 0, 1],
      ["real_one", "float4", 8, 8, 1],
    ]);
    expect(ColumnList[1]).toMatchObject({ schemaName: "public", tableName: "t", isCaseSensitive: true });
    expect(ColumnList[1]?.columnDefault).toContain("'x'");
  });

  it("pages", async () => {
    const input = { ...admin, Table: "t", MaxResults: 4 };
    const first = await data.run("DescribeTable", input);
    const second = await data.run("DescribeTable", { ...input, NextToken: first.NextToken });
    expect(first.ColumnList?.length).toBe(4);
    expect(second.ColumnList?.map(({ name }) => name)).toEqual(["code", "real_one"]);
    expect(second.NextToken).toBeUndefined();
  });

  it("a table that is not there has no columns", async () => {
    expect((await data.run("DescribeTable", { ...admin, Table: "nope" })).ColumnList).toEqual([]);
  });
});
