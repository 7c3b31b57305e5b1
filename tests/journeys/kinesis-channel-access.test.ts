import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateChannelCommand,
  CreateStreamCommand,
  DeleteChannelCommand,
  DescribeChannelCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListChannelsCommand,
  PutRecordCommand,
  StartStreamEncryptionCommand,
} from "@aws-sdk/client-kinesis";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually, objectsOf } from "../fixtures/firehose-client.ts";
import { type Clients, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const region = "us-east-1";
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const streamArn = (name: string): string => `arn:aws:kinesis:${region}:${account}:stream/${name}`;
const everyChannel = `arn:aws:kinesis:${region}:${account}:channel/*`;

let millrace: VerifyingMillrace;
let root: Clients;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  root = millrace.as(millrace.root);
  await root.s3.send(new CreateBucketCommand({ Bucket: "lake" }));
});
afterAll(() => millrace?.dispose());

/** A role that trusts the service for its channels, as AWS's page on permissions says. */
async function makeRole(RoleName: string, service: string = "kinesis.amazonaws.com"): Promise<void> {
  const Statement = {
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": everyChannel },
    },
  };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await root.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
}

async function allow(RoleName: string, Action: string, Resource: string): Promise<void> {
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action, Resource },
  });
  const PolicyName = Action.split(":")[1];
  await root.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
}

async function createStream(StreamName: string): Promise<void> {
  const { kinesis } = root;
  await kinesis.send(new CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: "ON_DEMAND" } }));
  await untilActive(StreamName);
}

async function untilActive(StreamName: string): Promise<void> {
  await eventually(async () => {
    const described = await root.kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return described.StreamDescriptionSummary?.StreamStatus === "ACTIVE";
  });
}

async function createChannel(kinesis: KinesisClient, name: string, role: string): Promise<string> {
  const { ChannelDescription } = await kinesis.send(
    new CreateChannelCommand({
      ChannelName: name,
      ServiceExecutionRoleARN: roleArn(role),
      StreamConfigurationList: [
        { StreamARN: streamArn(name), RecordConfiguration: { RecordFormatType: "STRING" } },
      ],
      S3DestinationConfiguration: {
        StorageConfiguration: {
          BucketARN: "arn:aws:s3:::lake",
          ExpectedBucketOwner: account,
          CompressionType: "NONE",
          OutputKeyTemplate: "!{channel-name}/o",
        },
      },
      Tags: { "millrace:data-freshness-seconds": "0" },
    }),
  );
  return ChannelDescription?.ChannelARN ?? "";
}

/** The status that a new channel comes to, and why. */
async function outcomeOf(ChannelARN: string): Promise<readonly [string | undefined, string | undefined]> {
  const describe = async () =>
    (await root.kinesis.send(new DescribeChannelCommand({ ChannelARN }))).ChannelDescription;
  await eventually(async () => (await describe())?.ChannelStatus !== "CREATING");
  const description = await describe();
  return [description?.ChannelStatus, description?.ChannelStatusReason];
}

describe("who may do what with channels", () => {
  it("a caller needs its stream twice, tags and the role", async () => {
    await createStream("asked");
    await makeRole("unused");
    const needed = [
      { Action: "kinesis:CreateChannel", Resource: streamArn("asked") },
      { Action: "kinesis:AssociateStreamsWithChannel", Resource: streamArn("asked") },
      { Action: "kinesis:TagResource", Resource: everyChannel },
      {
        Action: "iam:PassRole",
        Resource: roleArn("unused"),
        Condition: { StringEquals: { "iam:PassedToService": "kinesis.amazonaws.com" } },
      },
    ];
    for (const missing of needed) {
      const { kinesis } = await millrace.userWho(...needed.filter((statement) => statement !== missing));
      await expect(createChannel(kinesis, "asked", "unused")).rejects.toMatchObject({
        name: "AccessDeniedException",
        message: expect.stringContaining(missing.Action),
      });
    }
    const { kinesis } = await millrace.userWho(...needed);
    const ChannelARN = await createChannel(kinesis, "asked", "unused");
    const describeIt = new DescribeChannelCommand({ ChannelARN });
    await expect(kinesis.send(describeIt)).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(kinesis.send(new ListChannelsCommand({}))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    const reader = await millrace.userWho(
      { Action: "kinesis:DescribeChannel", Resource: ChannelARN },
      { Action: "kinesis:ListChannels", Resource: streamArn("*") },
    );
    expect((await reader.kinesis.send(describeIt)).ChannelDescription?.ChannelName).toBe("asked");
    expect((await reader.kinesis.send(new ListChannelsCommand({}))).ChannelSummaries).toHaveLength(1);
    await expect(reader.kinesis.send(new DeleteChannelCommand({ ChannelARN }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  it("a channel whose role does not trust Kinesis, or may not write, ends FAILED", async () => {
    await makeRole("stranger", "firehose.amazonaws.com");
    await allow("stranger", "s3:PutObject", "arn:aws:s3:::lake/*");
    await makeRole("powerless");
    for (const role of ["stranger", "powerless"]) {
      await createStream(role);
      const [status, reason] = await outcomeOf(await createChannel(root.kinesis, role, role));
      expect(status).toBe("FAILED");
      expect(reason).toMatch(/allows Kinesis Data Streams to assume the role/);
    }
  });

  it("a role writes where it may, and decrypts the stream where that is encrypted", async () => {
    await createStream("sealed");
    await root.kinesis.send(
      new StartStreamEncryptionCommand({
        StreamName: "sealed",
        EncryptionType: "KMS",
        KeyId: "alias/aws/kinesis",
      }),
    );
    await untilActive("sealed");
    await makeRole("writer");
    await allow("writer", "s3:PutObject", "arn:aws:s3:::lake/*");
    const [status] = await outcomeOf(await createChannel(root.kinesis, "sealed", "writer"));
    expect(status).toBe("ACTIVE");
    await root.kinesis.send(
      new PutRecordCommand({ StreamName: "sealed", PartitionKey: "k", Data: Buffer.from("one") }),
    );
    await eventually(async () => (await objectsOf(root.s3, "lake", "sealed/")).length > 0);
    const [object] = await objectsOf(root.s3, "lake", "sealed/");
    expect(object?.bytes.toString()).toBe("one");
  });
});
