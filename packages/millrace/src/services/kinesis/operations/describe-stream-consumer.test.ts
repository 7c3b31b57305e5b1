import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("DescribeStreamConsumer", () => {
  it("shows the consumer, by its ARN or by stream and name", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const createdSeconds = Math.floor(kinesis.clock.now() / 1000);
    const ConsumerARN = await kinesis.consumer(stream);
    const expected = {
      ConsumerDescription: {
        ConsumerName: "reader",
        ConsumerARN,
        ConsumerStatus: "ACTIVE",
        ConsumerCreationTimestamp: new Date(createdSeconds * 1000),
        StreamARN: stream.arn,
      },
    };
    expect(await kinesis.run("DescribeStreamConsumer", { ConsumerARN })).toEqual(expected);
    const byName = { StreamARN: stream.arn, ConsumerName: "reader" };
    expect(await kinesis.run("DescribeStreamConsumer", byName)).toEqual(expected);
    expect(await kinesis.run("DescribeStreamConsumer", { ConsumerARN }, { account: "111111111111" })).toEqual(
      expected,
    );
    expect(kinesis.resources("DescribeStreamConsumer", byName)).toEqual([ConsumerARN]);
  });

  it("finds none of another name, time or stream", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ConsumerARN = await kinesis.consumer(stream);
    const describe = (input: object): Promise<string> => codeOf(kinesis.run("DescribeStreamConsumer", input));
    expect(await describe({ ConsumerARN: `${ConsumerARN}1` })).toBe("ResourceNotFoundException");
    expect(await describe({ ConsumerARN: ConsumerARN.replace("reader", "writer") })).toBe(
      "ResourceNotFoundException",
    );
    expect(await describe({ ConsumerARN: ConsumerARN.replace("orders", "others") })).toBe(
      "ResourceNotFoundException",
    );
    expect(await describe({ StreamARN: stream.arn, ConsumerName: "writer" })).toBe(
      "ResourceNotFoundException",
    );
    expect(await describe({ StreamARN: stream.arn })).toBe("InvalidArgumentException");
    expect(await describe({ StreamARN: ConsumerARN, ConsumerName: "reader" })).toBe(
      "InvalidArgumentException",
    );
    expect(await describe({ ConsumerARN: "arn:aws:s3:::bucket" })).toBe("InvalidArgumentException");
  });
});
