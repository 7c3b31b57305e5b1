import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { Redshift } from "@aws-sdk/client-redshift";
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CountingProxy } from "../fixtures/counting-proxy.ts";
import { type Clients, type Key, keyOf, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: Statement.map((one) => ({ Effect: "Allow", ...one })) });

const readsOpen = [
  { Action: "s3:ListBucket", Resource: "arn:aws:s3:::files" },
  { Action: "s3:GetObject", Resource: "arn:aws:s3:::files/open/*" },
];
const writesOut = [
  { Action: "s3:ListBucket", Resource: "arn:aws:s3:::files" },
  { Action: ["s3:PutObject", "s3:DeleteObject"], Resource: "arn:aws:s3:::files/out*" },
];

let proxy: CountingProxy;
let millrace: VerifyingMillrace;
let root: Clients;
let redshift: Redshift;
let client: pg.Client;
let keyArn: string;

/** Roles: `reader`, and by way of `hub` the role `spoke`; `island` trusts nobody of these, `detached` is not the cluster's. */
async function makeRoles(): Promise<void> {
  const trusted: Readonly<Record<string, object>> = {
    reader: { Service: "redshift.amazonaws.com" },
    hub: { Service: "redshift.amazonaws.com" },
    spoke: { AWS: roleArn("hub") },
    island: { AWS: `arn:aws:iam::${account}:user/somebody` },
    decrypter: { Service: "redshift.amazonaws.com" },
    detached: { Service: "redshift.amazonaws.com" },
  };
  const decrypts = { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keyArn };
  const may: Readonly<Record<string, readonly object[]>> = {
    reader: [...readsOpen, ...writesOut],
    hub: [{ Action: "sts:AssumeRole", Resource: [roleArn("spoke"), roleArn("island")] }],
    spoke: [...readsOpen, ...writesOut],
    island: [...readsOpen, ...writesOut],
    decrypter: [...readsOpen, ...writesOut, decrypts],
    detached: [...readsOpen, ...writesOut],
  };
  await root.iam.send(new CreateUserCommand({ UserName: "somebody" }));
  for (const [RoleName, Principal] of Object.entries(trusted)) {
    const AssumeRolePolicyDocument = policy({ Principal, Action: "sts:AssumeRole" });
    await root.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const PolicyDocument = policy(...(may[RoleName] ?? []));
    await root.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
  }
}

async function putFiles(): Promise<void> {
  await root.s3.send(new CreateBucketCommand({ Bucket: "files" }));
  const put = (Key: string, Body: string, more: object = {}): Promise<unknown> =>
    root.s3.send(new PutObjectCommand({ Bucket: "files", Key, Body, ...more }));
  await put("open/1", "1|x\n");
  await put("closed/1", "2|y\n");
  await put("open/secret/1", "3|z\n", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: keyArn });
}

beforeAll(async () => {
  proxy = await CountingProxy.start();
  millrace = await VerifyingMillrace.start(account, { "redshift-vpc-s3-endpoint": proxy.url });
  proxy.targetPort = millrace.process.port;
  root = millrace.as(millrace.root);
  const { KeyMetadata } = await root.kms.send(new CreateKeyCommand({}));
  keyArn = KeyMetadata?.Arn ?? "";
  await makeRoles();
  await putFiles();
  redshift = new Redshift({
    ...{ endpoint: millrace.process.url, region: "us-east-1", credentials: millrace.root, maxAttempts: 1 },
  });
  await redshift.createCluster({
    ...{ ClusterIdentifier: "sales", NodeType: "ra3.xlplus", ClusterType: "single-node" },
    ...{ MasterUsername: "admin", MasterUserPassword: "Passw0rd" },
    IamRoles: ["reader", "hub", "decrypter"].map(roleArn),
  });
  await available(false);
  client = new pg.Client({
    ...{
      host: "127.0.0.1",
      port: millrace.process.sqlPort,
      user: "admin",
      password: "Passw0rd",
      database: "dev",
    },
    ssl: { rejectUnauthorized: false },
  });
  await client.connect();
  await client.query("create table t(a int, b varchar(5))");
});
afterAll(async () => {
  await client?.end();
  redshift?.destroy();
  await millrace?.dispose();
  await proxy?.[Symbol.asyncDispose]();
});

