import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateDeliveryStreamCommand,
  type CreateDeliveryStreamCommandInput,
  FirehoseClient,
  PutRecordCommand,
  UpdateDestinationCommand,
} from "@aws-sdk/client-firehose";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDeliveryStream, eventually, objectsOf } from "../fixtures/firehose-client.ts";
import { type Clients, type Key, type Statement, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const region = "us-east-1";
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const streamArn = (name: string): string => `arn:aws:firehose:${region}:${account}:deliverystream/${name}`;

let millrace: VerifyingMillrace;
let root: Clients;
let firehose: FirehoseClient;
let logs: CloudWatchLogsClient;
const clients: { destroy(): void }[] = [];

function firehoseOf(credentials: Key): FirehoseClient {
  const client = new FirehoseClient({ endpoint: millrace.process.url, region, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  root = millrace.as(millrace.root);
  firehose = firehoseOf(millrace.root);
  const endpoint = millrace.process.url;
  logs = new CloudWatchLogsClient({ endpoint, region, credentials: millrace.root });
  clients.push(logs);
  await root.s3.send(new CreateBucketCommand({ Bucket: "lake" }));
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await millrace?.dispose();
});

async function makeRole(RoleName: string, service: string = "firehose.amazonaws.com"): Promise<void> {
  const Statement = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await root.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
}

async function allow(RoleName: string, Action: string, Resource: string): Promise<void> {
  const Statement = { Effect: "Allow", Action, Resource };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await root.iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: Action.split(":")[1], PolicyDocument }),
  );
}

/** Firehose of a new user who may do what is said and nothing else. */
async function userWho(UserName: string, ...statements: readonly Statement[]): Promise<FirehoseClient> {
  await root.iam.send(new CreateUserCommand({ UserName }));
  const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await root.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName }));
  return firehoseOf({
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  });
}

const input = (DeliveryStreamName: string, role: string): CreateDeliveryStreamCommandInput => ({
  DeliveryStreamName,
  ExtendedS3DestinationConfiguration: {
    RoleARN: roleArn(role),
    BucketARN: "arn:aws:s3:::lake",
    Prefix: `${DeliveryStreamName}/`,
    BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 1 },
    CloudWatchLoggingOptions: { Enabled: true, LogGroupName: "/firehose", LogStreamName: DeliveryStreamName },
  },
});

const put = (client: FirehoseClient, DeliveryStreamName: string, text: string): Promise<unknown> =>
  client.send(new PutRecordCommand({ DeliveryStreamName, Record: { Data: Buffer.from(text) } }));

/** Error codes in the error log of a stream. */
async function loggedCodes(stream: string): Promise<readonly string[]> {
  try {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: "/firehose", logStreamNames: [stream] }),
    );
    return events.map(({ message = "{}" }) => JSON.parse(message).errorCode);
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return [];
    throw error;
  }
}

describe("Firehose with --auth verify", () => {
  it("creates streams for those who may pass the role to Firehose, and for nobody else", async () => {
    await makeRole("passed");
    const create = { Action: "firehose:CreateDeliveryStream", Resource: streamArn("*") };
    const pass = { Action: "iam:PassRole", Resource: roleArn("passed") };
    const without = await userWho("without", create);
    const forAnother = await userWho("for-another", create, {
      ...pass,
      Condition: { StringEquals: { "iam:PassedToService": "glue.amazonaws.com" } },
    });
    const denied = { name: "AccessDeniedException", message: expect.stringMatching(/iam:PassRole/) };
    const command = new CreateDeliveryStreamCommand(input("passing", "passed"));
    await expect(without.send(command)).rejects.toMatchObject(denied);
    await expect(forAnother.send(command)).rejects.toMatchObject(denied);
    const allowed = await userWho("allowed", create, {
      ...pass,
      Condition: { StringEquals: { "iam:PassedToService": "firehose.amazonaws.com" } },
    });
    await allowed.send(command);
    const update = new UpdateDestinationCommand({
      DeliveryStreamName: "passing",
      CurrentDeliveryStreamVersionId: "1",
      DestinationId: "destinationId-000000000001",
      ExtendedS3DestinationUpdate: { Prefix: "x/" },
    });
    await expect(allowed.send(update)).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(put(allowed, "passing", "a")).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  it("takes no role that is not there or does not trust Firehose", async () => {
    const refused = (role: string): object => ({
      name: "InvalidArgumentException",
      message: `Firehose is unable to assume role ${roleArn(role)}. Please check the role provided.`,
    });
    const create = (role: string): Promise<unknown> =>
      firehose.send(new CreateDeliveryStreamCommand(input("untrusted", role)));
    await expect(create("nobody")).rejects.toMatchObject(refused("nobody"));
    await makeRole("of-glue", "glue.amazonaws.com");
    await expect(create("of-glue")).rejects.toMatchObject(refused("of-glue"));
  });

  it("logs that the role may not write, and delivers once it may", async () => {
    await makeRole("writer");
    await createDeliveryStream(firehose, input("waiting", "writer"));
    await put(firehose, "waiting", "kept");
    await eventually(async () => (await loggedCodes("waiting")).includes("S3.AccessDenied"));
    expect(await objectsOf(root.s3, "lake", "waiting/")).toEqual([]);
    await allow("writer", "s3:PutObject", "arn:aws:s3:::lake/waiting/*");
    await eventually(async () => (await objectsOf(root.s3, "lake", "waiting/")).length === 1);
    const [object] = await objectsOf(root.s3, "lake", "waiting/");
    expect(object?.bytes.toString()).toBe("kept");
    await root.iam.send(new DeleteRolePolicyCommand({ RoleName: "writer", PolicyName: "PutObject" }));
    const before = (await loggedCodes("waiting")).length;
    await put(firehose, "waiting", "again");
    await eventually(async () => (await loggedCodes("waiting")).length > before);
  });

  it("heeds what the bucket denies", async () => {
    await makeRole("denied");
    await allow("denied", "s3:PutObject", "arn:aws:s3:::lake/*");
    const Statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::lake/refused/*",
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await root.s3.send(new PutBucketPolicyCommand({ Bucket: "lake", Policy }));
    await createDeliveryStream(firehose, input("refused", "denied"));
    await put(firehose, "refused", "a");
    await eventually(async () => (await loggedCodes("refused")).includes("S3.AccessDenied"));
  });
});
