import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
});
afterAll(() => data[Symbol.asyncDispose]());

describe("GetStatementResultV2", () => {
  it("is CSV with the columns' names first", async () => {
    const sql = `select 1 as a, 'x,"y' as "b c", null::int as n, '' as e union all select 2, 'l\\nm', 3, 'z' order by 1`;
    const { Id = "" } = await data.execute(sql, { ResultFormat: "CSV" });
    expect(await data.run("GetStatementResultV2", { Id })).toMatchObject({
      Records: [{ CSVRecords: 'a,b c,n,e\r\n1,"x,""y",,""\r\n2,"l\nm",3,z\r\n' }],
      ResultFormat: "CSV",
      TotalNumRows: 2,
    });
  });

  it("has the names on the first page only", async () => {
    const sql = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500)
      select i, repeat('x', 1000) as x from n order by i`;
    const { Id = "" } = await data.execute(sql, { ResultFormat: "CSV" });
    const first = await data.run("GetStatementResultV2", { Id });
    const second = await data.run("GetStatementResultV2", { Id, NextToken: first.NextToken });
    const lines = [first, second]
      .map(({ Records = [] }) => Records[0]?.CSVRecords ?? "")
      .join("")
      .split("\r\n");
    expect(lines.slice(0, 2)).toEqual(["i,x", `1,${"x".repeat(1000)}`]);
    expect([lines.length, lines.at(-1), second.NextToken]).toEqual([1502, "", undefined]);
  });
});
