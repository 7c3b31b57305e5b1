import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListStreamConsumersCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  StartStreamEncryptionCommand,
  SubscribeToShardCommand,
} from "@aws-sdk/client-kinesis";
import { CreateAliasCommand, CreateKeyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, untilActive } from "../fixtures/kinesis-client.ts";
import { type Clients, VerifyingMillrace } from "../fixtures/verifying-millrace.ts";

const account = "111111111111";
const ShardId = "shardId-000000000000";
let millrace: VerifyingMillrace;
let root: Clients;

beforeAll(async () => {
  millrace = await VerifyingMillrace.start(account);
  root = millrace.as(millrace.root);
});
afterAll(() => millrace.dispose());

/** "yes", or the name of the error. */
const answerOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "yes",
    (error: Error) => error.name,
  );

async function encryptedStream(StreamName: string, KeyId: string): Promise<void> {
  await createStream(root.kinesis, StreamName);
  await root.kinesis.send(new StartStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId }));
  await untilActive(root.kinesis, StreamName);
}

async function newKey(): Promise<string> {
  const { KeyMetadata } = await root.kms.send(new CreateKeyCommand({}));
  return KeyMetadata?.Arn ?? "";
}

const Data = Buffer.from("x");
const put = (kinesis: KinesisClient, StreamName: string): Promise<string> =>
  answerOf(kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: "k", Data })));

async function get(kinesis: KinesisClient, StreamName: string): Promise<string> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
  );
  return answerOf(kinesis.send(new GetRecordsCommand({ ShardIterator })));
}

const streams = { Action: "kinesis:*", Resource: "*" };

describe("an encrypted stream", () => {
  it("under the AWS managed key is open to whoever may use the stream", async () => {
    await encryptedStream("managed", "alias/aws/kinesis");
    const { kinesis } = await millrace.userWho(streams);
    expect(await put(kinesis, "managed")).toBe("yes");
    expect(await get(kinesis, "managed")).toBe("yes");
  });

  it("needs the use of its key, to put and to read each its own", async () => {
    const key = await newKey();
    await root.kms.send(new CreateAliasCommand({ AliasName: "alias/orders", TargetKeyId: key }));
    await encryptedStream("orders", "alias/orders");
    const nobody = await millrace.userWho(streams);
    expect(await put(nobody.kinesis, "orders")).toBe("KMSAccessDeniedException");
    const Records = [{ PartitionKey: "k", Data }];
    const batch = new PutRecordsCommand({ StreamName: "orders", Records });
    expect(await answerOf(nobody.kinesis.send(batch))).toBe("KMSAccessDeniedException");
    expect(await get(nobody.kinesis, "orders")).toBe("KMSAccessDeniedException");
    const producer = await millrace.userWho(streams, { Action: "kms:GenerateDataKey", Resource: key });
    expect(await put(producer.kinesis, "orders")).toBe("yes");
    expect(await get(producer.kinesis, "orders")).toBe("KMSAccessDeniedException");
    const consumer = await millrace.userWho(streams, { Action: "kms:Decrypt", Resource: key });
    expect(await get(consumer.kinesis, "orders")).toBe("yes");
    expect(await put(consumer.kinesis, "orders")).toBe("KMSAccessDeniedException");
    // Without the stream's own action, the key is not what is missing.
    const keyOnly = await millrace.userWho({ Action: "kms:*", Resource: key });
    expect(await put(keyOnly.kinesis, "orders")).toBe("AccessDeniedException");
  });

  it("can be allowed by stream, by alias and through Kinesis only", async () => {
    const key = await newKey();
    await root.kms.send(new CreateAliasCommand({ AliasName: "alias/mine", TargetKeyId: key }));
    await encryptedStream("mine", key);
    await encryptedStream("other", key);
    const { kinesis } = await millrace.userWho(streams, {
      Action: "kms:GenerateDataKey",
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:ViaService": "kinesis.us-east-1.amazonaws.com",
          "kms:EncryptionContext:aws:kinesis:arn": `arn:aws:kinesis:us-east-1:${account}:stream/mine`,
        },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/mine" },
      },
    });
    expect(await put(kinesis, "mine")).toBe("yes");
    expect(await put(kinesis, "other")).toBe("KMSAccessDeniedException");
  });

  it("is closed to subscribers who may not decrypt", async () => {
    const key = await newKey();
    await encryptedStream("pushed", key);
    const StreamARN = `arn:aws:kinesis:us-east-1:${account}:stream/pushed`;
    const registered = new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "reader" });
    const ConsumerARN = (await root.kinesis.send(registered)).Consumer?.ConsumerARN ?? "";
    await expect
      .poll(async () => (await root.kinesis.send(new ListStreamConsumersCommand({ StreamARN }))).Consumers)
      .toMatchObject([{ ConsumerStatus: "ACTIVE" }]);
    const subscription = new SubscribeToShardCommand({
      ConsumerARN,
      ShardId,
      StartingPosition: { Type: "TRIM_HORIZON" },
    });
    const nobody = await millrace.userWho(streams);
    expect(await answerOf(nobody.kinesis.send(subscription))).toBe("KMSAccessDeniedException");
    const reader = await millrace.userWho(streams, { Action: "kms:Decrypt", Resource: key });
    expect(await answerOf(reader.kinesis.send(subscription))).toBe("yes");
  });

  it("obeys the policy of its key above all", async () => {
    const key = await newKey();
    await encryptedStream("closed", key);
    const { kinesis } = await millrace.userWho(streams, { Action: "kms:*", Resource: "*" });
    expect(await put(kinesis, "closed")).toBe("yes");
    const statement = { Effect: "Allow", Action: "kms:*", Resource: "*" };
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { ...statement, Principal: { AWS: `arn:aws:iam::${account}:root` } },
        { ...statement, Effect: "Deny", Principal: "*", Action: "kms:GenerateDataKey" },
      ],
    });
    await root.kms.send(new PutKeyPolicyCommand({ KeyId: key, Policy }));
    expect(await put(kinesis, "closed")).toBe("KMSAccessDeniedException");
    expect(await get(kinesis, "closed")).toBe("yes");
  });
});

