import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, codeOf, principalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
const ids: string[] = [];
const etl = (session: string) => ({ principal: principalOf("role", "etl", session) });

beforeAll(async () => {
  data = await TestRedshiftData.start();
  for (const [sql, StatementName] of [
    ["select 1", "load one"],
    ["select * from nope", "load two"],
    ["select 2", "Load three"],
  ] as const) {
    const id = await data.submit(sql, { StatementName });
    await data.ended(id);
    ids.unshift(id);
  }
});
afterAll(() => data[Symbol.asyncDispose]());

async function listed(
  input: Parameters<typeof data.run<"ListStatements">>[1],
  call: Parameters<typeof data.run<"ListStatements">>[2] = {},
): Promise<(string | undefined)[]> {
  const { Statements = [] } = await data.run("ListStatements", input, call);
  return Statements.map(({ Id }) => Id);
}

describe("ListStatements", () => {
  it("shows finished statements, the newest first", async () => {
    expect(await listed({})).toEqual([ids[0], ids[2]]);
    const { Statements } = await data.run("ListStatements", { StatementName: "load one" });
    expect(Statements).toMatchObject([
      { QueryString: "select 1", StatementName: "load one", Status: "FINISHED", IsBatchStatement: false },
    ]);
  });

  it("filters by status, by the beginning of the name, by cluster and database", async () => {
    expect(await listed({ Status: "ALL" })).toEqual(ids);
    expect(await listed({ Status: "FAILED" })).toEqual([ids[1]]);
    expect(await listed({ Status: "STARTED" })).toEqual([]);
    expect(await listed({ Status: "ALL", StatementName: "load" })).toEqual([ids[1], ids[2]]);
    expect(await listed({ Status: "ALL", StatementName: "%oad" })).toEqual([]);
    expect(await listed({ ClusterIdentifier: "other" })).toEqual([]);
    expect(await listed({ ClusterIdentifier: "sales", Database: "dev" })).toEqual([ids[0], ids[2]]);
  });

  it("shows those that have not ended as they are", async () => {
    const id = await data.submit("select 3");
    const open = await Promise.all(
      (["SUBMITTED", "PICKED", "STARTED"] as const).map((Status) => listed({ Status })),
    );
    expect(open.flat()).toEqual([id]);
    await data.ended(id);
    await data.run("BatchExecuteStatement", {
      ...admin,
      Sqls: ["select 4", "select 5"],
      WaitTimeSeconds: 30,
    });
    const { Statements = [] } = await data.run("ListStatements", { MaxResults: 1 });
    expect(Statements).toMatchObject([{ IsBatchStatement: true, QueryStrings: ["select 4", "select 5"] }]);
  });

  it("pages", async () => {
    const found: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await data.run("ListStatements", {
        ...{ Status: "ALL", StatementName: "load", MaxResults: 1 },
        ...(NextToken && { NextToken }),
      });
      found.push(...(page.Statements ?? []).map(({ Id }) => Id));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(found).toEqual([ids[1], ids[2]]);
    expect(await codeOf(data.run("ListStatements", { NextToken: "x" }))).toBe("ValidationException");
  });

  it("shows a role's statements, or those of one session of it", async () => {
    const mine = await data.submit("select 1", { DbUser: undefined }, etl("a"));
    await data.ended(mine, etl("a"));
    expect(await listed({}, etl("b"))).toEqual([mine]);
    expect(await listed({ RoleLevel: false }, etl("b"))).toEqual([]);
    expect(await listed({ RoleLevel: false }, etl("a"))).toEqual([mine]);
    expect(await listed({}, { principal: principalOf("user", "etl") })).toEqual([]);
  });
});
