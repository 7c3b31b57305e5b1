import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis, texts } from "./test-kinesis.ts";

const keys = Array.from({ length: 60 }, (_, i) => `key-${i}`);
const Records = keys.map((key) => ({ Data: Buffer.from(key), PartitionKey: key }));

describe("writing records", () => {
  it("fails the records of a shard whose log fails, and writes the others", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 3 });
    await stream.shards.get(1)?.log.close();
    const answer = await kinesis.run("PutRecords", { StreamName: "orders", Records });
    const failed = answer.Records?.filter(({ ErrorCode }) => ErrorCode !== undefined) ?? [];
    expect(failed.length).toBeGreaterThan(0);
    expect(answer.FailedRecordCount).toBe(failed.length);
    for (const entry of failed)
      expect(entry).toEqual({ ErrorCode: "InternalFailure", ErrorMessage: "Internal service failure." });
    const written = new Set<string>();
    for (const shard of [stream.shards.get(0), stream.shards.get(2)])
      for (const text of texts(await kinesis.records(stream, shard?.id))) written.add(text);
    expect(written.size).toBe(keys.length - failed.length);
    answer.Records?.forEach(({ SequenceNumber }, i) => {
      expect(written.has(keys[i] ?? "")).toBe(SequenceNumber !== undefined);
    });
    expect(kinesis.logged).toHaveLength(1);
  });

  it("throws what PutRecords would report, when it is a single record", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await stream.shards.get(0)?.log.close();
    const error = await errorOf(kinesis.put(stream, "x"));
    expect([error.code, error.status]).toEqual(["InternalFailure", 500]);
  });

  it("throttles each shard by itself", async () => {
    await using kinesis = await TestKinesis.start({ settings: { throughput: { kind: "enforced" } } });
    const stream = await kinesis.stream({ ShardCount: 2 });
    const record = { Data: Buffer.from("x"), PartitionKey: "k" };
    for (let i = 0; i < 2; i++)
      await kinesis.run("PutRecords", {
        StreamName: "orders",
        Records: Array.from({ length: 500 }, () => ({ ...record, ExplicitHashKey: "0" })),
      });
    const answer = await kinesis.run("PutRecords", {
      StreamName: "orders",
      Records: [
        { ...record, ExplicitHashKey: "0" },
        { ...record, ExplicitHashKey: (2n ** 127n).toString() },
      ],
    });
    expect(answer.Records?.map(({ ErrorCode, ShardId }) => ErrorCode ?? ShardId)).toEqual([
      "ProvisionedThroughputExceededException",
      "shardId-000000000001",
    ]);
    expect(await kinesis.records(stream, "shardId-000000000001")).toHaveLength(1);
  });

  it("spreads records evenly under AUTO, whatever their keys", async () => {
    await using kinesis = await TestKinesis.start();
    const StreamModeDetails = { StreamMode: "ON_DEMAND" } as const;
    const stream = await kinesis.stream({ StreamModeDetails, RecordDistributionStrategy: "AUTO" });
    const same = Array.from({ length: 40 }, (_, i) => ({
      Data: Buffer.from(`${i}`),
      PartitionKey: "same",
      ExplicitHashKey: "0",
    }));
    await kinesis.run("PutRecords", { StreamName: "orders", Records: same });
    const counts = [];
    for (const shard of stream.openShards) counts.push((await kinesis.records(stream, shard.id)).length);
    expect(counts).toEqual([10, 10, 10, 10]);
  });

  it("keeps keys of any script, up to 256 characters, and data of any bytes", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const odd = ["é", "鍵".repeat(256), "\u0000", "😀".repeat(64), "a".repeat(256)];
    const data = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    await kinesis.run("PutRecords", {
      StreamName: "orders",
      Records: odd.map((PartitionKey) => ({ Data: data, PartitionKey })),
    });
    const records = await kinesis.records(stream);
    expect(records.map(({ PartitionKey }) => PartitionKey)).toEqual(odd);
    for (const record of records) expect(Buffer.from(record.Data ?? []).equals(data)).toBe(true);
  });

  it("writes what came before a deletion, and refuses what comes after", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream();
    const [put, deletion] = await Promise.allSettled([
      kinesis.run("PutRecords", { StreamName: "orders", Records }),
      kinesis.run("DeleteStream", { StreamName: "orders" }),
    ]);
    expect([put.status, deletion.status]).toEqual(["fulfilled", "fulfilled"]);
    expect(await codeOf(kinesis.run("PutRecords", { StreamName: "orders", Records }))).toBe(
      "ResourceNotFoundException",
    );
  });
});
