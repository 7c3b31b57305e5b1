import {
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetTablesCommand,
  GlueClient,
  ListCrawlsCommand,
  StartCrawlerCommand,
} from "@aws-sdk/client-glue";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Key, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";
import { waitForCrawl } from "../fixtures/wait-for-crawl.ts";

const account = "000000000000";

let millrace: VerifyingMillrace;
let iam: IAMClient;
let glue: GlueClient;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  const clients = millrace.as(millrace.root);
  iam = clients.iam;
  glue = glueOf(millrace.root);
  await clients.s3.send(new CreateBucketCommand({ Bucket: "lake" }));
  for (const Key of ["open/a.json", "secret/a.json"])
    await clients.s3.send(new PutObjectCommand({ Bucket: "lake", Key, Body: '{"a":1}\n{"a":2}\n' }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
});
afterAll(() => millrace.process.dispose());

function glueOf(credentials: Key): GlueClient {
  return new GlueClient({ endpoint: millrace.process.url, region: "us-east-1", credentials, maxAttempts: 1 });
}

const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

/** Makes a role that a service may assume, and that may do what is said. */
async function role(RoleName: string, service: string, ...statements: readonly object[]): Promise<void> {
  const AssumeRolePolicyDocument = policy({
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
  });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const PolicyDocument = policy(...statements);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
}

async function create(client: GlueClient, Name: string, Role: string): Promise<void> {
  const Targets = { S3Targets: [{ Path: "s3://lake/" }] };
  await client.send(new CreateCrawlerCommand({ Name, Role, DatabaseName: "shop", Targets }));
}

const listing = { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::lake" };

describe("the role of a crawler", () => {
  it("must be there and trust Glue", async () => {
    await role("of-ec2", "ec2.amazonaws.com", listing);
    for (const name of ["none", "of-ec2"])
      await expect(create(glue, "refused", name)).rejects.toMatchObject({
        name: "InvalidInputException",
        message: expect.stringContaining("Service is unable to assume provided role"),
      });
  });

  it("decides what is read", async () => {
    await role("reader", "glue.amazonaws.com", listing, {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::lake/open/*",
    });
    await create(glue, "reader", "reader");
    await glue.send(new StartCrawlerCommand({ Name: "reader" }));
    expect(await waitForCrawl(glue, "reader")).toMatchObject({ Status: "SUCCEEDED" });
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: "shop" }));
    expect(TableList.map(({ Parameters }) => Parameters?.["objectCount"])).toEqual(["1"]);
    const { Crawls = [] } = await glue.send(new ListCrawlsCommand({ CrawlerName: "reader" }));
    expect(Crawls[0]?.Summary).toContain("s3://lake/secret/a.json");
  });

  it("must be allowed to list the bucket", async () => {
    await role("blind", "glue.amazonaws.com", { Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
    await create(glue, "blind", "blind");
    await glue.send(new StartCrawlerCommand({ Name: "blind" }));
    expect(await waitForCrawl(glue, "blind")).toMatchObject({
      Status: "FAILED",
      ErrorMessage: expect.stringContaining("s3:ListBucket"),
    });
  });

  it("is passed by those alone who may", async () => {
    const user = async (UserName: string, ...statements: readonly object[]): Promise<GlueClient> => {
      await iam.send(new CreateUserCommand({ UserName }));
      const PolicyDocument = policy(...statements);
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      const { AccessKeyId = "", SecretAccessKey = "" } = AccessKey ?? {};
      return glueOf({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
    };
    const crawlers = {
      Effect: "Allow",
      Action: "glue:CreateCrawler",
      Resource: "arn:aws:glue:*:*:crawler/*",
    };
    const passing = {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: `arn:aws:iam::${account}:role/reader`,
      Condition: { StringEquals: { "iam:PassedToService": "glue.amazonaws.com" } },
    };
    const without = await user("without", crawlers);
    await expect(create(without, "theirs", "reader")).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("iam:PassRole"),
    });
    const allowed = await user("allowed", crawlers, passing);
    await create(allowed, "theirs", "reader");
    await expect(create(allowed, "another", "blind")).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });
});
