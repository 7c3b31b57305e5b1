import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "kinesis:*", Resource: "*" }],
});

describe("GetResourcePolicy", () => {
  it("answers the policy as it was put, of streams and consumers apart", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const consumer = await kinesis.consumer(stream);
    await kinesis.run("PutResourcePolicy", { ResourceARN: consumer, Policy });
    expect(await kinesis.run("GetResourcePolicy", { ResourceARN: consumer })).toEqual({ Policy });
    const error = await errorOf(kinesis.run("GetResourcePolicy", { ResourceARN: stream.arn }));
    expect([error.code, error.message]).toEqual([
      "ResourceNotFoundException",
      `No policy found for resource ${stream.arn}.`,
    ]);
  });

  it("keeps the policy through other changes and a restart", async () => {
    await using kinesis = await TestKinesis.start({ onDisk: true });
    const stream = await kinesis.stream();
    await kinesis.run("PutResourcePolicy", { ResourceARN: stream.arn, Policy });
    await kinesis.run("AddTagsToStream", { StreamName: "orders", Tags: { a: "b" } });
    await kinesis.run("UpdateShardCount", {
      StreamName: "orders",
      TargetShardCount: 2,
      ScalingType: "UNIFORM_SCALING",
    });
    await kinesis.restart();
    expect(await kinesis.run("GetResourcePolicy", { ResourceARN: stream.arn })).toEqual({ Policy });
  });

  it("needs a stream that is there", async () => {
    await using kinesis = await TestKinesis.start();
    const get = (ResourceARN: string): Promise<string> =>
      codeOf(kinesis.run("GetResourcePolicy", { ResourceARN }));
    expect(await get("arn:aws:kinesis:us-east-1:000000000000:stream/orders")).toBe(
      "ResourceNotFoundException",
    );
    expect(await get("arn:aws:kinesis:us-east-1:000000000000:stream/")).toBe("InvalidArgumentException");
  });
});
