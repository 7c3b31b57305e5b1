import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, codeOf, principalOf, refusalOf, TestRedshiftData } from "../test-redshift-data.ts";

let data: TestRedshiftData;
beforeAll(async () => {
  data = await TestRedshiftData.start();
  await data.execute("create table t (id int, name varchar(20))");
  await data.execute("insert into t values (1, 'one'), (2, 'two'), (3, null)");
});
afterAll(() => data[Symbol.asyncDispose]());

describe("ExecuteStatement", () => {
  it("answers at once and runs behind the call", async () => {
    const answer = await data.run("ExecuteStatement", { ...admin, Sql: "select count(*) from t" });
    expect(answer).toMatchObject({ ClusterIdentifier: "sales", Database: "dev", DbUser: "awsuser" });
    expect(answer.Id).toMatch(/^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}$/);
    expect(await data.ended(answer.Id ?? "")).toMatchObject({ Status: "FINISHED", ResultRows: 1 });
  });

  it("waits for the end when it is told to", async () => {
    const input = { ...admin, Sql: "select id from t", WaitTimeSeconds: 30 };
    const answer = await data.run("ExecuteStatement", input);
    expect(answer).toMatchObject({ Status: "FINISHED", HasResultSet: true });
    expect(answer.RedshiftPid).toBeGreaterThan(0);
  });

  it("puts named parameters in as values", async () => {
    const Parameters = [
      { name: "id", value: "2" },
      { name: "name", value: "x' or '1'='1" },
    ];
    const sql = "select id, name from t where id = :id or name = :name order by id";
    expect(await data.rows(sql, { Parameters })).toEqual([[2, "two"]]);
    const insert = await data.execute("insert into t values (:id, :name)", {
      Parameters: [
        { name: "id", value: "9" },
        { name: "name", value: "O'Hara" },
      ],
    });
    expect(insert).toMatchObject({ Status: "FINISHED", ResultRows: 1, HasResultSet: false, ResultSize: 0 });
    expect(await data.rows("select name from t where id = 9")).toEqual([["O'Hara"]]);
    await data.execute("delete from t where id = 9");
  });

  it("refuses parameters that nothing uses", async () => {
    const Parameters = [{ name: "id", value: "1" }];
    const answer = data.submit("unload ('select :id') to 's3://b/p'", { Parameters });
    expect(await refusalOf(answer)).toBe(
      "ValidationException: Parameters list contains unused parameters. Unused parameters: [id]",
    );
  });

  it("fails where the database does, in its words", async () => {
    expect(await data.execute("select * from nope")).toMatchObject({
      Status: "FAILED",
      Error: 'ERROR: relation "nope" does not exist',
      HasResultSet: false,
      ResultRows: -1,
    });
    const { Error: syntax } = await data.execute("select :colname, from event");
    expect(syntax).toMatch(/^ERROR: syntax error at or near ":"/);
    expect((await data.execute("select 1; select 2")).Error).toContain("multiple commands");
    expect((await data.execute("select $1")).Error).toBe("ERROR: there is no parameter $1");
    expect((await data.execute("select 'abc")).Status).toBe("FAILED");
    expect((await data.execute("select 1", { Database: "nope" })).Error).toBe(
      'FATAL: database "nope" does not exist',
    );
    expect((await data.execute("select 1", { DbUser: "nobody" })).Error).toBe(
      'FATAL: user "nobody" does not exist',
    );
  });

  it("a comment alone does nothing", async () => {
    expect(await data.execute("-- nothing")).toMatchObject({ Status: "FINISHED", HasResultSet: false });
  });

  it("is the user of the IAM identity where no user is named, and makes it", async () => {
    const input = { DbUser: undefined };
    for (const [principal, user] of [
      [principalOf("user", "anna"), "IAM:anna"],
      [principalOf("role", "analyst"), "IAMR:analyst"],
      [principalOf("user", "awsuser"), "IAM:awsuser"],
    ] as const) {
      expect(await data.rows("select current_user", input, { principal })).toEqual([[user]]);
      const { Error: denied } = await data.execute("select * from t", input, { principal });
      expect(denied).toBe("ERROR: permission denied for relation t");
    }
  });

  it("refuses what it cannot do by name", async () => {
    const Sql = "select 1";
    const refusals = await Promise.all(
      [
        { Sql, WorkgroupName: "wg", Database: "dev" },
        { Sql, ClusterIdentifier: "sales", Database: "dev", SecretArn: "arn:secret" },
        { Sql, ...admin, WithEvent: true },
        { Sql, Database: "dev" },
        { Sql, ClusterIdentifier: "sales" },
        { Sql, ...admin, ClusterIdentifier: "nope" },
        { Sql: " ", ...admin },
        { Sql: "x".repeat(102_401), ...admin },
        {
          Sql: "select :a",
          ...admin,
          Parameters: [
            { name: "a", value: "1" },
            { name: "a", value: "2" },
          ],
        },
      ].map((input) => refusalOf(data.run("ExecuteStatement", input))),
    );
    expect(refusals).toEqual([
      "NotImplemented: WorkgroupName (Redshift Serverless) is not implemented by Millrace.",
      "NotImplemented: SecretArn (Secrets Manager) is not implemented by Millrace.",
      "NotImplemented: WithEvent (EventBridge) is not implemented by Millrace.",
      "ValidationException: Either ClusterIdentifier, WorkgroupName or SessionId must be provided.",
      "ValidationException: Database must be provided when temporary credentials are used.",
      "ValidationException: Redshift endpoint doesn't exist in this region.",
      "ValidationException: The SQL statement must not be empty.",
      "ValidationException: Cannot process query string larger than 100 KB.",
      "ValidationException: Parameters must not have two entries of the same name.",
    ]);
  });

  it("does nothing twice for one ClientToken, also after a restart", async () => {
    await data.execute("create table once (id int)");
    const input = { ...admin, Sql: "insert into once values (1)", ClientToken: "token" };
    const [first, second] = await Promise.all([
      data.run("ExecuteStatement", input),
      data.run("ExecuteStatement", input),
    ]);
    await data.ended(first.Id ?? "");
    await data.restart();
    const third = await data.run("ExecuteStatement", { ...input, WaitTimeSeconds: 1 });
    expect([second.Id, third.Id]).toEqual([first.Id, first.Id]);
    expect(await data.rows("select count(*) from once")).toEqual([[1]]);
    expect(await codeOf(data.run("ExecuteStatement", { ...input, Sql: "select 1" }))).toBe(
      "ValidationException",
    );
  });

  it("asks for the rights to the cluster and to the user's credentials", () => {
    const cluster = "arn:aws:redshift:us-east-1:000000000000:cluster:sales";
    const dbname = "arn:aws:redshift:us-east-1:000000000000:dbname:sales/dev";
    expect(data.permissions("ExecuteStatement", { ...admin, Sql: "select 1" })).toEqual([
      { action: "redshift-data:ExecuteStatement", resources: [cluster] },
      {
        action: "redshift:GetClusterCredentials",
        resources: ["arn:aws:redshift:us-east-1:000000000000:dbuser:sales/awsuser", dbname],
        context: { "redshift:DbUser": "awsuser", "redshift:DbName": "dev" },
      },
    ]);
    const asIdentity = { ClusterIdentifier: "sales", Database: "dev", Sql: "select 1" };
    expect(data.permissions("ExecuteStatement", asIdentity)[1]).toEqual({
      action: "redshift:GetClusterCredentialsWithIAM",
      resources: [dbname],
    });
  });
});
