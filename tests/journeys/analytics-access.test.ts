import { CreateRoleCommand, type IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateStreamCommand, PutRecordCommand } from "@aws-sdk/client-kinesis";
import type { KinesisAnalyticsV2 } from "@aws-sdk/client-kinesis-analytics-v2";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { analyticsClient } from "../fixtures/analytics-client.ts";
import { type Clients, type Statement, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const arn = (resource: string): string => `arn:aws:kinesisanalytics:us-east-1:${account}:${resource}`;
const streamArn = `arn:aws:kinesis:us-east-1:${account}:stream/flights`;
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const FromStart = { InputStartingPosition: "TRIM_HORIZON" } as const;
const runtime = { RuntimeEnvironment: "FLINK-1_20" } as const;
let millrace: VerifyingMillrace;
let root: KinesisAnalyticsV2;
let clients: Clients;
const opened: KinesisAnalyticsV2[] = [];

function clientOf(credentials: Parameters<typeof analyticsClient>[1]): KinesisAnalyticsV2 {
  const client = analyticsClient(millrace.process.url, credentials);
  opened.push(client);
  return client;
}

/** A new user who may do what is said and nothing else. */
async function userWho(...statements: readonly Statement[]): Promise<KinesisAnalyticsV2> {
  const { iam } = await millrace.userWho(...statements);
  return clientOf({ credentials: iam.config.credentials });
}

/** "yes", or the name of the error. */
const answerOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "yes",
    (error: Error) => error.name,
  );

/** A role that trusts a service, and may do what is said. */
async function role(
  iam: IAMClient,
  RoleName: string,
  Service: string,
  ...statements: readonly Statement[]
): Promise<void> {
  const Version = "2012-10-17";
  const trust = { Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version, Statement: [trust] });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  if (statements.length === 0) return;
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  const PolicyDocument = JSON.stringify({ Version, Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
}

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  clients = millrace.as(millrace.root);
  root = clientOf({ credentials: millrace.root });
  const { iam, kinesis, s3 } = clients;
  await role(iam, "stranger", "firehose.amazonaws.com");
  await role(iam, "idle", "kinesisanalytics.amazonaws.com");
  await role(
    iam,
    "reader",
    "kinesisanalytics.amazonaws.com",
    {
      Action: ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator"],
      Resource: streamArn,
    },
    { Action: "s3:GetObject", Resource: "arn:aws:s3:::apps/*" },
  );
  await kinesis.send(new CreateStreamCommand({ StreamName: "flights", ShardCount: 1 }));
  await vi.waitFor(
    () =>
      kinesis.send(
        new PutRecordCommand({ StreamName: "flights", PartitionKey: "k", Data: Buffer.from('{"a":1}') }),
      ),
    { timeout: 20_000 },
  );
  await s3.send(new CreateBucketCommand({ Bucket: "apps" }));
  const Body = "CREATE TABLE a (x INT) WITH ('connector' = 'blackhole'); INSERT INTO a VALUES (1);";
  await s3.send(new PutObjectCommand({ Bucket: "apps", Key: "a.sql", Body }));
});
afterAll(async () => {
  for (const client of opened) client.destroy();
  await millrace.dispose();
});

it("needs leave for the application, and to pass its role", async () => {
  const input = { ApplicationName: "one", ...runtime, ServiceExecutionRole: roleArn("reader") };
  const all = { Action: "kinesisanalytics:*", Resource: arn("application/one") };
  const creator = await userWho(all);
  expect(await answerOf(creator.createApplication(input))).toBe("AccessDeniedException");
  const passer = await userWho(all, {
    Action: "iam:PassRole",
    Resource: roleArn("reader"),
    Condition: { StringEquals: { "iam:PassedToService": "kinesisanalytics.amazonaws.com" } },
  });
  expect(await answerOf(passer.createApplication({ ...input, ApplicationName: "two" }))).toBe(
    "AccessDeniedException",
  );
  expect(await answerOf(passer.createApplication(input))).toBe("yes");
  expect(await answerOf(creator.describeApplication({ ApplicationName: "one" }))).toBe("yes");
  expect(await answerOf(creator.describeApplication({ ApplicationName: "two" }))).toBe(
    "AccessDeniedException",
  );
  expect(await answerOf(creator.listApplications({}))).toBe("AccessDeniedException");
  expect(await answerOf(creator.listTagsForResource({ ResourceARN: arn("application/one") }))).toBe("yes");
  const lister = await userWho({ Action: "kinesisanalytics:ListApplications", Resource: "*" });
  expect(await answerOf(lister.listApplications({}))).toBe("yes");
});

