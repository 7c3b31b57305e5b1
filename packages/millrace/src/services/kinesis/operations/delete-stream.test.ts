import { describe, expect, it } from "vitest";
import { account, codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

describe("DeleteStream", () => {
  it("is DELETING for a while, then the stream and its records are gone", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ ShardCount: 2 });
    await kinesis.put(stream, "old");
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    const summary = await kinesis.run("DescribeStreamSummary", { StreamName: "orders" });
    expect(summary.StreamDescriptionSummary?.StreamStatus).toBe("DELETING");
    await kinesis.pass();
    const { code, message } = await errorOf(kinesis.run("DescribeStreamSummary", { StreamName: "orders" }));
    expect([code, message]).toEqual([
      "ResourceNotFoundException",
      `Stream orders under account ${account} not found.`,
    ]);
    expect(await kinesis.logs.list()).toEqual([]);
    const anew = await kinesis.stream();
    expect(await kinesis.records(anew)).toEqual([]);
    expect(anew.document.id).not.toBe(stream.document.id);
  });

  it("needs EnforceConsumerDeletion while there are consumers", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ConsumerARN = await kinesis.consumer(stream);
    const remove = (EnforceConsumerDeletion?: boolean): Promise<unknown> =>
      kinesis.run("DeleteStream", { StreamARN: stream.arn, EnforceConsumerDeletion });
    expect(await codeOf(remove())).toBe("ResourceInUseException");
    expect(await codeOf(remove(false))).toBe("ResourceInUseException");
    await remove(true);
    await kinesis.pass();
    expect(await codeOf(kinesis.run("DescribeStreamConsumer", { ConsumerARN }))).toBe(
      "ResourceNotFoundException",
    );
  });

  it("refuses a stream that is being deleted, and one that is not there", async () => {
    await using kinesis = await TestKinesis.start();
    const remove = (): Promise<unknown> => kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await codeOf(remove())).toBe("ResourceNotFoundException");
    await kinesis.stream();
    await remove();
    expect((await errorOf(remove())).message).toBe(
      `Stream orders under account ${account} not ACTIVE, instead in state DELETING`,
    );
  });

  it("wins over a creation or a change that is under way", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.pass();
    expect(kinesis.state.streams.size).toBe(0);
    await kinesis.stream();
    await kinesis.run("UpdateShardCount", {
      StreamName: "orders",
      TargetShardCount: 2,
      ScalingType: "UNIFORM_SCALING",
    });
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    await kinesis.pass();
    expect(kinesis.state.streams.size).toBe(0);
    expect(await kinesis.logs.list()).toEqual([]);
  });

  it("finds the stream by the id that DescribeStreamSummary answers", async () => {
    await using kinesis = await TestKinesis.start();
    const { document } = await kinesis.stream();
    await kinesis.run("DeleteStream", { StreamId: document.id });
    expect(kinesis.find().document.status).toBe("DELETING");
    expect(await codeOf(kinesis.run("DeleteStream", { StreamId: "nothing" }))).toBe(
      "ResourceNotFoundException",
    );
    expect(await codeOf(kinesis.run("DeleteStream", {}))).toBe("InvalidArgumentException");
  });
});
