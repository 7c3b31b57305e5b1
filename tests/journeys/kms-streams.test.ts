import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordCommand,
  StartStreamEncryptionCommand,
} from "@aws-sdk/client-kinesis";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, kinesisClient, untilActive } from "../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

const maxPages = 20;

let millrace: MillraceProcess;
let kinesis: KinesisClient;
let kms: KMSClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { "transition-ms": "0" } });
  kinesis = kinesisClient(millrace.url);
  kms = new KMSClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  kinesis.destroy();
  kms.destroy();
  await millrace.dispose();
});

async function encryptedStream(StreamName: string, KeyId: string): Promise<void> {
  await createStream(kinesis, StreamName);
  await kinesis.send(new StartStreamEncryptionCommand({ StreamName, EncryptionType: "KMS", KeyId }));
  await untilActive(kinesis, StreamName);
}

const put = (StreamName: string, text: string): Promise<unknown> =>
  kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: "k", Data: Buffer.from(text) }));

async function read(StreamName: string): Promise<string[]> {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName,
      ShardId: "shardId-000000000000",
      ShardIteratorType: "TRIM_HORIZON",
    }),
  );
  // A page ends with its segment of the log; an empty one ends the stream.
  const texts: string[] = [];
  let next = ShardIterator;
  for (let pages = 0; next !== undefined && pages < maxPages; pages++) {
    const page: GetRecordsCommandOutput = await kinesis.send(new GetRecordsCommand({ ShardIterator: next }));
    if (page.Records?.length === 0) break;
    for (const { Data } of page.Records ?? []) texts.push(Buffer.from(Data ?? []).toString());
    next = page.NextShardIterator;
  }
  return texts;
}

const refused = (name: string): object => ({
  name,
  $metadata: expect.objectContaining({ httpStatusCode: 400 }),
});

describe("Kinesis under keys of KMS", () => {
  it("makes the AWS managed key when a stream first asks for it", async () => {
    await encryptedStream("managed", "alias/aws/kinesis");
    await put("managed", "one");
    expect(await read("managed")).toEqual(["one"]);
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/aws/kinesis" }));
    expect(KeyMetadata).toMatchObject({ KeyManager: "AWS", KeyState: "Enabled" });
  });

  it("refuses keys that are not there or are of another kind", async () => {
    await createStream(kinesis, "plain");
    const start = (KeyId: string): Promise<unknown> =>
      kinesis.send(new StartStreamEncryptionCommand({ StreamName: "plain", EncryptionType: "KMS", KeyId }));
    await expect(start("alias/nowhere")).rejects.toMatchObject(refused("KMSNotFoundException"));
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" }),
    );
    await expect(start(KeyMetadata?.KeyId ?? "")).rejects.toMatchObject(refused("KMSInvalidStateException"));
  });

  it("follows the state of the key, also across kill -9", async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId ?? "";
    await kms.send(new CreateAliasCommand({ AliasName: "alias/streams", TargetKeyId: KeyId }));
    await encryptedStream("owned", "alias/streams");
    await put("owned", "before");
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(put("owned", "never")).rejects.toMatchObject(refused("KMSDisabledException"));
    await expect(read("owned")).rejects.toMatchObject(refused("KMSDisabledException"));
    await millrace.kill();
    await millrace.start();
    await expect(read("owned")).rejects.toMatchObject(refused("KMSDisabledException"));
    await kms.send(new EnableKeyCommand({ KeyId }));
    await put("owned", "after");
    expect(await read("owned")).toEqual(["before", "after"]);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await expect(put("owned", "never")).rejects.toMatchObject(refused("KMSInvalidStateException"));
    expect(await read("managed")).toEqual(["one"]);
  });
});