async function available(EnhancedVpcRouting: boolean): Promise<void> {
  await vi.waitFor(
    async () => {
      const { Clusters } = await redshift.describeClusters({ ClusterIdentifier: "sales" });
      expect(Clusters?.[0]).toMatchObject({ ClusterStatus: "available", EnhancedVpcRouting });
    },
    { timeout: 20_000 },
  );
}

/** `ok`, or the error's message. */
const outcome = (sql: string): Promise<string> =>
  client.query(sql).then(
    () => "ok",
    (error: Error) => error.message,
  );
const roles = (...names: readonly string[]): string => `iam_role '${names.map(roleArn).join(",")}'`;
const copy = (folder: string, authorization: string): Promise<string> =>
  outcome(`copy t from 's3://files/${folder}/' ${authorization}`);
const unload = (folder: string, authorization: string, more = ""): Promise<string> =>
  outcome(`unload ('select 1 as a') to 's3://files/${folder}/' ${authorization} parallel off ${more}`);
const keys = ({ accessKeyId, secretAccessKey, sessionToken }: Key): string =>
  `access_key_id '${accessKeyId}' secret_access_key '${secretAccessKey}'` +
  (sessionToken === undefined ? "" : ` session_token '${sessionToken}'`);

async function loaded(): Promise<readonly number[]> {
  return (await client.query<{ a: number }>("select a from t order by a")).rows.map(({ a }) => a);
}

async function written(folder: string): Promise<readonly (string | undefined)[]> {
  const { Contents = [] } = await root.s3.send(
    new ListObjectsV2Command({ Bucket: "files", Prefix: `${folder}/` }),
  );
  return Contents.map(({ Key }) => Key);
}

