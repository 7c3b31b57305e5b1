import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { Redshift } from "@aws-sdk/client-redshift";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
let millrace: VerifyingMillrace;
let redshift: Redshift;
let client: pg.Client;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  const { iam, s3 } = millrace.as(millrace.root);
  await s3.send(new CreateBucketCommand({ Bucket: "files" }));
  await s3.send(new PutObjectCommand({ Bucket: "files", Key: "open/1", Body: "1|x\n" }));
  await s3.send(new PutObjectCommand({ Bucket: "files", Key: "closed/1", Body: "2|y\n" }));
  const trust = (Service: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
    });
  await iam.send(
    new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument: trust("redshift.amazonaws.com") }),
  );
  await iam.send(
    new CreateRoleCommand({ RoleName: "stranger", AssumeRolePolicyDocument: trust("glue.amazonaws.com") }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: "reader",
      PolicyName: "p",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::files" },
          { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::files/open/*" },
        ],
      }),
    }),
  );
  redshift = new Redshift({
    endpoint: millrace.process.url,
    region: "us-east-1",
    credentials: millrace.root,
    maxAttempts: 1,
  });
  await redshift.createCluster({
    ClusterIdentifier: "sales",
    NodeType: "ra3.xlplus",
    ClusterType: "single-node",
    MasterUsername: "admin",
    MasterUserPassword: "Passw0rd",
    IamRoles: [`arn:aws:iam::${account}:role/reader`, `arn:aws:iam::${account}:role/stranger`],
  });
  await vi.waitFor(
    async () => {
      const { Clusters } = await redshift.describeClusters({ ClusterIdentifier: "sales" });
      expect(Clusters?.[0]?.ClusterStatus).toBe("available");
    },
    { timeout: 20_000 },
  );
  client = new pg.Client({
    ...{
      host: "127.0.0.1",
      port: millrace.process.sqlPort,
      user: "admin",
      password: "Passw0rd",
      database: "dev",
    },
    ssl: { rejectUnauthorized: false },
    options: "-c cluster=sales",
  });
  await client.connect();
  await client.query("create table t(a int, b varchar(5))");
});
afterAll(async () => {
  await client?.end();
  redshift?.destroy();
  await millrace?.dispose();
});

const outcome = (sql: string): Promise<string> =>
  client.query(sql).then(
    () => "loaded",
    (error: Error) => error.message,
  );

it("a role reads what it may read", async () => {
  const role = `iam_role 'arn:aws:iam::${account}:role/reader'`;
  expect(await outcome(`copy t from 's3://files/open/' ${role}`)).toBe("loaded");
  expect(await outcome(`copy t from 's3://files/closed/' ${role}`)).toMatch(
    /^S3ServiceException:.*Status 403,Error AccessDenied/,
  );
  expect((await client.query("select a from t")).rows).toEqual([{ a: 1 }]);
});

it("a role that does not trust Redshift, or that there is not, is none", async () => {
  for (const name of ["stranger", "nobody"])
    expect(
      await outcome(`copy t from 's3://files/open/' iam_role 'arn:aws:iam::${account}:role/${name}'`),
    ).toMatch(/is not authorized to assume IAM Role|not authorized/i);
  expect(await outcome("copy t from 's3://files/open/' iam_role default")).toMatch(/default IAM role/);
});

it("keys count as whose they are", async () => {
  const { accessKeyId, secretAccessKey } = millrace.root;
  const keys = (secret: string): string =>
    `credentials 'aws_access_key_id=${accessKeyId};aws_secret_access_key=${secret}'`;
  expect(await outcome(`copy t from 's3://files/closed/' ${keys(secretAccessKey)}`)).toBe("loaded");
  expect(await outcome(`copy t from 's3://files/closed/' ${keys("wrong")}`)).toMatch(/^S3ServiceException:/);
});

it("users need INSERT on the table", async () => {
  await client.query("create user anna password 'Passw0rd'");
  await client.query("set session authorization anna");
  const sql = `copy t from 's3://files/open/' iam_role 'arn:aws:iam::${account}:role/reader'`;
  expect(await outcome(sql)).toMatch(/permission denied for relation t/);
  await client.query("reset session authorization");
  await client.query("grant insert on t to anna");
  await client.query("set session authorization anna");
  expect(await outcome(sql)).toBe("loaded");
  await client.query("reset session authorization");
});
