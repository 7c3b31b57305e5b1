import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("DeregisterStreamConsumer", () => {
  it("is DELETING for a while, then the consumer is gone", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ConsumerARN = await kinesis.consumer(stream);
    await kinesis.consumer(stream, "other");
    await kinesis.run("DeregisterStreamConsumer", { ConsumerARN });
    const { ConsumerDescription } = await kinesis.run("DescribeStreamConsumer", { ConsumerARN });
    expect(ConsumerDescription?.ConsumerStatus).toBe("DELETING");
    expect(await codeOf(kinesis.run("DeregisterStreamConsumer", { ConsumerARN }))).toBe(
      "ResourceInUseException",
    );
    await kinesis.pass();
    expect(stream.document.consumers.map(({ name }) => name)).toEqual(["other"]);
    expect(await codeOf(kinesis.run("DeregisterStreamConsumer", { ConsumerARN }))).toBe(
      "ResourceNotFoundException",
    );
  });

  it("takes the consumer's ARN, its stream's ARN and its name, or all three", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const StreamARN = stream.arn;
    for (const input of [{}, { StreamARN }, { ConsumerName: "reader" }]) {
      expect(await codeOf(kinesis.run("DeregisterStreamConsumer", input))).toBe("InvalidArgumentException");
    }
    await kinesis.consumer(stream);
    await kinesis.run("DeregisterStreamConsumer", { StreamARN, ConsumerName: "reader" });
    await kinesis.pass();
    const ConsumerARN = await kinesis.consumer(stream);
    await kinesis.run("DeregisterStreamConsumer", { StreamARN, ConsumerName: "reader", ConsumerARN });
    await kinesis.pass();
    expect(stream.document.consumers).toEqual([]);
  });

  it("refuses three that mean different consumers", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const other = await kinesis.stream({ StreamName: "other" });
    const ConsumerARN = await kinesis.consumer(stream);
    for (const input of [{ ConsumerName: "another" }, { StreamARN: other.arn }]) {
      const run = kinesis.run("DeregisterStreamConsumer", { ConsumerARN, ...input });
      expect(await codeOf(run)).toBe("InvalidArgumentException");
    }
    expect(await codeOf(kinesis.run("DeregisterStreamConsumer", { ConsumerARN: stream.arn }))).toBe(
      "InvalidArgumentException",
    );
    expect(stream.document.consumers[0]?.status).toBe("ACTIVE");
  });
});