async function userKey(UserName: string, ...statements: readonly object[]): Promise<Key> {
  await root.iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = policy(...statements);
  await root.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

const denied = /^S3ServiceException:.*Status 403,Error AccessDenied/;
const notAssumed = /is not authorized to assume IAM Role/;

describe.each([
  ["within the process", false],
  ["by the VPC's route", true],
])("%s", (way, isRouted) => {
  const out = `out-${isRouted ? "vpc" : "own"}`;
  const userName = (name: string): string => `${name}-${isRouted ? "vpc" : "own"}`;
  beforeAll(async () => {
    if (isRouted) await redshift.modifyCluster({ ClusterIdentifier: "sales", EnhancedVpcRouting: true });
    await available(isRouted);
  });
  afterEach(() => client.query("truncate t"));

  it("roles do what they may, and nothing else", async () => {
    proxy.open();
    expect(await copy("open/1", roles("reader"))).not.toBe("ok");
    expect(await outcome(`copy t from 's3://files/open/1' ${roles("reader")}`)).toBe("ok");
    expect(await copy("closed", roles("reader"))).toMatch(denied);
    expect(await loaded()).toEqual([1]);
    expect(await unload(`${out}/1`, roles("reader"))).toBe("ok");
    expect(await written(`${out}/1`)).toEqual([`${out}/1/000`]);
    expect(await unload("elsewhere", roles("reader"))).toMatch(denied);
    expect(await written("elsewhere")).toEqual([]);
    expect(proxy.bytesDown > 0, way).toBe(isRouted);
  });

  it("roles must be attached to the cluster, which takes iam:PassRole", async () => {
    expect(await copy("open", roles("detached"))).toMatch(notAssumed);
    expect(await unload(`${out}/detached`, roles("detached"))).toMatch(notAssumed);
    expect(await written(`${out}/detached`)).toEqual([]);
  });

  it("chains end in the last role, each assumed by the one before it", async () => {
    expect(await copy("open/1", roles("hub", "spoke"))).toMatch(/The specified S3 prefix/);
    expect(await outcome(`copy t from 's3://files/open/1' ${roles("hub", "spoke")}`)).toBe("ok");
    expect(await loaded()).toEqual([1]);
    expect(await unload(`${out}/chain`, roles("hub", "spoke"))).toBe("ok");
    expect(await written(`${out}/chain`)).toEqual([`${out}/chain/000`]);
    // The first role may do nothing itself, and the last one trusts it alone.
    for (const chain of [["hub", "island"], ["reader", "spoke"], ["spoke"], ["hub", "spoke", "reader"]])
      expect(await copy("open", roles(...chain)), chain.join()).toMatch(notAssumed);
    expect(await copy("open", roles("hub"))).toMatch(denied);
    expect(await unload(`${out}/refused`, roles("reader", "spoke"))).toMatch(notAssumed);
    expect(await written(`${out}/refused`)).toEqual([]);
    expect(await loaded()).toEqual([1]);
  });

  it("keys count as whose they are", async () => {
    const anna = await userKey(userName("anna"), ...readsOpen, ...writesOut);
    const bert = await userKey(userName("bert"), readsOpen[0] ?? {});
    expect(await outcome(`copy t from 's3://files/open/1' ${keys(anna)}`)).toBe("ok");
    expect(await unload(`${out}/keys`, keys(anna))).toBe("ok");
    expect(await written(`${out}/keys`)).toEqual([`${out}/keys/000`]);
    expect(await copy("closed", keys(anna))).toMatch(denied);
    expect(await copy("open", keys(bert))).toMatch(denied);
    expect(await unload(`${out}/none`, keys(bert))).toMatch(denied);
    expect(await copy("open", keys({ ...anna, secretAccessKey: "wrong" }))).toMatch(
      /^S3ServiceException:.*Status 403,Error SignatureDoesNotMatch/,
    );
    expect(await copy("open", keys({ ...anna, accessKeyId: "AKIAIOSFODNN7EXAMPLE" }))).toMatch(
      /^S3ServiceException:.*Status 403,Error InvalidAccessKeyId/,
    );
    expect(await loaded()).toEqual([1]);
  });

  it("keys of sessions need their token", async () => {
    const carl = userName("carl");
    const key = await userKey(carl, { Action: "sts:AssumeRole", Resource: "*" });
    const AssumeRolePolicyDocument = policy({
      Principal: { AWS: `arn:aws:iam::${account}:user/${carl}` },
      Action: "sts:AssumeRole",
    });
    await root.iam.send(new CreateRoleCommand({ RoleName: carl, AssumeRolePolicyDocument }));
    const put = { RoleName: carl, PolicyName: "p", PolicyDocument: policy(...readsOpen) };
    await root.iam.send(new PutRolePolicyCommand(put));
    const assume = new AssumeRoleCommand({ RoleArn: roleArn(carl), RoleSessionName: "session" });
    const session = keyOf((await millrace.as(key).sts.send(assume)).Credentials);
    expect(await outcome(`copy t from 's3://files/open/1' ${keys(session)}`)).toBe("ok");
    const { sessionToken: _, ...tokenless } = session;
    expect(await copy("open", keys(tokenless))).toMatch(/^S3ServiceException:.*Status 403/);
    expect(await loaded()).toEqual([1]);
  });

  it("encrypted objects need the key's permission, and get it for writing", async () => {
    expect(await copy("open/secret", roles("reader"))).toMatch(denied);
    expect(await loaded()).toEqual([]);
    expect(await copy("open/secret", roles("decrypter"))).toBe("ok");
    expect(await loaded()).toEqual([3]);
    const encrypted = `kms_key_id '${keyArn}' encrypted`;
    expect(await unload(`${out}/refused`, roles("reader"), encrypted)).toMatch(denied);
    expect(await written(`${out}/refused`)).toEqual([]);
    expect(await unload(`${out}/secret`, roles("decrypter"), encrypted)).toBe("ok");
    const head = await root.s3.send(new HeadObjectCommand({ Bucket: "files", Key: `${out}/secret/000` }));
    expect(head).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: keyArn });
  });
});
