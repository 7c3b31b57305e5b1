import {
  CreateStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  InvalidArgumentException,
  type KinesisClient,
  KinesisServiceException,
  LimitExceededException,
  MergeShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  ShardIteratorType,
  SplitShardCommand,
  UpdateShardCountCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStream, entry, kinesisClient, untilActive } from "../../fixtures/kinesis-client.ts";
import { MillraceProcess } from "../../fixtures/millrace-process.ts";

const StreamName = "errors";
const ShardId = "shardId-000000000000";
let millrace: MillraceProcess;
let client: KinesisClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start({ flags: { "shard-limit": "50", "transition-ms": "50" } });
  // The SDK would try LimitExceededException again, as it is a throttling code to it.
  client = kinesisClient(millrace.url, { maxAttempts: 1 });
  await createStream(client, StreamName, 2);
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

describe("errors as the AWS SDK for JavaScript sees them", () => {
  it("say which stream was not found, in which account", async () => {
    const failure = await failureOf(client.send(new DescribeStreamCommand({ StreamName: "nowhere" })));
    expect(failure).toBeInstanceOf(ResourceNotFoundException);
    expect(failure).toMatchObject({
      name: "ResourceNotFoundException",
      message: "Stream nowhere under account 000000000000 not found.",
      $fault: "client",
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(failure.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("keep accounts apart: an access key of twelve digits is an account", async () => {
    const stranger = kinesisClient(millrace.url, {
      credentials: { accessKeyId: "111122223333", secretAccessKey: "test" },
    });
    const failure = await failureOf(stranger.send(new DescribeStreamCommand({ StreamName })));
    expect(failure.message).toBe(`Stream ${StreamName} under account 111122223333 not found.`);
    stranger.destroy();
  });

  it("have the class of the model", async () => {
    const create = { StreamName, ShardCount: 1 };
    await expect(client.send(new CreateStreamCommand(create))).rejects.toThrow(ResourceInUseException);
    await expect(
      client.send(new CreateStreamCommand({ StreamName: "too-many", ShardCount: 51 })),
    ).rejects.toThrow(LimitExceededException);
    await expect(client.send(new GetRecordsCommand({ ShardIterator: "made up" }))).rejects.toThrow(
      InvalidArgumentException,
    );
    const iterator = { StreamName, ShardIteratorType: ShardIteratorType.TRIM_HORIZON };
    await expect(
      client.send(new GetShardIteratorCommand({ ...iterator, ShardId: "shardId-000000000099" })),
    ).rejects.toThrow(ResourceNotFoundException);
    await expect(
      client.send(
        new GetShardIteratorCommand({
          ...iterator,
          ShardId,
          ShardIteratorType: "AT_SEQUENCE_NUMBER",
          StartingSequenceNumber: "12",
        }),
      ),
    ).rejects.toThrow(InvalidArgumentException);
    await expect(
      client.send(
        new UpdateShardCountCommand({ StreamName, TargetShardCount: 5, ScalingType: "UNIFORM_SCALING" }),
      ),
    ).rejects.toThrow(InvalidArgumentException);
    await expect(
      client.send(new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey: "0" })),
    ).rejects.toThrow(InvalidArgumentException);
    await expect(
      client.send(
        new MergeShardsCommand({ StreamName, ShardToMerge: ShardId, AdjacentShardToMerge: ShardId }),
      ),
    ).rejects.toThrow(InvalidArgumentException);
  });

  it("name each constraint that is not met", async () => {
    const failure = await failureOf(
      client.send(new CreateStreamCommand({ StreamName: "no spaces", ShardCount: 0 })),
    );
    expect(failure.name).toBe("ValidationException");
    expect(failure.message).toBe(
      "2 validation errors detected: Value 'no spaces' at 'streamName' failed to satisfy constraint: Member must " +
        "satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '0' at 'shardCount' failed to satisfy constraint: " +
        "Member must have value greater than or equal to 1",
    );
  });

  it.each([
    ["no records", []],
    ["501 records", Array.from({ length: 501 }, () => entry("key", "text"))],
    ["an empty key", [entry("", "text")]],
    ["a key of 257 characters", [entry("k".repeat(257), "text")]],
  ])("refuse a batch with %s", async (_, Records) => {
    const failure = await failureOf(client.send(new PutRecordsCommand({ StreamName, Records })));
    expect(failure.name).toBe("ValidationException");
  });

  it("refuse records and batches above their sizes", async () => {
    const Data = Buffer.alloc(1024 * 1024);
    const single = await failureOf(
      client.send(new PutRecordCommand({ StreamName, PartitionKey: "key", Data })),
    );
    expect(["ValidationException", "InvalidArgumentException"]).toContain(single.name);
    const Records = Array.from({ length: 11 }, () => ({ PartitionKey: "key", Data: Data.subarray(3) }));
    const batch = await failureOf(client.send(new PutRecordsCommand({ StreamName, Records })));
    expect(batch).toBeInstanceOf(InvalidArgumentException);
  });

  it("refuse to split a shard twice", async () => {
    await createStream(client, "twice");
    const split = { StreamName: "twice", ShardToSplit: ShardId, NewStartingHashKey: (2n ** 100n).toString() };
    await client.send(new SplitShardCommand(split));
    const busy = await failureOf(client.send(new SplitShardCommand(split)));
    expect(busy).toBeInstanceOf(ResourceInUseException);
    await untilActive(client, "twice");
    const closed = await failureOf(client.send(new SplitShardCommand(split)));
    expect(closed).toBeInstanceOf(InvalidArgumentException);
    expect(closed.message).toContain("has already been merged or split");
  });
});

async function failureOf(sent: Promise<unknown>): Promise<KinesisServiceException> {
  const failure: unknown = await sent.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(KinesisServiceException);
  return failure as KinesisServiceException;
}
