import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("ListStreamConsumers", () => {
  it("lists the consumers of a stream by name, page by page", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    for (const name of ["c", "a", "b"]) await kinesis.consumer(stream, name);
    await kinesis.run("DeregisterStreamConsumer", { StreamARN: stream.arn, ConsumerName: "b" });
    const StreamARN = stream.arn;
    const first = await kinesis.run("ListStreamConsumers", { StreamARN, MaxResults: 2 });
    expect(
      first.Consumers?.map(({ ConsumerName, ConsumerStatus }) => [ConsumerName, ConsumerStatus]),
    ).toEqual([
      ["a", "ACTIVE"],
      ["b", "DELETING"],
    ]);
    const second = await kinesis.run("ListStreamConsumers", { StreamARN, NextToken: first.NextToken });
    expect(second.Consumers?.map(({ ConsumerName }) => ConsumerName)).toEqual(["c"]);
    expect(second.NextToken).toBeUndefined();
  });

  it("refuses tokens of another stream and expired ones", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const other = await kinesis.stream({ StreamName: "other" });
    for (const name of ["a", "b"]) await kinesis.consumer(stream, name);
    const { NextToken } = await kinesis.run("ListStreamConsumers", { StreamARN: stream.arn, MaxResults: 1 });
    const list = (StreamARN: string): Promise<unknown> =>
      kinesis.run("ListStreamConsumers", { StreamARN, NextToken });
    expect(await codeOf(list(other.arn))).toBe("InvalidArgumentException");
    await list(stream.arn);
    await kinesis.pass(300_000);
    expect(await codeOf(list(stream.arn))).toBe("ExpiredNextTokenException");
  });

  it("finds no stream that is not there, or of another creation time", async () => {
    await using kinesis = await TestKinesis.start();
    const missing = { StreamARN: "arn:aws:kinesis:us-east-1:000000000000:stream/missing" };
    expect(await codeOf(kinesis.run("ListStreamConsumers", missing))).toBe("ResourceNotFoundException");
    const { arn, document } = await kinesis.stream();
    const list = (ms: number): Promise<unknown> =>
      kinesis.run("ListStreamConsumers", { StreamARN: arn, StreamCreationTimestamp: new Date(ms) });
    expect(await list(document.createdMs)).toEqual({ Consumers: [] });
    expect(await codeOf(list(document.createdMs - 1_000))).toBe("ResourceNotFoundException");
  });
});
