import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, clusterKey, principalOf, refusalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
});
afterAll(() => data[Symbol.asyncDispose]());

async function begin(keepAlive: number = 60, sql: string = "select 1"): Promise<string> {
  const input = { ...admin, Sql: sql, SessionKeepAliveSeconds: keepAlive };
  const { Id = "", SessionId = "" } = await data.run("ExecuteStatement", input);
  await data.ended(Id);
  return SessionId;
}

async function statusOf(SessionId: string): Promise<string | undefined> {
  const { Sessions = [] } = await data.run("ListSessions", { SessionId });
  return Sessions[0]?.Status;
}

describe("sessions", () => {
  it("keep temporary tables, settings and transactions from one statement to the next", async () => {
    const SessionId = await begin(60, "create temp table x (a int)");
    expect((await data.execute("insert into x values (1)", { SessionId })).Status).toBe("FINISHED");
    expect(await data.rows("select a from x", { SessionId })).toEqual([[1]]);
    expect((await data.execute("select a from x")).Error).toContain('relation "x" does not exist');
    await data.execute("begin", { SessionId });
    await data.execute("create table kept (a int)", { SessionId });
    expect((await data.execute("select * from kept")).Status).toBe("FAILED");
    expect((await data.execute("commit", { SessionId })).SessionId).toBe(SessionId);
    expect((await data.execute("select * from kept")).Status).toBe("FINISHED");
  });

  it("run one statement at a time", async () => {
    const SessionId = await begin();
    const [first, second] = await Promise.allSettled([
      data.submit("select 1", { SessionId }),
      data.submit("select 2", { SessionId }),
    ]);
    expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);
    const id = first.status === "fulfilled" ? first.value : "";
    await data.ended(id);
    expect((await data.execute("select 3", { SessionId })).Status).toBe("FINISHED");
  });

  it("are busy while they run and say with what", async () => {
    const input = { ...admin, Sql: "select 1", SessionKeepAliveSeconds: 60 };
    const { Id = "", SessionId = "" } = await data.run("ExecuteStatement", input);
    const { Sessions } = await data.run("ListSessions", { SessionId });
    expect(Sessions).toMatchObject([
      { SessionId, Status: "BUSY", CurrentStatementId: Id, DbUser: "awsuser" },
    ]);
    expect(await refusalOf(data.submit("select 1", { SessionId }))).toBe(
      `ValidationException: Session ${SessionId} is busy: it runs the statement ${Id}.`,
    );
    await data.ended(Id);
    expect(await statusOf(SessionId)).toBe("AVAILABLE");
  });

  it("end when they are not used for long enough, and a day after they began", async () => {
    const SessionId = await begin(60);
    data.clock.advance(59_000);
    await data.execute("select 1", { SessionId });
    data.clock.advance(59_000);
    expect(await statusOf(SessionId)).toBe("AVAILABLE");
    data.clock.advance(1_000);
    expect(await statusOf(SessionId)).toBe("CLOSED");
    expect(await refusalOf(data.submit("select 1", { SessionId }))).toBe(
      `ValidationException: Session ${SessionId} is closed.`,
    );
    const long = await begin(86_400);
    data.clock.advance(80_000_000);
    await data.execute("select 1", { SessionId: long });
    data.clock.advance(6_400_000);
    expect(await refusalOf(data.submit("select 1", { SessionId: long }))).toMatch(/is closed|does not exist/);
  });

  it("take another time to live with each statement", async () => {
    const SessionId = await begin(60);
    await data.execute("select 1", { SessionId, SessionKeepAliveSeconds: 600 });
    data.clock.advance(599_000);
    expect(await statusOf(SessionId)).toBe("AVAILABLE");
    await data.execute("select 1", { SessionId, SessionKeepAliveSeconds: 0 });
    data.clock.advance(0);
    expect(await statusOf(SessionId)).toBe("CLOSED");
  });

  it("belong to whoever began them", async () => {
    const SessionId = await begin();
    const other = { principal: principalOf("user", "anna") };
    expect(await refusalOf(data.submit("select 1", { SessionId }, other))).toBe(
      "ResourceNotFoundException: Session does not exist.",
    );
    expect((await data.run("ListSessions", {}, other)).Sessions).toEqual([]);
    const unknown = "00000000-0000-0000-0000-000000000000";
    expect(await refusalOf(data.run("ListSessions", { SessionId: unknown }))).toContain("does not exist");
  });

  it("go without the members that began them", async () => {
    const SessionId = await begin();
    expect(await refusalOf(data.run("ExecuteStatement", { ...admin, Sql: "select 1", SessionId }))).toBe(
      "ValidationException: ClusterIdentifier can't be specified together with SessionId.",
    );
  });
});

describe("ListSessions", () => {
  it("pages, filters, and shows closed ones when asked", async () => {
    await data.state.sessions.closeAll();
    const ids = [await begin(1), await begin(60), await begin(60)].reverse();
    const first = await data.run("ListSessions", { MaxResults: 2 });
    const second = await data.run("ListSessions", { MaxResults: 2, NextToken: first.NextToken });
    const found = [...(first.Sessions ?? []), ...(second.Sessions ?? [])].map((session) => session.SessionId);
    expect([found, second.NextToken]).toEqual([ids, undefined]);
    data.clock.advance(1_000);
    expect(await statusOf(ids[2] ?? "")).toBe("CLOSED");
    // That a session was closed is noted behind its back.
    await data.file.write(() => undefined);
    const closed = await data.run("ListSessions", {
      Status: "CLOSED",
      ClusterIdentifier: "sales",
      MaxResults: 1,
    });
    expect(closed.Sessions?.map((session) => session.SessionId)).toEqual(ids.slice(2));
    expect((await data.run("ListSessions", { Database: "other" })).Sessions).toEqual([]);
    expect((await data.run("ListSessions", { Status: "BUSY" })).Sessions).toEqual([]);
  });

  it("a session ends with its cluster's pause, and with Millrace", async () => {
    const SessionId = await begin();
    await data.warehouse.pause(clusterKey);
    await data.warehouse.resume(clusterKey);
    expect(await statusOf(SessionId)).toBe("CLOSED");
    const other = await begin();
    await data.restart();
    expect(await statusOf(other)).toBe("CLOSED");
  });
});
