import { describe, expect, it } from "vitest";
import { TestKinesis } from "../test-kinesis.ts";
import { StreamFigures } from "./stream-figures.ts";

const principal = (name: string) =>
  ({ arn: `arn:aws:iam::000000000000:user/${name}`, account: "0", accessKeyId: "A", kind: "user" }) as const;
const from = (name: string, userAgent: string) => ({ principal: principal(name), userAgent });

async function put(kinesis: TestKinesis, count: number, call = from("ann", "Boto3/1.40")): Promise<void> {
  for (let i = 0; i < count; i++)
    await kinesis.run("PutRecord", { StreamName: "orders", PartitionKey: "k", Data: Buffer.alloc(99) }, call);
}

describe("StreamFigures", () => {
  it("tells producers apart by principal and user agent", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    await put(kinesis, 3);
    await put(kinesis, 2, from("ann", "aws-cli/2.31"));
    await put(kinesis, 1, from("bob", "Boto3/1.40"));
    const producers = [...(stream.traffic?.producers() ?? [])].map(({ principal, client, ring }) => [
      principal?.split("/")[1],
      client?.library,
      ring.figures(kinesis.clock.now()).lastMinute,
    ]);
    expect(producers).toEqual([
      ["ann", "Boto3 1.40", { records: 3, bytes: 300, errors: 0 }],
      ["ann", "AWS CLI 2.31", { records: 2, bytes: 200, errors: 0 }],
      ["bob", "Boto3 1.40", { records: 1, bytes: 100, errors: 0 }],
    ]);
  });

  it("says how far a consumer is behind, and that it has caught up", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const figures = new StreamFigures(kinesis.clock);
    await put(kinesis, 2);
    kinesis.clock.advance(1_000);
    await put(kinesis, 3);
    const ShardIterator = await kinesis.iterator(stream, { ShardId: "shardId-000000000000" });
    const call = from("carol", "aws-sdk-js/3.1");
    const page = await kinesis.run("GetRecords", { ShardIterator, Limit: 2 }, call);
    kinesis.clock.advance(4_000);
    const [behind] = await figures.consumers(stream);
    expect(behind?.about).toMatchObject({ kind: "polling", principal: principal("carol").arn });
    expect(behind?.shards).toMatchObject([
      { shard: "shardId-000000000000", behindRecords: 3, lagMs: 4_000, lastMs: kinesis.clock.now() - 4_000 },
    ]);
    expect(behind?.shards[0]?.behindBytes).toBeGreaterThan(0);
    await kinesis.run("GetRecords", { ShardIterator: page.NextShardIterator ?? "" }, call);
    const [current] = await figures.consumers(stream);
    expect(current?.shards).toMatchObject([{ behindRecords: 0, behindBytes: 0, lagMs: 0 }]);
    expect(current?.traffic.lastMinute.records).toBe(5);
  });

  it("shows registered consumers that nobody has read as, and forgets deregistered ones", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const figures = new StreamFigures(kinesis.clock);
    const ConsumerARN = await kinesis.consumer(stream, "archive");
    expect(figures.idle(stream)).toEqual([{ name: "archive", arn: ConsumerARN }]);
    const input = {
      ConsumerARN,
      ShardId: "shardId-000000000000",
      StartingPosition: { Type: "LATEST" },
    } as const;
    {
      await using subscription = await kinesis.subscribe(input);
      const event = subscription.events.next();
      await put(kinesis, 1);
      await event;
      expect(figures.idle(stream)).toEqual([]);
      const [consumer] = await figures.consumers(stream);
      expect(consumer?.about).toMatchObject({ kind: "fan-out", name: "archive", arn: ConsumerARN });
      expect(consumer?.traffic.lastMinute).toEqual({ records: 1, bytes: 100, errors: 0 });
    }
    await kinesis.run("DeregisterStreamConsumer", { ConsumerARN });
    await kinesis.pass();
    expect(await figures.consumers(stream)).toEqual([]);
  });

  it("counts what goes in and out of a shard, and what its limits refuse", async () => {
    await using kinesis = await TestKinesis.start({ settings: { throughput: { kind: "enforced" } } });
    const stream = await kinesis.stream();
    const figures = new StreamFigures(kinesis.clock);
    const Records = Array.from({ length: 500 }, () => ({ PartitionKey: "k", Data: Buffer.alloc(9) }));
    for (let i = 0; i < 3; i++) await kinesis.run("PutRecords", { StreamName: "orders", Records });
    const [shard] = figures.shards(stream);
    expect(shard?.in.lastMinute).toEqual({ records: 1_000, bytes: 10_000, errors: 500 });
    expect(shard).toMatchObject({ shard: "shardId-000000000000", isOpen: true, records: 1_000 });
    const ShardIterator = await kinesis.iterator(stream, { ShardId: "shardId-000000000000" });
    const reads = Array.from({ length: 7 }, () => kinesis.run("GetRecords", { ShardIterator, Limit: 1 }));
    await Promise.allSettled(reads);
    expect(figures.shards(stream)[0]?.out.lastMinute).toMatchObject({ records: 5, errors: 2 });
  });
});
