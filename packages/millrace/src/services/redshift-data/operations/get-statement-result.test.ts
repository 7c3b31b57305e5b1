import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, principalOf, refusalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
});
afterAll(() => data[Symbol.asyncDispose]());

describe("GetStatementResult", () => {
  it("has a field for each type, as the JDBC driver maps them", async () => {
    const { Id = "" } =
      await data.execute(`select 1::smallint, 2::int, 9223372036854775807::bigint, 1.50::numeric(10,2),
      0.1::real, 0.1::float8, true, 'a'::char(3), 'x"y'::varchar(9), date '2024-06-12',
      timestamp '2024-06-12 14:30:45.123456', timestamptz '2024-06-12 19:30:45.123456+00', time '14:30:45',
      null::int, 'abc'::varbyte`);
    const { Records = [], ColumnMetadata = [] } = await data.run("GetStatementResult", { Id });
    expect(Records[0]).toEqual([
      { longValue: 1 },
      { longValue: 2 },
      { longValue: 9223372036854775807n },
      { stringValue: "1.50" },
      { doubleValue: 0.10000000149011612 },
      { doubleValue: 0.1 },
      { booleanValue: true },
      { stringValue: "a  " },
      { stringValue: 'x"y' },
      { stringValue: "2024-06-12" },
      { stringValue: "2024-06-12 14:30:45.123456" },
      { stringValue: "2024-06-12 19:30:45.123456+00" },
      { stringValue: "14:30:45" },
      { isNull: true },
      { stringValue: "YWJj" },
    ]);
    const shown = ColumnMetadata.map(({ typeName, precision, scale }) => `${typeName} ${precision} ${scale}`);
    expect(shown).toEqual([
      ...["int2 5 0", "int4 10 0", "int8 19 0", "numeric 10 2", "float4 8 8", "float8 17 17", "bool 1 0"],
      ...["bpchar 3 0", "varchar 9 0", "date 13 0", "timestamp 29 6", "timestamptz 35 6", "time 15 6"],
      ...["int4 10 0", "varbyte 64000 0"],
    ]);
  });

  it("tells where a column comes from", async () => {
    await data.execute("create table told (id int not null, name varchar(20))");
    const { Id = "" } = await data.execute("select id as number, name, id + 1 as more from told");
    const { ColumnMetadata, Records, TotalNumRows } = await data.run("GetStatementResult", { Id });
    const common = { isCurrency: false, length: 0 };
    const origin = { schemaName: "public", tableName: "told" };
    const int4 = { isCaseSensitive: false, isSigned: true, typeName: "int4", precision: 10, scale: 0 };
    const varchar = { isCaseSensitive: true, isSigned: false, typeName: "varchar", precision: 20, scale: 0 };
    expect(ColumnMetadata).toEqual([
      { ...common, ...origin, ...int4, name: "number", label: "number", nullable: 0 },
      { ...common, ...origin, ...varchar, name: "name", label: "name", nullable: 1 },
      { ...common, ...int4, name: "more", label: "more", nullable: 1, schemaName: "", tableName: "" },
    ]);
    expect([Records, TotalNumRows]).toEqual([[], 0]);
  });

  it("comes in pages that together are the result", async () => {
    const sql = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
      select i, repeat('x', 1000) from n order by i`;
    const { Id = "", ResultRows, ResultSize } = await data.execute(sql);
    expect(ResultRows).toBe(3000);
    expect(ResultSize).toBe(3_000_000 + 9 + 90 * 2 + 900 * 3 + 2001 * 4);
    const numbers: unknown[] = [];
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const page = await data.run("GetStatementResult", { Id, ...(NextToken && { NextToken }) });
      numbers.push(...(page.Records ?? []).map(([field]) => field?.longValue));
      NextToken = page.NextToken;
      pages++;
      expect(page.TotalNumRows).toBe(3000);
    } while (NextToken !== undefined);
    expect(numbers).toEqual(Array.from({ length: 3000 }, (_, index) => index + 1));
    expect(pages).toBe(3);
  });

  it("refuses foreign tokens and other formats", async () => {
    const one = await data.submit("select 1");
    const csv = await data.submit("select 1", { ResultFormat: "CSV" });
    await data.ended(one);
    await data.ended(csv);
    const refusals = [
      data.run("GetStatementResult", { Id: one, NextToken: "abc" }),
      data.run("GetStatementResult", { Id: csv }),
      data.run("GetStatementResultV2", { Id: one }),
    ];
    for (const refusal of refusals) expect(await codeOf(refusal)).toBe("ValidationException");
  });

  it("says that there is none", async () => {
    const none =
      "ResourceNotFoundException: Query does not have result. Please check query status with DescribeStatement.";
    const failed = await data.execute("select * from nope");
    const table = await data.execute("create table made (id int)");
    for (const { Id = "" } of [failed, table])
      expect(await refusalOf(data.run("GetStatementResult", { Id }))).toBe(none);
  });

  it("belongs to the identity that asked", async () => {
    const anna = { principal: principalOf("user", "anna") };
    const { Id = "" } = await data.execute("select 1", { DbUser: undefined }, anna);
    const gone = "ResourceNotFoundException: Query does not exist.";
    expect(await refusalOf(data.run("GetStatementResult", { Id }))).toBe(gone);
    const other = { principal: principalOf("user", "bert") };
    expect(await refusalOf(data.run("DescribeStatement", { Id }, other))).toBe(gone);
    expect(await refusalOf(data.run("CancelStatement", { Id }, other))).toBe(gone);
    const away = { ...anna, region: "eu-west-1" };
    expect(await refusalOf(data.run("DescribeStatement", { Id }, away))).toBe(gone);
    expect((await data.run("GetStatementResult", { Id }, anna)).TotalNumRows).toBe(1);
  });

  it("ends with rows beyond 64 KB", async () => {
    const long = "repeat('x', 60000)";
    const ended = await data.execute(`select ${long}, ${long}`);
    expect(ended).toMatchObject({ Status: "FAILED", Error: "Packet for query is too large." });
    expect(await codeOf(data.run("GetStatementResult", { Id: ended.Id ?? "" }))).toBe(
      "ResourceNotFoundException",
    );
  });

  it("is forgotten after a day", async () => {
    const { Id = "" } = await data.execute("select 1");
    data.clock.advance(86_400_000);
    expect(await refusalOf(data.run("DescribeStatement", { Id }))).toContain("Query does not exist.");
  });
});
