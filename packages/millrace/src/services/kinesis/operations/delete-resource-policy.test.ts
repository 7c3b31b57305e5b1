import { describe, expect, it } from "vitest";
import { streamPolicies } from "../stream-policies.ts";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const Policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "kinesis:DeleteStream", Resource: "*" }],
});

describe("DeleteResourcePolicy", () => {
  it("removes the policy of the one resource", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { a: "b" } });
    const consumer = await kinesis.consumer(stream);
    for (const ResourceARN of [stream.arn, consumer])
      await kinesis.run("PutResourcePolicy", { ResourceARN, Policy });
    await kinesis.run("DeleteResourcePolicy", { ResourceARN: stream.arn });
    expect(streamPolicies(kinesis.state, stream.arn)).toEqual([]);
    expect(streamPolicies(kinesis.state, consumer)).toEqual([Policy]);
    await kinesis.run("DeleteResourcePolicy", { ResourceARN: consumer });
    expect(streamPolicies(kinesis.state, consumer)).toEqual([]);
    expect(stream.document.tags).toEqual({ a: "b" });
  });

  it("finds no policy where there is none", async () => {
    await using kinesis = await TestKinesis.start();
    const remove = (ResourceARN: string): Promise<string> =>
      codeOf(kinesis.run("DeleteResourcePolicy", { ResourceARN }));
    expect(await remove("arn:aws:kinesis:us-east-1:000000000000:stream/orders")).toBe(
      "ResourceNotFoundException",
    );
    const stream = await kinesis.stream();
    expect(await remove(stream.arn)).toBe("ResourceNotFoundException");
    await kinesis.run("PutResourcePolicy", { ResourceARN: stream.arn, Policy });
    await kinesis.run("DeleteResourcePolicy", { ResourceARN: stream.arn });
    expect(await remove(stream.arn)).toBe("ResourceNotFoundException");
  });
});
