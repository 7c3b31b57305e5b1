import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateClusterCommand, RedshiftClient, waitUntilClusterAvailable } from "@aws-sdk/client-redshift";
import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  type ExecuteStatementInput,
  GetStatementResultCommand,
  ListStatementsCommand,
  RedshiftDataClient,
} from "@aws-sdk/client-redshift-data";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const account = "111111111111";
const region = "us-east-1";
const arn = (resource: string): string => `arn:aws:redshift:${region}:${account}:${resource}`;
let millrace: MillraceProcess;
let root: RedshiftDataClient;
const clients: { destroy(): void }[] = [];

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

function made<Client extends { destroy(): void }>(
  Kind: new (options: { endpoint: string; region: string; credentials: Keys; maxAttempts: number }) => Client,
  credentials: Keys,
): Client {
  const client = new Kind({ endpoint: millrace.url, region, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}

let rootKeys: Keys;

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { auth: "verify", account, "transition-ms": "0" } });
  rootKeys = millrace.root;
  const redshift = made(RedshiftClient, rootKeys);
  await redshift.send(
    new CreateClusterCommand({
      ...{ ClusterIdentifier: "sales", NodeType: "ra3.xlplus", ClusterType: "single-node", DBName: "dev" },
      ...{ MasterUsername: "admin", MasterUserPassword: "Passw0rd" },
    }),
  );
  await waitUntilClusterAvailable(
    { client: redshift, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
    { ClusterIdentifier: "sales" },
  );
  root = made(RedshiftDataClient, rootKeys);
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await millrace.dispose();
});

/** A user that these statements of a policy allow something. */
async function userWith(UserName: string, ...statements: object[]): Promise<RedshiftDataClient> {
  const iam = made(IAMClient, rootKeys);
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return made(RedshiftDataClient, {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  });
}

const own = {
  Action: [
    "redshift-data:DescribeStatement",
    "redshift-data:GetStatementResult",
    "redshift-data:ListStatements",
  ],
  Resource: "*",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a variable of policies.
  Condition: { StringEquals: { "redshift-data:statement-owner-iam-userid": "${aws:userid}" } },
};
const execution = { Action: "redshift-data:ExecuteStatement", Resource: arn("cluster:sales") };

async function run(
  client: RedshiftDataClient,
  input: Partial<ExecuteStatementInput> & Pick<ExecuteStatementInput, "Sql">,
): Promise<{
  readonly id: string | undefined;
  readonly status: string | undefined;
  readonly error: string | undefined;
}> {
  const target = { ClusterIdentifier: "sales", Database: "dev", WaitTimeSeconds: 30 };
  const { Id } = await client.send(new ExecuteStatementCommand({ ...target, ...input }));
  const described = await client.send(new DescribeStatementCommand({ Id }));
  return { id: Id, status: described.Status, error: described.Error };
}

describe("where signatures and policies are checked", () => {
  it("nobody gets a database user without its credentials", async () => {
    const anna = await userWith("anna", own, execution, {
      Action: "redshift:GetClusterCredentials",
      Resource: [arn("dbuser:sales/reader"), arn("dbname:sales/dev")],
    });
    await run(root, { Sql: "create user reader password disable", DbUser: "admin" });
    expect((await run(anna, { Sql: "select 1", DbUser: "reader" })).status).toBe("FINISHED");
    const denied = { name: "AccessDeniedException" };
    await expect(run(anna, { Sql: "select 1", DbUser: "admin" })).rejects.toMatchObject(denied);
    await expect(run(anna, { Sql: "select 1" })).rejects.toMatchObject(denied);
    await expect(run(anna, { Sql: "select 1", DbUser: "reader", Database: "other" })).rejects.toMatchObject(
      denied,
    );
  });

  it("an identity comes as its own user, sees what is granted to that, and its own statements", async () => {
    await run(root, { Sql: "create table secrets (id int)", DbUser: "admin" });
    const bert = await userWith("bert", own, execution, {
      Action: "redshift:GetClusterCredentialsWithIAM",
      Resource: arn("dbname:sales/dev"),
    });
    const refused = await run(bert, { Sql: "select * from secrets" });
    expect(refused).toMatchObject({
      status: "FAILED",
      error: "ERROR: permission denied for relation secrets",
    });
    await run(root, { Sql: 'grant select on secrets to "IAM:bert"', DbUser: "admin" });
    const { id, status } = await run(bert, { Sql: "select * from secrets" });
    expect(status).toBe("FINISHED");
    expect((await bert.send(new GetStatementResultCommand({ Id: id }))).TotalNumRows).toBe(0);
    expect((await bert.send(new ListStatementsCommand({ Status: "ALL" }))).Statements?.length).toBe(2);
    const foreign = (await root.send(new ListStatementsCommand({}))).Statements?.[0]?.Id;
    await expect(bert.send(new GetStatementResultCommand({ Id: foreign }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    const cara = await userWith("cara", { Action: "redshift-data:*", Resource: "*" });
    await expect(cara.send(new GetStatementResultCommand({ Id: id }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});
