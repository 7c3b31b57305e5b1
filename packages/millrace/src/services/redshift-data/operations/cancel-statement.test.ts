import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, refusalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
  await data.execute("create table t (id int)");
});
afterAll(() => data[Symbol.asyncDispose]());

/** It would run for hours. */
const slow = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000)
  select count(*) from n a, n b, n c`;

async function started(id: string): Promise<void> {
  while ((await data.run("DescribeStatement", { Id: id })).Status !== "STARTED")
    await new Promise((resolve) => setImmediate(resolve));
}

/** The cancel is said again by the clock, which stands still otherwise. */
async function cancel(id: string): Promise<unknown> {
  let isOver = false;
  const answer = data.run("CancelStatement", { Id: id }).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    if (data.state.runner.get(id) !== undefined) data.clock.advance(1);
  }
  return answer;
}

describe("CancelStatement", () => {
  it("ends a query that runs", async () => {
    const id = await data.submit(slow);
    await started(id);
    expect(await cancel(id)).toEqual({ Status: true });
    expect(await data.ended(id)).toMatchObject({
      Status: "ABORTED",
      Error: "Query cancelled on user's request",
      HasResultSet: false,
    });
    expect(await refusalOf(data.run("CancelStatement", { Id: id }))).toBe(
      `ValidationException: Could not cancel a query that is already in ABORTED state with ID: ${id}`,
    );
  });

  it("keeps one that has not begun from running", async () => {
    const id = await data.submit("insert into t values (1)");
    await cancel(id);
    expect((await data.ended(id)).Status).toBe("ABORTED");
    expect(await data.rows("select count(*) from t")).toEqual([[0]]);
  });

  it("rolls a batch back", async () => {
    const Sqls = ["insert into t values (1)", slow, "insert into t values (2)"];
    const { Id = "" } = await data.run("BatchExecuteStatement", { ...admin, Sqls });
    await data.state.runner.get(Id)?.wait(30, new AbortController().signal, 0);
    await cancel(Id);
    const { Status, SubStatements } = await data.ended(Id);
    expect([Status, SubStatements?.map((sub) => sub.Status)]).toEqual([
      "ABORTED",
      ["FINISHED", "ABORTED", "ABORTED"],
    ]);
    expect(await data.rows("select count(*) from t")).toEqual([[0]]);
  });

  it("knows finished ones and strangers", async () => {
    const id = await data.submit("select 1");
    await data.ended(id);
    expect(await refusalOf(data.run("CancelStatement", { Id: id }))).toContain("FINISHED state");
    const unknown = "00000000-0000-0000-0000-000000000000";
    expect(await refusalOf(data.run("CancelStatement", { Id: unknown }))).toBe(
      "ResourceNotFoundException: Query does not exist.",
    );
  });
});
