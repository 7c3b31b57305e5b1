import type { BatchExecuteStatementInput } from "@aws-sdk/client-redshift-data";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, refusalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
  await data.execute("create table t (id int)");
});
afterAll(() => data[Symbol.asyncDispose]());

async function batch(
  Sqls: string[],
  input: Partial<BatchExecuteStatementInput> = {},
): Promise<Awaited<ReturnType<TestRedshiftData["ended"]>>> {
  const { Id = "" } = await data.run("BatchExecuteStatement", { ...admin, Sqls, ...input });
  return data.ended(Id);
}

const count = async (): Promise<unknown> => (await data.rows("select count(*) from t"))[0]?.[0];

describe("BatchExecuteStatement", () => {
  it("runs statements in order, in one session and one transaction", async () => {
    const ended = await batch([
      "create temp table x (a int)",
      "insert into x values (1), (2)",
      "select a from x order by a",
      "insert into t select a from x",
    ]);
    const { Id, SubStatements = [] } = ended;
    expect(ended).toMatchObject({
      ...{ Status: "FINISHED", HasResultSet: true, ResultRows: -1, ExecutionMode: "TRANSACTION" },
      QueryString: undefined,
    });
    expect(SubStatements.map((sub) => [sub.Id, sub.Status, sub.HasResultSet, sub.ResultRows])).toEqual([
      [`${Id}:1`, "FINISHED", false, 0],
      [`${Id}:2`, "FINISHED", false, 2],
      [`${Id}:3`, "FINISHED", true, 2],
      [`${Id}:4`, "FINISHED", false, 2],
    ]);
    expect(await data.run("GetStatementResult", { Id: `${Id}:3` })).toMatchObject({
      Records: [[{ longValue: 1 }], [{ longValue: 2 }]],
      TotalNumRows: 2,
    });
    expect(await data.run("DescribeStatement", { Id: `${Id}:2` })).toMatchObject({
      Id: `${Id}:2`,
      QueryString: "insert into x values (1), (2)",
      ResultRows: 2,
    });
    expect(await count()).toBe(2);
  });

  it("rolls everything back when one fails, and does not run the rest", async () => {
    const before = await count();
    const ended = await batch(["insert into t values (7)", "insert into nope values (1)", "select 1"]);
    expect(ended).toMatchObject({
      Status: "FAILED",
      Error: 'Query #2 failed with ERROR: relation "nope" does not exist',
    });
    expect(ended.SubStatements?.map(({ Status, Error: error }) => [Status, error])).toEqual([
      ["FINISHED", undefined],
      ["FAILED", 'ERROR: relation "nope" does not exist'],
      ["ABORTED", "Connection or an prior query failed."],
    ]);
    expect(await count()).toBe(before);
  });

  it("keeps what succeeded when each is committed on its own", async () => {
    const before = Number(await count());
    const ended = await batch(
      ["insert into t values (7)", "insert into nope values (1)", "insert into t values (8)"],
      { ExecutionMode: "AUTO_COMMIT" },
    );
    expect(ended).toMatchObject({ Status: "FAILED", ExecutionMode: "AUTO_COMMIT" });
    expect(ended.SubStatements?.map(({ Status }) => Status)).toEqual(["FINISHED", "FAILED", "FINISHED"]);
    expect(await count()).toBe(before + 2);
  });

  it("gives its parameters to all statements; each must be used by one", async () => {
    const Parameters = [
      { name: "a", value: "1" },
      { name: "b", value: "2" },
    ];
    const ended = await batch(["select :a::int", "select :a::int + :b::int"], { Parameters });
    expect(await data.run("GetStatementResult", { Id: `${ended.Id}:2` })).toMatchObject({
      Records: [[{ longValue: 3 }]],
    });
    const unused = data.run("BatchExecuteStatement", { ...admin, Sqls: ["select :a"], Parameters });
    expect(await refusalOf(unused)).toContain("Unused parameters: [b]");
  });

  it("a connection that fails leaves all of them unrun", async () => {
    const ended = await batch(["select 1", "select 2"], { Database: "nope" });
    expect(ended).toMatchObject({ Status: "FAILED", Error: 'FATAL: database "nope" does not exist' });
    expect(ended.SubStatements?.map(({ Status }) => Status)).toEqual(["ABORTED", "ABORTED"]);
  });

  it("refuses what cannot run in a transaction", async () => {
    const ended = await batch(["create database other"]);
    expect(ended.SubStatements?.[0]?.Error).toBe(
      "ERROR: CREATE DATABASE cannot run inside a transaction block",
    );
    expect((await batch(["create database other"], { ExecutionMode: "AUTO_COMMIT" })).Status).toBe(
      "FINISHED",
    );
  });
});
