import { describe, expect, it } from "vitest";
import { codeOf, nextEvent, TestKinesis } from "./test-kinesis.ts";

const ShardId = "shardId-000000000000";

describe("Kinesis in CloudWatch", () => {
  it("publishes puts of single records", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "12345", "key");
    await kinesis.put(stream, "1", "key");
    expect(kinesis.metrics.of("orders")).toEqual({
      IncomingBytes: 12,
      IncomingRecords: 2,
      WriteProvisionedThroughputExceeded: 0,
      "PutRecord.Bytes": 12,
      "PutRecord.Latency": 0,
      "PutRecord.Success": 2,
    });
  });

  it("publishes a batch as one put, with what was throttled of it", async () => {
    const outcomes = [0, 1, 1, 0, 1];
    await using kinesis = await TestKinesis.start({
      settings: { throughput: { kind: "fault", rate: 0.5 } },
      random: () => outcomes.shift() ?? 1,
    });
    const stream = await kinesis.stream();
    await kinesis.run("PutRecords", {
      StreamARN: stream.arn,
      Records: Array.from({ length: 5 }, () => ({ PartitionKey: "k", Data: Buffer.from("123") })),
    });
    expect(kinesis.metrics.of("orders")).toEqual({
      IncomingBytes: 12,
      IncomingRecords: 3,
      WriteProvisionedThroughputExceeded: 2,
      "PutRecords.Bytes": 12,
      "PutRecords.Latency": 0,
      "PutRecords.Success": 1,
      "PutRecords.TotalRecords": 5,
      "PutRecords.SuccessfulRecords": 3,
      "PutRecords.FailedRecords": 0,
      "PutRecords.ThrottledRecords": 2,
    });
    expect(kinesis.metrics.counts.get("IncomingRecords orders")).toBe(1);
  });

  it("publishes reads, how far they lag behind, and those that were refused", async () => {
    const outcomes = [1, 1, 1, 0];
    await using kinesis = await TestKinesis.start({
      settings: { throughput: { kind: "fault", rate: 0.5 } },
      random: () => outcomes.shift() ?? 1,
    });
    const stream = await kinesis.stream();
    for (const data of ["123", "4567"]) await kinesis.put(stream, data, "k");
    kinesis.clock.advance(5_000);
    const ShardIterator = await kinesis.iterator(stream);
    await kinesis.run("GetRecords", { ShardIterator, Limit: 1 });
    await codeOf(kinesis.run("GetRecords", { ShardIterator }));
    expect(kinesis.metrics.of("orders")).toMatchObject({
      "GetRecords.Bytes": 4,
      "GetRecords.Records": 1,
      "GetRecords.Success": 1,
      "GetRecords.IteratorAgeMilliseconds": 5_000,
      ReadProvisionedThroughputExceeded: 1,
    });
    expect(kinesis.metrics.counts.get("GetRecords.Success orders")).toBe(2);
  });

  it("publishes by shard what enhanced monitoring names, and nothing else", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await kinesis.put(stream, "1", "k");
    expect(kinesis.metrics.of("orders", ShardId)).toEqual({});
    const ShardLevelMetrics = ["IncomingBytes" as const, "OutgoingRecords" as const];
    await kinesis.run("EnableEnhancedMonitoring", { StreamARN: stream.arn, ShardLevelMetrics });
    await kinesis.put(stream, "23", "k");
    await kinesis.records(stream);
    expect(kinesis.metrics.of("orders", ShardId)).toEqual({ IncomingBytes: 3, OutgoingRecords: 2 });
  });

  it("publishes subscriptions by consumer", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ConsumerARN = await kinesis.consumer(stream, "reader");
    await kinesis.put(stream, "123", "k");
    const input = { ConsumerARN, ShardId, StartingPosition: { Type: "TRIM_HORIZON" as const } };
    await using subscription = await kinesis.subscribe(input);
    await nextEvent(subscription.events);
    await codeOf(kinesis.subscribe(input));
    expect(kinesis.metrics.of("orders", "reader")).toEqual({
      "SubscribeToShard.Success": 1,
      "SubscribeToShard.RateExceeded": 1,
      "SubscribeToShardEvent.Bytes": 4,
      "SubscribeToShardEvent.Records": 1,
      "SubscribeToShardEvent.MillisBehindLatest": 0,
      "SubscribeToShardEvent.Success": 1,
    });
  });

  it("counts what a log did not take as failed", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    // A sealed log takes nothing more.
    await stream.openShards[0]?.log.seal();
    expect(await codeOf(kinesis.put(stream, "1", "k"))).toBe("InternalFailure");
    expect(kinesis.metrics.of("orders")).toMatchObject({ "PutRecord.Success": 0, "PutRecord.Bytes": 0 });
    expect(kinesis.metrics.of("orders")["IncomingRecords"]).toBeUndefined();
  });
});
