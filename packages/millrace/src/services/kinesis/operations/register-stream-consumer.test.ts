import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

describe("RegisterStreamConsumer", () => {
  it("makes a consumer that is CREATING first, with an ARN that holds its time", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const createdSeconds = Math.floor(kinesis.clock.now() / 1000);
    const input = { StreamARN: stream.arn, ConsumerName: "reader", Tags: { team: "a" } };
    const { Consumer } = await kinesis.run("RegisterStreamConsumer", input);
    expect(Consumer).toEqual({
      ConsumerName: "reader",
      ConsumerARN: `${stream.arn}/consumer/reader:${createdSeconds}`,
      ConsumerStatus: "CREATING",
      ConsumerCreationTimestamp: new Date(createdSeconds * 1000),
    });
    const { Tags } = await kinesis.run("ListTagsForResource", { ResourceARN: Consumer?.ConsumerARN });
    expect(Tags).toEqual([{ Key: "team", Value: "a" }]);
    await kinesis.pass();
    expect(stream.document.consumers[0]?.status).toBe("ACTIVE");
    const again = await errorOf(kinesis.run("RegisterStreamConsumer", input));
    expect(again.code).toBe("ResourceInUseException");
  });

  it("has at most five CREATING at once and twenty a stream", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const register = (i: number): Promise<unknown> =>
      kinesis.run("RegisterStreamConsumer", { StreamARN: stream.arn, ConsumerName: `c${i}` });
    for (let i = 0; i < 20; i += 5) {
      await Promise.all([0, 1, 2, 3, 4].map((j) => register(i + j)));
      expect(await codeOf(register(99))).toBe("LimitExceededException");
      await kinesis.pass();
    }
    expect((await errorOf(register(20))).message).toContain("its limit of 20 consumers");
  });

  it("allows fifty for streams on demand in an account with a commitment", async () => {
    await using kinesis = await TestKinesis.start({ settings: { transitionMs: 0 } });
    await kinesis.run("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    const stream = await kinesis.stream({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    for (let i = 0; i < 50; i++) await kinesis.consumer(stream, `c${i}`);
    const more = kinesis.run("RegisterStreamConsumer", { StreamARN: stream.arn, ConsumerName: "c50" });
    expect(await codeOf(more)).toBe("LimitExceededException");
  });

  it("needs a stream that is there and ACTIVE, and proper tags", async () => {
    await using kinesis = await TestKinesis.start();
    const register = (StreamARN: string, Tags?: Record<string, string>): Promise<unknown> =>
      kinesis.run("RegisterStreamConsumer", { StreamARN, ConsumerName: "reader", Tags });
    const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    expect(await codeOf(register(arn))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await codeOf(register(arn))).toBe("ResourceInUseException");
    await kinesis.pass();
    expect(await codeOf(register(arn, { "aws:a": "" }))).toBe("InvalidArgumentException");
    expect(await codeOf(register(`${arn}/consumer/reader:1`))).toBe("InvalidArgumentException");
    expect(kinesis.find().document.consumers).toEqual([]);
  });

  it("gives a consumer made anew under the same name another ARN", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const first = await kinesis.consumer(stream);
    await kinesis.run("DeregisterStreamConsumer", { ConsumerARN: first });
    await kinesis.pass(1_000);
    const second = await kinesis.consumer(stream);
    expect(second).not.toBe(first);
    expect(await codeOf(kinesis.run("DescribeStreamConsumer", { ConsumerARN: first }))).toBe(
      "ResourceNotFoundException",
    );
  });
});
