import { afterAll, beforeAll, expect, it } from "vitest";
import { TestWarehouse } from "../test-warehouse.ts";

let warehouse: TestWarehouse;

beforeAll(async () => {
  warehouse = await TestWarehouse.start();
  const session = await warehouse.connect();
  await session.rows("create table texts(i bigint, s varchar(20), d decimal(18,2))");
  await session.rows(
    "insert into texts select g, case when g = 290000 then 'x' else '1' end, 99999999999.99 from generate_series(1, 300000) g",
  );
  await session.session.close();
});
afterAll(() => warehouse[Symbol.asyncDispose]());

it("a query that fails after its first rows went out ends with its error", async () => {
  const session = await warehouse.connect();
  const error = '22P02 invalid input syntax for integer: "x"';
  expect(await session.error("select cast(s as int), i, i, i, i, i, i, i from texts")).toBe(error);
  expect(await session.rows("select count(*) from texts")).toEqual([["300000"]]);
  await session.rows("begin");
  expect(await session.error("select cast(s as int), i, i, i, i, i, i, i from texts")).toBe(error);
  expect(session.session.transaction).toBe("failed");
  await session.rows("rollback");
  await session.session.close();
});

it("and is not taken for whole where its own transaction had made what it reads", async () => {
  const session = await warehouse.connect();
  await session.rows("begin; create table own as select * from texts");
  expect(await session.error("select cast(s as int), i, i, i, i, i, i, i from own")).toBe(
    "XX000 the query failed while its rows were read",
  );
  await session.rows("rollback");
  await session.session.close();
});

it("decimals go on in 128 bits where 64 are too few", async () => {
  const session = await warehouse.connect();
  const product = "9999999999998000000000.0001";
  const sum = "2999999999999400000000000.0300";
  for (const before of ["", "begin; ", "begin; select 1; "]) {
    const first = await session.rows(`${before}select d * d from texts limit 1`);
    expect(first, before).toEqual([[product]]);
    expect(await session.rows("select sum(d * d) from texts where i <= 300"), before).toEqual([[sum]]);
    expect(await session.rows("select count(*) from texts where d * d > 5"), before).toEqual([["300000"]]);
    if (before !== "") await session.rows("commit");
  }
  await session.session.close();
});

it("changes of data, tables made of queries, prepared statements and cursors, too", async () => {
  const session = await warehouse.connect();
  const product = "9999999999998000000000.0001";
  await session.rows(
    "create temp table target(p decimal(38,4)); insert into target select d * d from texts limit 1",
  );
  expect(await session.rows("select p from target")).toEqual([[product]]);
  await session.rows(
    "begin; update target set p = 0; update target set p = d * d from texts where i = 1; commit",
  );
  expect(await session.rows("select p from target")).toEqual([[product]]);
  await session.rows("create temp table made as select sum(d * d) as s from texts where i < 2");
  expect(await session.rows("select s from made")).toEqual([[product]]);
  await session.rows("prepare twice(int) as select sum(d * d) from texts where i < $1");
  for (let round = 0; round < 2; round++) expect(await session.rows("execute twice(2)")).toEqual([[product]]);
  await session.rows("begin; declare c cursor for select sum(d * d) from texts where i < 2");
  expect(await session.rows("fetch all from c")).toEqual([[product]]);
  await session.rows("commit");
  await session.session.close();
});

it("what is too long for 128 bits overflows", async () => {
  const session = await warehouse.connect();
  expect(await session.error("select sum(d * d * d * d) from texts")).toMatch(/^22003 /);
  await session.session.close();
});
