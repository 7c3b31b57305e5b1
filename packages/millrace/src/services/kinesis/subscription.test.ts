import { describe, expect, it } from "vitest";
import type { Stream } from "./stream.ts";
import { codeOf, nextEvent, TestKinesis, type TestSubscription, texts } from "./test-kinesis.ts";

const ShardId = "shardId-000000000000";

interface Subscribed {
  readonly stream: Stream;
  readonly ConsumerARN: string;
  readonly subscription: TestSubscription;
}

async function subscribed(kinesis: TestKinesis): Promise<Subscribed> {
  const stream = await kinesis.stream({ MaxRecordSizeInKiB: 10_240 });
  const ConsumerARN = await kinesis.consumer(stream);
  const input = { ConsumerARN, ShardId, StartingPosition: { Type: "LATEST" } } as const;
  return { stream, ConsumerARN, subscription: await kinesis.subscribe(input) };
}

describe("a subscription", () => {
  it("pushes each record when it is put, without time going by", async () => {
    await using kinesis = await TestKinesis.start();
    const { stream, subscription } = await subscribed(kinesis);
    for (const text of ["a", "b", "c"]) {
      const event = nextEvent(subscription.events);
      const { sequence } = await kinesis.put(stream, text);
      expect(texts((await event)?.Records)).toEqual([text]);
      expect((await event)?.ContinuationSequenceNumber).toBe(sequence);
    }
  });

  it("sends an empty event each five seconds, from which a reader can go on", async () => {
    await using kinesis = await TestKinesis.start();
    const { stream, ConsumerARN, subscription } = await subscribed(kinesis);
    const event = nextEvent(subscription.events);
    await kinesis.pass(4_999);
    const early = await Promise.race([event, Promise.resolve("nothing yet")]);
    expect(early).toBe("nothing yet");
    await kinesis.pass(1);
    const first = await event;
    expect(first).toMatchObject({ Records: [], MillisBehindLatest: 0 });
    await kinesis.put(stream, "next");
    const SequenceNumber = first?.ContinuationSequenceNumber;
    const StartingPosition = { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber } as const;
    await using again = await kinesis.subscribe({ ConsumerARN, ShardId, StartingPosition });
    expect(texts((await nextEvent(again.events))?.Records)).toEqual(["next"]);
  });

  it("ends after five minutes and leaves nothing behind", async () => {
    await using kinesis = await TestKinesis.start();
    const { stream, subscription } = await subscribed(kinesis);
    let events = 0;
    while (events < 100) {
      const event = nextEvent(subscription.events);
      await kinesis.pass(5_000);
      if ((await event) === undefined) break;
      events++;
    }
    expect(events).toBe(59);
    expect(stream.shards.get(0)?.subscriptions.size).toBe(0);
  });

  it("splits what there is into events of 1 MiB, larger records alone", async () => {
    await using kinesis = await TestKinesis.start();
    const { stream, ConsumerARN } = await subscribed(kinesis);
    for (const bytes of [600_000, 600_000, 400_000, 3_000_000, 1])
      await kinesis.put(stream, "x".repeat(bytes));
    await kinesis.pass(5_000);
    const StartingPosition = { Type: "TRIM_HORIZON" } as const;
    await using all = await kinesis.subscribe({ ConsumerARN, ShardId, StartingPosition });
    const sizes: number[][] = [];
    const behind: boolean[] = [];
    for (let i = 0; i < 4; i++) {
      const event = await nextEvent(all.events);
      sizes.push(event?.Records?.map(({ Data }) => Data?.length ?? 0) ?? []);
      behind.push((event?.MillisBehindLatest ?? 0) > 0);
    }
    expect(sizes).toEqual([[600_000], [600_000, 400_000], [3_000_000], [1]]);
    expect(behind).toEqual([true, true, true, false]);
  });

  it("ends with the children of a shard that was closed, and no number to go on from", async () => {
    await using kinesis = await TestKinesis.start();
    const { stream, subscription } = await subscribed(kinesis);
    const last = nextEvent(subscription.events);
    await kinesis.run("SplitShard", { StreamName: "orders", ShardToSplit: "0", NewStartingHashKey: "9" });
    await kinesis.put(stream, "last");
    expect(texts((await last)?.Records)).toEqual(["last"]);
    const end = nextEvent(subscription.events);
    await kinesis.pass();
    expect(await end).toMatchObject({
      Records: [],
      MillisBehindLatest: 0,
      ChildShards: [{ ShardId: "shardId-000000000001" }, { ShardId: "shardId-000000000002" }],
    });
    expect((await end)?.ContinuationSequenceNumber).toBeUndefined();
    expect(await nextEvent(subscription.events)).toBeUndefined();
    expect(stream.shards.get(0)?.subscriptions.size).toBe(0);
  });

  it("fails when its consumer is deregistered", async () => {
    await using kinesis = await TestKinesis.start();
    const { stream, ConsumerARN, subscription } = await subscribed(kinesis);
    const event = codeOf(nextEvent(subscription.events));
    await kinesis.run("DeregisterStreamConsumer", { ConsumerARN });
    expect(await event).toBe("ResourceNotFoundException");
    expect(stream.shards.get(0)?.subscriptions.size).toBe(0);
  });

  it("fails when its stream is gone", async () => {
    await using kinesis = await TestKinesis.start();
    const { subscription } = await subscribed(kinesis);
    const event = codeOf(nextEvent(subscription.events));
    await kinesis.run("DeleteStream", { StreamName: "orders", EnforceConsumerDeletion: true });
    await kinesis.pass();
    expect(await event).toBe("ResourceNotFoundException");
  });

  it("of one consumer does not slow or hide another's", async () => {
    await using kinesis = await TestKinesis.start();
    const { stream, subscription } = await subscribed(kinesis);
    const other = await kinesis.consumer(stream, "other");
    const StartingPosition = { Type: "TRIM_HORIZON" } as const;
    await using second = await kinesis.subscribe({ ConsumerARN: other, ShardId, StartingPosition });
    const events = [nextEvent(subscription.events), nextEvent(second.events)];
    await kinesis.put(stream, "both");
    for (const event of events) expect(texts((await event)?.Records)).toEqual(["both"]);
  });
});
