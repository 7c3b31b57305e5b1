import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusterKey, codeOf, principalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
});
afterAll(() => data[Symbol.asyncDispose]());

describe("DescribeStatement", () => {
  it("tells all about a statement", async () => {
    const Parameters = [{ name: "x", value: "1" }];
    const ended = await data.execute("select :x::int", { Parameters, StatementName: "one" });
    expect(ended).toMatchObject({
      ...{ Status: "FINISHED", ClusterIdentifier: "sales", Database: "dev", DbUser: "awsuser" },
      ...{ HasResultSet: true, ResultRows: 1, ResultSize: 1, ResultFormat: "JSON" },
      ...{ QueryString: "select :x::int", QueryParameters: Parameters },
      ...{ SubStatements: undefined, SessionId: undefined, Error: undefined },
    });
    expect(ended.RedshiftPid).toBeGreaterThan(0);
    expect(ended.RedshiftQueryId).toBeGreaterThan(0);
    const sql = `select rtrim(query_text) from sys_query_history where query_id = ${ended.RedshiftQueryId}`;
    expect(await data.rows(sql)).toEqual([["select $1::int"]]);
  });

  it("knows nothing of a batch's statement that is not there", async () => {
    const { Id = "" } = await data.execute("select 1");
    expect(await codeOf(data.run("DescribeStatement", { Id: `${Id}:1` }))).toBe("ResourceNotFoundException");
  });

  it("knows how statements end when Millrace ends", async () => {
    const id = await data.submit("select 1");
    // What a crash leaves behind.
    data.file.prepare("UPDATE statements SET status = 'SUBMITTED'").run();
    await data.state.runner.get(id)?.wait(30, new AbortController().signal);
    const document = { ...data.state.statements.get(clusterKey, id), status: "STARTED" };
    data.file
      .prepare("UPDATE statements SET status = 'SUBMITTED', document = ? WHERE id = ?")
      .run(JSON.stringify(document), id);
    await data.restart();
    expect(await data.run("DescribeStatement", { Id: id })).toMatchObject({
      Status: "FAILED",
      Error: "Millrace was stopped while the statement ran; whether it took effect is not known.",
    });
  });

  it("keeps statements and results over a restart", async () => {
    const { Id = "" } = await data.execute("select 42");
    await data.restart();
    expect((await data.run("DescribeStatement", { Id })).Status).toBe("FINISHED");
    expect((await data.run("GetStatementResult", { Id })).Records).toEqual([[{ longValue: 42 }]]);
  });

  it("is the same for all sessions of a role", async () => {
    const input = { DbUser: undefined };
    const id = await data.submit("select 1", input, { principal: principalOf("role", "etl", "a") });
    const other = { principal: principalOf("role", "etl", "b") };
    expect((await data.ended(id, other)).DbUser).toBe("IAMR:etl");
    expect(data.permissions("DescribeStatement", { Id: id }, other)).toEqual([
      {
        action: "redshift-data:DescribeStatement",
        resources: ["*"],
        context: { "redshift-data:statement-owner-iam-userid": "AROAetl:a" },
      },
    ]);
  });

  it("a paused cluster takes no statements, a deleted one is not there", async () => {
    await data.warehouse.pause(clusterKey);
    expect(await codeOf(data.submit("select 1"))).toBe("ValidationException");
    await data.warehouse.resume(clusterKey);
    expect((await data.execute("select 1")).Status).toBe("FINISHED");
  });

  it("a statement fails when its cluster is paused under it", async () => {
    const slow = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000)
      select count(*) from n a, n b, n c`;
    const id = await data.submit(slow);
    while ((await data.run("DescribeStatement", { Id: id })).Status !== "STARTED")
      await new Promise((resolve) => setImmediate(resolve));
    await data.warehouse.pause(clusterKey);
    const { Status, Error: error } = await data.ended(id);
    expect([Status, error?.slice(0, 6)]).toEqual(["FAILED", "FATAL:"]);
    await data.warehouse.resume(clusterKey);
  });
});