describe("objects under a key", () => {
  const Bucket = "sealed";
  const objects = { Action: ["s3:PutObject", "s3:GetObject"], Resource: `arn:aws:s3:::${Bucket}/*` };
  const ServerSideEncryption = "aws:kms";
  beforeAll(() => root.s3.send(new CreateBucketCommand({ Bucket })));

  it("are open to whoever may use the bucket, when the key is AWS's own for S3", async () => {
    const { s3 } = await millrace.userWho(objects);
    const first = new PutObjectCommand({ Bucket, Key: "first", Body: "x", ServerSideEncryption });
    expect(await answerOf(s3.send(first))).toBe("yes");
    expect(await answerOf(s3.send(first))).toBe("yes");
    expect(await answerOf(s3.send(new GetObjectCommand({ Bucket, Key: "first" })))).toBe("yes");
  });

  it("need the key that an alias names", async () => {
    const key = await newKey();
    await root.kms.send(new CreateAliasCommand({ AliasName: "alias/lake", TargetKeyId: key }));
    const SSEKMSKeyId = "alias/lake";
    const object = new PutObjectCommand({ Bucket, Key: "k", Body: "x", ServerSideEncryption, SSEKMSKeyId });
    const byKey = await millrace.userWho(objects, { Action: "kms:GenerateDataKey", Resource: key });
    expect(await answerOf(byKey.s3.send(object))).toBe("yes");
    const alias = `arn:aws:kms:us-east-1:${account}:alias/lake`;
    const byAlias = await millrace.userWho(objects, { Action: "kms:GenerateDataKey", Resource: alias });
    expect(await answerOf(byAlias.s3.send(object))).toBe("AccessDenied");
  });

  it("that come in parts need it for each part", async () => {
    const SSEKMSKeyId = await newKey();
    const Key = "parts";
    const making = { Action: "kms:GenerateDataKey", Resource: SSEKMSKeyId };
    const writer = await millrace.userWho(objects, making);
    const encryption = { ServerSideEncryption, SSEKMSKeyId } as const;
    const { UploadId } = await writer.s3.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ...encryption, ChecksumAlgorithm: "CRC32" }),
    );
    const part = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "x" });
    expect(await answerOf(writer.s3.send(part))).toBe("AccessDenied");
    const both = await millrace.userWho(objects, making, { Action: "kms:Decrypt", Resource: SSEKMSKeyId });
    const { ETag, ChecksumCRC32 } = await both.s3.send(part);
    const Parts = [{ PartNumber: 1, ETag, ChecksumCRC32 }];
    const complete = new CompleteMultipartUploadCommand({
      Bucket,
      Key,
      UploadId,
      MultipartUpload: { Parts },
    });
    expect(await answerOf(writer.s3.send(complete))).toBe("AccessDenied");
    expect(await answerOf(both.s3.send(complete))).toBe("yes");
  });
});