it("works with roles that trust the service alone", async () => {
  const create = (ServiceExecutionRole: string): Promise<unknown> =>
    root.createApplication({ ApplicationName: "three", ...runtime, ServiceExecutionRole });
  await expect(create(roleArn("stranger"))).rejects.toThrow(
    "Kinesis Analytics service doesn't have sufficient privileges to assume the role",
  );
  expect(await answerOf(create(roleArn("nobody")))).toBe("InvalidArgumentException");
  expect(await answerOf(create(roleArn("idle")))).toBe("yes");
});

it("reads code and records in the name of the role", async () => {
  const create = (name: string): Promise<unknown> =>
    root.createApplication({
      ApplicationName: `code-${name}`,
      ...runtime,
      ServiceExecutionRole: roleArn(name),
      ApplicationConfiguration: {
        ApplicationCodeConfiguration: {
          CodeContentType: "PLAINTEXT",
          CodeContent: { S3ContentLocation: { BucketARN: "arn:aws:s3:::apps", FileKey: "a.sql" } },
        },
      },
    });
  await expect(create("idle")).rejects.toThrow(/Please check the role provided or validity of S3 location/);
  expect(await answerOf(create("reader"))).toBe("yes");
  const discover = (name: string): Promise<unknown> =>
    root.discoverInputSchema({
      ResourceARN: streamArn,
      ServiceExecutionRole: roleArn(name),
      InputStartingPositionConfiguration: FromStart,
    });
  expect(await answerOf(discover("idle"))).toBe("InvalidArgumentException");
  expect(await answerOf(discover("reader"))).toBe("yes");
});

it("lets whoever has a page's address in, and nobody else", async () => {
  const ApplicationName = "notes";
  await root.createApplication({
    ApplicationName,
    RuntimeEnvironment: "ZEPPELIN-FLINK-3_0",
    ApplicationMode: "INTERACTIVE",
    ServiceExecutionRole: roleArn("reader"),
  });
  await root.startApplication({ ApplicationName });
  await vi.waitFor(async () => {
    const { ApplicationDetail } = await root.describeApplication({ ApplicationName });
    expect(ApplicationDetail?.ApplicationStatus).toBe("RUNNING");
  });
  const page = `${millrace.process.url}/_millrace/applications/${ApplicationName}`;
  expect((await fetch(page)).status).toBe(403);
  expect((await fetch(`${page}/api/notes`)).status).toBe(403);
  const UrlType = "ZEPPELIN_UI_URL";
  const outsider = await userWho({ Action: "kinesisanalytics:Describe*", Resource: "*" });
  expect(await answerOf(outsider.createApplicationPresignedUrl({ ApplicationName, UrlType }))).toBe(
    "AccessDeniedException",
  );
  const { AuthorizedUrl = "" } = await root.createApplicationPresignedUrl({ ApplicationName, UrlType });
  const opened = await fetch(AuthorizedUrl);
  expect(opened.status).toBe(200);
  const session = new URL(opened.url).searchParams.get("session") ?? "";
  const notes = await fetch(`${page}/api/notes`, { headers: { "x-millrace-session": session } });
  expect(await notes.json()).toEqual({ application: { status: "RUNNING" }, notes: [] });
});
