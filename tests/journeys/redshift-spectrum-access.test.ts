import { CreateDatabaseCommand, CreateTableCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { Redshift } from "@aws-sdk/client-redshift";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Statement, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const region = "us-east-1";
let millrace: VerifyingMillrace;
let redshift: Redshift;
let glue: GlueClient;
let client: pg.Client;

const glueArn = (resource: string): string => `arn:aws:glue:${region}:${account}:${resource}`;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  const settings = { endpoint: millrace.process.url, region, credentials: millrace.root, maxAttempts: 1 };
  redshift = new Redshift(settings);
  glue = new GlueClient(settings);
  const { s3 } = millrace.as(millrace.root);
  await s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  for (const name of ["open", "closed"]) {
    await s3.send(new PutObjectCommand({ Bucket: "lake", Key: `${name}/1`, Body: "1\n2\n" }));
  }
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "lake" } }));
  for (const name of ["open", "closed", "hidden"])
    await glue.send(
      new CreateTableCommand({
        DatabaseName: "lake",
        TableInput: {
          Name: name,
          StorageDescriptor: {
            Columns: [{ Name: "n", Type: "int" }],
            Location: `s3://lake/${name === "hidden" ? "open" : name}/`,
            InputFormat: "org.apache.hadoop.mapred.TextInputFormat",
            SerdeInfo: { SerializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe" },
          },
        },
      }),
    );
  await redshift.createCluster({
    ...{ ClusterIdentifier: "sales", NodeType: "ra3.xlplus", ClusterType: "single-node" },
    ...{ MasterUsername: "admin", MasterUserPassword: "Passw0rd" },
    ClusterParameterGroupName: "default.redshift-1.0",
  });
  await available();
  client = new pg.Client({
    ...{ host: "127.0.0.1", port: millrace.process.sqlPort, user: "admin", password: "Passw0rd" },
    database: "dev",
  });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  for (const one of [redshift, glue]) one?.destroy();
  await millrace?.dispose();
});

async function available(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { Clusters } = await redshift.describeClusters({ ClusterIdentifier: "sales" });
      expect(Clusters?.[0]?.ClusterStatus).toBe("available");
    },
    { timeout: 20_000 },
  );
}

/** A role that the service may assume, and that may do what is said. */
async function roleWho(name: string, service: string, ...statements: readonly Statement[]): Promise<string> {
  const { iam } = millrace.as(millrace.root);
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      }),
    }),
  );
  if (statements.length > 0)
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: "p",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
        }),
      }),
    );
  const arn = Role?.Arn ?? "";
  await redshift.modifyClusterIamRoles({ ClusterIdentifier: "sales", AddIamRoles: [arn] });
  await available();
  return arn;
}

const answer = (sql: string): Promise<string> =>
  client.query({ text: sql, rowMode: "array" }).then(
    ({ rows }) => JSON.stringify(rows),
    (error: Error) => error.message,
  );

it("external tables are read with what the schema's role may, in the catalog and in S3", async () => {
  const role = await roleWho(
    "reader",
    "redshift.amazonaws.com",
    { Action: "glue:GetTable", Resource: glueArn("catalog") },
    { Action: "glue:GetTable", Resource: glueArn("database/lake") },
    { Action: "glue:GetTable", Resource: glueArn("table/lake/open") },
    { Action: "glue:GetTable", Resource: glueArn("table/lake/closed") },
    { Action: "s3:ListBucket", Resource: "arn:aws:s3:::lake" },
    { Action: "s3:GetObject", Resource: "arn:aws:s3:::lake/open/*" },
  );
  await client.query(`create external schema lake from data catalog database 'lake' iam_role '${role}'`);
  expect(await answer("select sum(n)::int from lake.open")).toBe("[[3]]");
  expect(await answer("select * from lake.hidden")).toMatch(
    /^AccessDeniedException from glue - User: .* is not authorized to perform: glue:GetTable/,
  );
  expect(await answer("select * from lake.closed")).toMatch(
    /^S3ServiceException:.*s3:GetObject.*,Status 403,Error AccessDenied/,
  );
  expect(await answer("drop table lake.open")).toMatch(/glue:DeleteTable/);
  expect(await answer("create external table lake.made (n int) location 's3://lake/made/'")).toMatch(
    /glue:CreateTable/,
  );
  expect(
    await answer(
      "create external table lake.made stored as parquet location 's3://lake/made/' as select 1 as n",
    ),
  ).toMatch(/AccessDenied/);
  expect(await answer("select 1")).toBe("[[1]]");
});

it("a role that does not trust Redshift is of no use", async () => {
  const role = await roleWho("other", "ec2.amazonaws.com");
  await client.query(`create external schema other from data catalog database 'lake' iam_role '${role}'`);
  expect(await answer("select * from other.open")).toMatch(
    /^AccessDeniedException from glue - .*sts:AssumeRole/,
  );
});
