import { describe, expect, it } from "vitest";
import { ServiceError } from "../../core/errors.ts";
import { operations } from "./operations.ts";
import type { Stream } from "./stream.ts";
import { account, codeOf, TestKinesis } from "./test-kinesis.ts";

const Data = Buffer.from("x");
const ShardId = "shardId-000000000000";

/** What each operation on one stream takes beside the stream; all can be run again and again. */
const inputs: Readonly<Record<string, object>> = {
  AddTagsToStream: { Tags: { a: "b" } },
  DecreaseStreamRetentionPeriod: { RetentionPeriodHours: 24 },
  DescribeStream: {},
  DescribeStreamSummary: {},
  DisableEnhancedMonitoring: { ShardLevelMetrics: ["ALL"] },
  EnableEnhancedMonitoring: { ShardLevelMetrics: ["ALL"] },
  GetShardIterator: { ShardId, ShardIteratorType: "LATEST" },
  IncreaseStreamRetentionPeriod: { RetentionPeriodHours: 24 },
  ListShards: {},
  ListStreamConsumers: {},
  ListTagsForStream: {},
  PutRecord: { Data, PartitionKey: "k" },
  PutRecords: { Records: [{ Data, PartitionKey: "k" }] },
  RemoveTagsFromStream: { TagKeys: ["a"] },
  StartStreamEncryption: { EncryptionType: "KMS", KeyId: "alias/mine" },
  StopStreamEncryption: { EncryptionType: "KMS", KeyId: "alias/mine" },
  UpdateMaxRecordSize: { MaxRecordSizeInKiB: 1024 },
  UpdateShardCount: { TargetShardCount: 1, ScalingType: "UNIFORM_SCALING" },
  DeleteStream: {},
};

const run = async (
  kinesis: TestKinesis,
  name: string,
  input: object,
  owner: string = account,
): Promise<unknown> => operations[name]?.run(kinesis.state, input, kinesis.call(name, { account: owner }));

const references = (stream: Stream): readonly object[] => [
  { StreamName: "orders" },
  { StreamARN: stream.arn },
  { StreamName: "orders", StreamARN: stream.arn },
  { StreamId: stream.document.id },
];

describe.each(Object.entries(inputs))("%s", (name, input) => {
  it("finds its stream by name, by ARN, by both, and by id", async () => {
    await using kinesis = await TestKinesis.start();
    for (const [index, reference] of references(await kinesis.stream()).entries()) {
      // Deleted streams are made anew, and then have another id.
      const stream = kinesis.state.streams.size === 0 ? await kinesis.stream() : kinesis.find();
      const again = references(stream)[index] ?? reference;
      expect(operations[name]?.resources(kinesis.state, again, kinesis.call(name, {}))).toEqual([stream.arn]);
      await run(kinesis, name, { ...again, ...input });
      await kinesis.pass();
    }
    expect(kinesis.logged).toEqual([]);
  });

  it("finds another account's stream by ARN only, and refuses what names none", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const stranger = "111111111111";
    const code = (reference: object, owner?: string): Promise<string> =>
      codeOf(run(kinesis, name, { ...reference, ...input }, owner));
    expect(await code({ StreamName: "orders" }, stranger)).toBe("ResourceNotFoundException");
    expect(await code({ StreamName: "missing" })).toBe("ResourceNotFoundException");
    expect(await code({ StreamARN: `${stream.arn}-missing` })).toBe("ResourceNotFoundException");
    expect(await code({ StreamId: "missing" })).toBe("ResourceNotFoundException");
    expect(await code({})).toBe("InvalidArgumentException");
    expect(await code({ StreamARN: stream.arn, StreamName: "other" })).toBe("InvalidArgumentException");
    expect(await code({ StreamARN: `${stream.arn}/consumer/reader:1` })).toBe("InvalidArgumentException");
    expect(await code({ StreamARN: "arn:aws:s3:::orders" })).toBe("InvalidArgumentException");
    await run(kinesis, name, { StreamARN: stream.arn, ...input }, stranger);
  });
});

describe("resources for the policy engine", () => {
  it("name a stream before it is there, and each kind of resource by its ARN", async () => {
    await using kinesis = await TestKinesis.start();
    const arn = `arn:aws:kinesis:us-east-1:${account}:stream/new`;
    expect(kinesis.resources("CreateStream", { StreamName: "new" })).toEqual([arn]);
    expect(kinesis.resources("PutResourcePolicy", { ResourceARN: arn, Policy: "" })).toEqual([arn]);
    expect(kinesis.resources("ListStreams", {})).toEqual(["*"]);
    expect(kinesis.resources("ListShards", { StreamName: "new" })).toEqual([arn]);
    const ConsumerARN = `${arn}/consumer/reader:1`;
    expect(kinesis.resources("DeregisterStreamConsumer", { ConsumerARN })).toEqual([ConsumerARN]);
    expect(() => kinesis.resources("PutRecord", { Data, PartitionKey: "k" })).toThrow(ServiceError);
  });

  it("name the stream that a page token is about, so that a permission for it covers all pages", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    const { NextToken } = await kinesis.run("ListShards", { StreamName: "orders", MaxResults: 1 });
    expect(kinesis.resources("ListShards", { NextToken })).toEqual([stream.arn]);
    expect(() => kinesis.resources("ListShards", { NextToken: "forged" })).toThrow("NextToken is invalid");
    await kinesis.state.reset();
    expect(kinesis.resources("ListShards", { NextToken })).toEqual(["*"]);
  });
});
