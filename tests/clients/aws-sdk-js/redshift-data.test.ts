import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementResponse,
  DescribeTableCommand,
  ExecuteStatementCommand,
  type ExecuteStatementInput,
  type Field,
  GetStatementResultCommand,
  GetStatementResultV2Command,
  ListSessionsCommand,
  ListStatementsCommand,
  paginateGetStatementResult,
  paginateListTables,
  RedshiftDataClient,
} from "@aws-sdk/client-redshift-data";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

let millrace: MillraceProcess;
let client: RedshiftDataClient;
const target = { ClusterIdentifier: "millrace", Database: "dev", DbUser: "awsuser" };

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  client = new RedshiftDataClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials,
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

async function execute(
  Sql: string,
  input: Partial<ExecuteStatementInput> = {},
): Promise<DescribeStatementResponse> {
  const place = input.SessionId === undefined ? target : {};
  const { Id } = await client.send(new ExecuteStatementCommand({ ...place, Sql, ...input }));
  return ended(Id);
}

async function ended(Id: string | undefined): Promise<DescribeStatementResponse> {
  for (;;) {
    const described = await client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }));
    if (["FINISHED", "FAILED", "ABORTED"].includes(described.Status ?? "")) return described;
  }
}

async function rows(Sql: string, input: Partial<ExecuteStatementInput> = {}): Promise<Field[][] | undefined> {
  const { Id } = await execute(Sql, input);
  return (await client.send(new GetStatementResultCommand({ Id }))).Records;
}

describe("the SDK for JavaScript", () => {
  it("runs statements with parameters and fetches results", async () => {
    await execute("create table people (id int, name varchar(20), born date)");
    const Parameters = [
      { name: "id", value: "1" },
      { name: "name", value: "O'Hara" },
    ];
    const inserted = await execute("insert into people values (:id, :name, null)", { Parameters });
    expect(inserted).toMatchObject({ Status: "FINISHED", ResultRows: 1, HasResultSet: false });
    expect(await rows("select * from people")).toEqual([
      [{ longValue: 1 }, { stringValue: "O'Hara" }, { isNull: true }],
    ]);
    const { Id } = await execute("select id, name from people", { ResultFormat: "CSV" });
    const csv = await client.send(new GetStatementResultV2Command({ Id }));
    expect(csv.Records).toEqual([{ CSVRecords: "id,name\r\n1,O'Hara\r\n" }]);
  });

  it("pages through results, tables and statements", async () => {
    const { Id } =
      await execute(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
      select i, repeat('x', 1000) from n order by i`);
    const numbers: (number | undefined)[] = [];
    for await (const page of paginateGetStatementResult({ client }, { Id }))
      numbers.push(...(page.Records ?? []).map(([field]) => field?.longValue));
    expect(numbers).toEqual(Array.from({ length: 2000 }, (_, index) => index + 1));
    const names: (string | undefined)[] = [];
    const input = { ...target, SchemaPattern: "pg_catalog", MaxResults: 50 };
    for await (const page of paginateListTables({ client }, input))
      names.push(...(page.Tables ?? []).map(({ name }) => name));
    expect(names).toContain("pg_class");
    expect(new Set(names).size).toBe(names.length);
    const { Statements = [] } = await client.send(new ListStatementsCommand({ MaxResults: 1 }));
    expect(Statements[0]?.Id).toBe(Id);
  });

  it("describes tables, and has sessions and batches", async () => {
    const table = await client.send(
      new DescribeTableCommand({ ...target, Schema: "public", Table: "people" }),
    );
    expect(table.ColumnList?.map(({ name, typeName }) => `${name} ${typeName}`)).toEqual([
      ...["id int4", "name varchar", "born date"],
    ]);
    const { SessionId } = await execute("create temp table t (a int)", { SessionKeepAliveSeconds: 60 });
    await execute("insert into t values (5)", { SessionId });
    expect(await rows("select a from t", { SessionId })).toEqual([[{ longValue: 5 }]]);
    const { Sessions } = await client.send(new ListSessionsCommand({ SessionId }));
    expect(Sessions).toMatchObject([{ Status: "AVAILABLE", SessionAliveSeconds: 60 }]);
    const batch = await client.send(
      new BatchExecuteStatementCommand({ ...target, Sqls: ["select 1", "select * from nope"] }),
    );
    const { Status, SubStatements } = await ended(batch.Id);
    expect([Status, SubStatements?.map((sub) => sub.Status)]).toEqual(["FAILED", ["FINISHED", "FAILED"]]);
  });

  it("cancels, and sees AWS's errors", async () => {
    const Sql = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000000)
      select count(*) from n a, n b`;
    const { Id } = await client.send(new ExecuteStatementCommand({ ...target, Sql }));
    expect(await client.send(new CancelStatementCommand({ Id }))).toMatchObject({ Status: true });
    expect((await ended(Id)).Status).toBe("ABORTED");
    await expect(client.send(new GetStatementResultCommand({ Id }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Query does not have result. Please check query status with DescribeStatement.",
      ResourceId: Id,
    });
    const elsewhere = { ...target, ClusterIdentifier: "nope", Sql: "select 1" };
    await expect(client.send(new ExecuteStatementCommand(elsewhere))).rejects.toMatchObject({
      name: "ValidationException",
      message: "Redshift endpoint doesn't exist in this region.",
    });
    const bad = new DescribeStatementCommand({ Id: "not an id" });
    await expect(client.send(bad)).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("finds its statements and results after kill -9, and repeats nothing", async () => {
    const insert = { ...target, Sql: "insert into people values (2, 'Bo', null)", ClientToken: "once" };
    const first = await client.send(new ExecuteStatementCommand({ ...insert, WaitTimeSeconds: 30 }));
    const { Id } = await execute("select count(*) from people");
    await millrace.kill();
    await millrace.start();
    expect((await client.send(new GetStatementResultCommand({ Id }))).Records).toEqual([[{ longValue: 2 }]]);
    const again = await client.send(new ExecuteStatementCommand(insert));
    expect(again.Id).toBe(first.Id);
    await ended(again.Id);
    expect(await rows("select count(*) from people")).toEqual([[{ longValue: 2 }]]);
  });
});
