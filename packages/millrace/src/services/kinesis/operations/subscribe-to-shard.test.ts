import { describe, expect, it } from "vitest";
import { codeOf, nextEvent, TestKinesis, texts } from "../test-kinesis.ts";

const ShardId = "shardId-000000000000";

describe("SubscribeToShard", () => {
  it("pushes what the shard holds from the starting position on", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ConsumerARN = await kinesis.consumer(stream);
    await kinesis.put(stream, "a");
    const { sequence } = await kinesis.put(stream, "b");
    const first = async (StartingPosition: {
      Type: "TRIM_HORIZON" | "AT_SEQUENCE_NUMBER";
      SequenceNumber?: string;
    }): Promise<string[]> => {
      await using subscription = await kinesis.subscribe({ ConsumerARN, ShardId, StartingPosition });
      const event = await nextEvent(subscription.events);
      expect(event).toMatchObject({ ContinuationSequenceNumber: sequence, MillisBehindLatest: 0 });
      return texts(event?.Records);
    };
    expect(await first({ Type: "TRIM_HORIZON" })).toEqual(["a", "b"]);
    expect(await first({ Type: "AT_SEQUENCE_NUMBER", SequenceNumber: sequence })).toEqual(["b"]);
  });

  it("refuses a second subscription for five seconds, then lets it take over", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    const ConsumerARN = await kinesis.consumer(stream);
    const other = await kinesis.consumer(stream, "other");
    const StartingPosition = { Type: "LATEST" } as const;
    await using first = await kinesis.subscribe({ ConsumerARN, ShardId, StartingPosition });
    const waiting = nextEvent(first.events);
    expect(await codeOf(kinesis.subscribe({ ConsumerARN, ShardId, StartingPosition }))).toBe(
      "ResourceInUseException",
    );
    await using _otherShard = await kinesis.subscribe({
      ConsumerARN,
      ShardId: "shardId-000000000001",
      StartingPosition,
    });
    await using _otherConsumer = await kinesis.subscribe({ ConsumerARN: other, ShardId, StartingPosition });
    await kinesis.pass(4_999);
    expect(await codeOf(kinesis.subscribe({ ConsumerARN, ShardId, StartingPosition }))).toBe(
      "ResourceInUseException",
    );
    await kinesis.pass(1);
    expect((await waiting)?.Records).toEqual([]);
    await using second = await kinesis.subscribe({ ConsumerARN, ShardId, StartingPosition });
    expect(await codeOf(nextEvent(first.events))).toBe("ResourceInUseException");
    await kinesis.put(stream, "pushed", "a");
    expect(texts((await nextEvent(second.events))?.Records)).toEqual(["pushed"]);
  });

  it("needs a consumer that is ACTIVE, a shard, and a position that makes sense", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const { Consumer } = await kinesis.run("RegisterStreamConsumer", {
      StreamARN: stream.arn,
      ConsumerName: "reader",
    });
    const ConsumerARN = Consumer?.ConsumerARN ?? "";
    const input = { ConsumerARN, ShardId, StartingPosition: { Type: "LATEST" } } as const;
    const subscribe = (changes: object): Promise<string> =>
      codeOf(kinesis.subscribe({ ...input, ...changes }));
    expect(await subscribe({})).toBe("ResourceInUseException");
    await kinesis.pass();
    expect(await subscribe({ ShardId: "shardId-000000000001" })).toBe("ResourceNotFoundException");
    expect(await subscribe({ ConsumerARN: `${ConsumerARN}0` })).toBe("ResourceNotFoundException");
    expect(await subscribe({ ConsumerARN: stream.arn })).toBe("InvalidArgumentException");
    expect(await subscribe({ StartingPosition: { Type: "AT_TIMESTAMP" } })).toBe("InvalidArgumentException");
    expect(await subscribe({ StartingPosition: { Type: "AT_SEQUENCE_NUMBER", SequenceNumber: "1" } })).toBe(
      "InvalidArgumentException",
    );
    expect(await subscribe({ DryRun: true })).toBe("DryRunOperationException");
    expect(stream.shards.get(0)?.subscriptions.size).toBe(0);
  });

  it("leaves nothing behind when the client goes, also before the first event", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ConsumerARN = await kinesis.consumer(stream);
    const input = { ConsumerARN, ShardId, StartingPosition: { Type: "LATEST" } } as const;
    const shard = stream.shards.get(0);
    for (const reads of [false, true]) {
      await using subscription = await kinesis.subscribe(input);
      const event = reads ? nextEvent(subscription.events) : undefined;
      expect(shard?.subscriptions.size).toBe(1);
      subscription.leave();
      expect(shard?.subscriptions.size).toBe(0);
      expect(await event).toBeUndefined();
      expect(await nextEvent(subscription.events)).toBeUndefined();
    }
    await using gone = await kinesis.subscribe(input, AbortSignal.abort());
    expect(await nextEvent(gone.events)).toBeUndefined();
    expect(shard?.subscriptions.size).toBe(0);
  });
});
