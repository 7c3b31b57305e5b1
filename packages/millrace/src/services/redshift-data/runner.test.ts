import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { limits } from "./limits.ts";
import { admin, clusterKey, codeOf, refusalOf, TestRedshiftData } from "./test-redshift-data.ts";

let data: TestRedshiftData;
beforeEach(async () => {
  data = await TestRedshiftData.start();
});
afterEach(() => data[Symbol.asyncDispose]());

const statusOf = async (Id: string): Promise<string | undefined> =>
  (await data.run("DescribeStatement", { Id })).Status;

/** Statements that wait for a lock which a session holds until it commits. */
async function blocked(
  count: number,
): Promise<{ readonly SessionId: string; readonly ids: readonly string[] }> {
  await data.execute("create table t (id int)");
  const { SessionId = "" } = await data.execute("begin", { SessionKeepAliveSeconds: 3_600 });
  await data.execute("lock table t", { SessionId });
  const ids: string[] = [];
  for (let at = 0; at < count; at++) ids.push(await data.submit(`insert into t values (${at})`));
  return { SessionId, ids };
}

it("a session that others wait for is never behind them in line", async () => {
  const { SessionId, ids } = await blocked(limits.runningStatements + 2);
  expect(await statusOf(ids.at(-1) ?? "")).toBe("SUBMITTED");
  expect((await data.execute("commit", { SessionId })).Status).toBe("FINISHED");
  for (const id of ids) expect((await data.ended(id)).Status).toBe("FINISHED");
  expect(await data.rows("select count(*) from t")).toEqual([[ids.length]]);
});

it("one that waits in line is cancelled at once", async () => {
  const { SessionId, ids } = await blocked(limits.runningStatements + 1);
  const last = ids.at(-1) ?? "";
  expect(await data.run("CancelStatement", { Id: last })).toEqual({ Status: true });
  expect(await statusOf(last)).toBe("ABORTED");
  await data.execute("commit", { SessionId });
  for (const id of ids.slice(0, -1)) expect((await data.ended(id)).Status).toBe("FINISHED");
});

it("a cluster has no more than its active statements and sessions", async () => {
  const { SessionId, ids } = await blocked(limits.activeStatements);
  expect(await codeOf(data.submit("select 1"))).toBe("ActiveStatementsExceededException");
  expect(await codeOf(data.submit("commit", { SessionId }))).toBe("ActiveStatementsExceededException");
  data.state.runner.cancel(data.state.runner.get(ids.at(-1) ?? "") ?? fail(), "no room");
  await data.ended(ids.at(-1) ?? "");
  await data.execute("commit", { SessionId });
  for (const id of ids) await data.ended(id);
  const target = { cluster: "sales", database: "dev", dbUser: "awsuser", isIdentity: false };
  const runner = { identity: "a", userId: "a" };
  const create = (): Promise<unknown> => data.state.sessions.create(clusterKey, runner, target, 60);
  for (let count = 1; count < limits.activeSessions; count++) await create();
  expect(await codeOf(create())).toBe("ActiveSessionsExceededException");
}, 60_000);

function fail(): never {
  throw new Error("there is no such statement");
}

it("no more requests than allowed wait for one statement", async () => {
  const { SessionId, ids } = await blocked(1);
  const input = { Id: ids[0] ?? "", WaitTimeSeconds: 30 };
  const waiting = Array.from({ length: limits.waitingRequests }, () => data.run("DescribeStatement", input));
  expect(await codeOf(data.run("GetStatementResult", input))).toBe("ActiveWaitingRequestsExceededException");
  data.clock.advance(30_000);
  const statuses = (await Promise.all(waiting)).map(({ Status }) => Status);
  expect(new Set(statuses).has("FINISHED")).toBe(false);
  await data.execute("commit", { SessionId });
  await data.ended(input.Id);
});

it("a result that has not come in time is not there yet", async () => {
  const { SessionId, ids } = await blocked(1);
  const answer = data.run("GetStatementResult", { Id: ids[0] ?? "", WaitTimeSeconds: 1 });
  const refusal = refusalOf(answer);
  data.clock.advance(1_000);
  expect(await refusal).toContain("Query does not have result.");
  await data.execute("commit", { SessionId });
  await data.ended(ids[0] ?? "");
});

it("a day later nothing is left, and a reset leaves nothing at once", async () => {
  const results = join(data.directory, "results");
  await data.execute("select 1");
  expect(readdirSync(results).length).toBe(1);
  data.clock.advance(limits.retentionMs);
  await data.state.sweep.run();
  expect(readdirSync(results)).toEqual([]);
  expect((await data.run("ListStatements", { Status: "ALL" })).Statements).toEqual([]);
  const SessionId = (await data.execute("select 1", { SessionKeepAliveSeconds: 60 })).SessionId ?? "";
  const id = await data.submit("select 2");
  await data.state.reset();
  expect(await codeOf(data.run("DescribeStatement", { Id: id }))).toBe("ResourceNotFoundException");
  expect(await codeOf(data.submit("select 1", { SessionId }))).toBe("ResourceNotFoundException");
  expect((await data.execute("select 3")).Status).toBe("FINISHED");
});

it("the oldest go first when there is too much", async () => {
  const ids: string[] = [];
  for (const sql of ["select 'aaaa'", "select 'bbbb'", "select 'cccc'"]) {
    ids.push(await data.submit(sql));
    await data.ended(ids.at(-1) ?? "");
  }
  const { statements } = data.state;
  expect(await statements.prune(0, { statements: 10, bytes: 100 })).toEqual([]);
  expect(await statements.prune(0, { statements: 10, bytes: 8 })).toEqual([ids[0]]);
  expect(await statements.prune(0, { statements: 1, bytes: 100 })).toEqual([ids[1]]);
  // Files that belong to nothing go when Millrace starts.
  await data.restart();
  expect(readdirSync(join(data.directory, "results"))).toEqual([`${ids[2]}_1.jsonl`]);
});

it("clients that call at once get statements of their own", async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, at) => data.run("ExecuteStatement", { ...admin, Sql: `select ${at}` })),
  );
  const values = await Promise.all(
    answers.map(async ({ Id = "" }) => {
      await data.ended(Id);
      return (await data.run("GetStatementResult", { Id })).Records?.[0]?.[0]?.longValue;
    }),
  );
  expect(values).toEqual(Array.from({ length: 60 }, (_, at) => at));
});
