import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { Redshift } from "@aws-sdk/client-redshift";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
let millrace: VerifyingMillrace;
let redshift: Redshift;
const clients: Client[] = [];
let admin: Client;

async function connect(user: string): Promise<Client> {
  const client = new Client({
    ...{ host: "127.0.0.1", port: millrace.process.sqlPort, user, password: "Passw0rd", database: "dev" },
    ssl: { rejectUnauthorized: false },
    options: "-c cluster=sales",
  });
  clients.push(client);
  await client.connect();
  return client;
}

async function role(RoleName: string, Service: string, statements: readonly object[]): Promise<void> {
  const { iam } = millrace.as(millrace.root);
  const document = (Statement: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement });
  const trust = { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" };
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document([trust]) }));
  const PolicyDocument = document(statements.map((statement) => ({ Effect: "Allow", ...statement })));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
}

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  const { s3 } = millrace.as(millrace.root);
  await s3.send(new CreateBucketCommand({ Bucket: "files" }));
  await s3.send(new PutObjectCommand({ Bucket: "files", Key: "open/full/old", Body: "x" }));
  const writes = [
    { Action: "s3:ListBucket", Resource: "arn:aws:s3:::files" },
    { Action: "s3:PutObject", Resource: "arn:aws:s3:::files/open/*" },
  ];
  await role("writer", "redshift.amazonaws.com", writes);
  await role("stranger", "glue.amazonaws.com", writes);
  redshift = new Redshift({
    ...{ endpoint: millrace.process.url, region: "us-east-1", credentials: millrace.root, maxAttempts: 1 },
  });
  await redshift.createCluster({
    ...{ ClusterIdentifier: "sales", NodeType: "ra3.xlplus", ClusterType: "single-node" },
    ...{ MasterUsername: "admin", MasterUserPassword: "Passw0rd" },
    IamRoles: [roleArn("writer"), roleArn("stranger")],
  });
  await vi.waitFor(
    async () => {
      const { Clusters } = await redshift.describeClusters({ ClusterIdentifier: "sales" });
      expect(Clusters?.[0]?.ClusterStatus).toBe("available");
    },
    { timeout: 20_000 },
  );
  admin = await connect("admin");
  await admin.query("create table t (a int, b varchar(5))");
  await admin.query("insert into t values (1, 'x'), (2, 'y')");
  await admin.query("create user reader password 'Passw0rd'");
});
afterAll(async () => {
  for (const client of clients) await client.end();
  redshift?.destroy();
  await millrace?.dispose();
});

/** "unloaded", or the error's message. */
function unload(prefix: string, options = "", by = "writer", client: Client = admin): Promise<string> {
  const text = `unload ('select * from t') to 's3://files/${prefix}' iam_role '${roleArn(by)}' ${options}`;
  return client.query(text).then(
    () => "unloaded",
    (error: Error) => error.message,
  );
}

async function keysBelow(Prefix: string): Promise<readonly string[]> {
  const { s3 } = millrace.as(millrace.root);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "files", Prefix }));
  return Contents.map(({ Key = "" }) => Key);
}

const denied = /^S3ServiceException:.*Status 403,Error AccessDenied/;

it("a role writes where it may write", async () => {
  expect(await unload("open/a/", "manifest parallel off")).toBe("unloaded");
  expect(await keysBelow("open/a/")).toEqual(["open/a/000", "open/a/manifest"]);
  expect(await unload("closed/a/")).toMatch(denied);
  expect(await unload("closed/b/", "parquet")).toMatch(denied);
  expect(await keysBelow("closed/")).toEqual([]);
});

it("CLEANPATH needs the right to remove", async () => {
  expect(await unload("open/full/", "cleanpath")).toMatch(denied);
  expect(await keysBelow("open/full/")).toEqual(["open/full/old"]);
  expect(await unload("open/full/", "allowoverwrite parallel off")).toBe("unloaded");
});

it("a role that does not trust Redshift is not used", async () => {
  expect(await unload("open/c/", "", "stranger")).toContain("is not authorized to assume IAM Role");
});

it("keys of a user count for what the user may do", async () => {
  const user = await millrace.userWho(
    { Action: "s3:PutObject", Resource: "arn:aws:s3:::files/open/keys/*" },
    { Action: "s3:ListBucket", Resource: "arn:aws:s3:::files" },
  );
  const { accessKeyId, secretAccessKey } = await user.s3.config.credentials();
  const keys = `access_key_id '${accessKeyId}' secret_access_key '${secretAccessKey}'`;
  const by = (prefix: string): Promise<string> =>
    admin.query(`unload ('select * from t') to 's3://files/${prefix}' ${keys} parallel off`).then(
      () => "unloaded",
      (error: Error) => error.message,
    );
  expect(await by("open/keys/")).toBe("unloaded");
  expect(await keysBelow("open/keys/")).toEqual(["open/keys/000"]);
  expect(await by("open/other/")).toMatch(/AccessDenied/);
});

it("a user of the database needs SELECT, and ASSUMEROLE where that is not everybody's", async () => {
  const reader = await connect("reader");
  expect(await unload("open/r/", "", "writer", reader)).toContain("permission denied for relation t");
  await admin.query("grant select on t to reader");
  expect(await unload("open/r/", "", "writer", reader)).toBe("unloaded");
  await admin.query("revoke assumerole on all from public for all");
  expect(await unload("open/s/", "", "writer", reader)).not.toBe("unloaded");
  await admin.query(`grant assumerole on '${roleArn("writer")}' to reader for unload`);
  expect(await unload("open/s/", "", "writer", reader)).toBe("unloaded");
});
