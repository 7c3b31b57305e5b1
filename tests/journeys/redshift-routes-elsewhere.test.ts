import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { Redshift } from "@aws-sdk/client-redshift";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

// Both verify; the one with the cluster has a key of the other one, where the buckets are.
const account = "111111111111";
const role = `iam_role 'arn:aws:iam::${account}:role/reader'`;
let other: VerifyingMillrace;
let millrace: VerifyingMillrace;
let redshift: Redshift;
let client: pg.Client;

const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: Statement.map((one) => ({ Effect: "Allow", ...one })) });

beforeAll(async () => {
  other = await VerifyingMillrace.start("222222222222");
  const { s3 } = other.as(other.root);
  await s3.send(new CreateBucketCommand({ Bucket: "elsewhere" }));
  for (const [Key, Body] of [
    ["open/1", "1|x\n"],
    ["closed/1", "2|y\n"],
  ] as const)
    await s3.send(new PutObjectCommand({ Bucket: "elsewhere", Key, Body }));
  millrace = await VerifyingMillrace.start(account, {
    "redshift-s3-endpoint": other.process.url,
    "object-store-access-key-id": other.root.accessKeyId,
    "object-store-secret-access-key": other.root.secretAccessKey,
  });
  const { iam } = millrace.as(millrace.root);
  const AssumeRolePolicyDocument = policy({
    Principal: { Service: "redshift.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
  await iam.send(new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument }));
  const PolicyDocument = policy(
    { Action: "s3:ListBucket", Resource: "arn:aws:s3:::elsewhere" },
    { Action: "s3:GetObject", Resource: "arn:aws:s3:::elsewhere/open/*" },
    { Action: "s3:PutObject", Resource: "arn:aws:s3:::elsewhere/out/*" },
  );
  await iam.send(new PutRolePolicyCommand({ RoleName: "reader", PolicyName: "p", PolicyDocument }));
  redshift = new Redshift({
    ...{ endpoint: millrace.process.url, region: "us-east-1", credentials: millrace.root, maxAttempts: 1 },
  });
  await redshift.createCluster({
    ...{ ClusterIdentifier: "sales", NodeType: "ra3.xlplus", ClusterType: "single-node" },
    ...{ MasterUsername: "admin", MasterUserPassword: "Passw0rd" },
    IamRoles: [`arn:aws:iam::${account}:role/reader`],
  });
  await vi.waitFor(
    async () => {
      const { Clusters } = await redshift.describeClusters({ ClusterIdentifier: "sales" });
      expect(Clusters?.[0]?.ClusterStatus).toBe("available");
    },
    { timeout: 20_000 },
  );
  const { sqlPort: port } = millrace.process;
  client = new pg.Client({
    ...{ host: "127.0.0.1", port, user: "admin", password: "Passw0rd", database: "dev" },
    ssl: { rejectUnauthorized: false },
  });
  await client.connect();
  await client.query("create table t(a int, b varchar(5))");
});
afterAll(async () => {
  await client?.end();
  redshift?.destroy();
  await millrace?.dispose();
  await other?.dispose();
});

/** `ok`, or the error's message. */
const outcome = (sql: string): Promise<string> =>
  client.query(sql).then(
    () => "ok",
    (error: Error) => error.message,
  );
const denied = /^S3ServiceException:.*Status 403,Error AccessDenied/;

it("another S3 gets what the role may, though its own key may everything", async () => {
  expect(await outcome(`copy t from 's3://elsewhere/open/' ${role}`)).toBe("ok");
  expect(await outcome(`copy t from 's3://elsewhere/closed/' ${role}`)).toMatch(denied);
  expect((await client.query("select a from t")).rows).toEqual([{ a: 1 }]);
  const unload = (folder: string): string =>
    `unload ('select * from t') to 's3://elsewhere/${folder}/' ${role} parallel off`;
  expect(await outcome(unload("out"))).toBe("ok");
  expect(await outcome(unload("closed2"))).toMatch(denied);
  const { s3 } = other.as(other.root);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "elsewhere", Key: "out/000" }));
  expect(await Body?.transformToString()).toBe("1|x\n");
  const stranger = role.replace("reader", "stranger");
  expect(await outcome(`copy t from 's3://elsewhere/open/' ${stranger}`)).toMatch(
    /is not authorized to assume IAM Role/,
  );
});

it("keys in a statement are the other S3's", async () => {
  const copy = ({ accessKeyId, secretAccessKey }: VerifyingMillrace["root"]): string =>
    `copy t from 's3://elsewhere/closed/' access_key_id '${accessKeyId}' secret_access_key '${secretAccessKey}'`;
  expect(await outcome(copy(millrace.root))).toMatch(/Status 403,Error InvalidAccessKeyId/);
  expect(await outcome(copy(other.root))).toBe("ok");
  expect((await client.query("select a from t order by a")).rows).toEqual([{ a: 1 }, { a: 2 }]);
});
