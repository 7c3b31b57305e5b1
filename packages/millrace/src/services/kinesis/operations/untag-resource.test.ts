import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("UntagResource", () => {
  it("removes tags of a stream or a consumer, and ignores those that are not there", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { a: "1", b: "2" } });
    const consumer = await kinesis.consumer(stream);
    await kinesis.run("TagResource", { ResourceARN: consumer, Tags: { a: "1", b: "2" } });
    await kinesis.run("UntagResource", { ResourceARN: consumer, TagKeys: ["a", "missing"] });
    await kinesis.run("UntagResource", { ResourceARN: stream.arn, TagKeys: ["b"] });
    expect(stream.document.tags).toEqual({ a: "1" });
    expect(stream.document.consumers[0]?.tags).toEqual({ b: "2" });
  });

  it("needs a resource that is there and created", async () => {
    await using kinesis = await TestKinesis.start();
    const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    const untag = (ResourceARN: string): Promise<string> =>
      codeOf(kinesis.run("UntagResource", { ResourceARN, TagKeys: ["a"] }));
    expect(await untag(arn)).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await untag(arn)).toBe("ResourceInUseException");
    await kinesis.pass();
    expect(await untag(`${arn}/consumer/reader:1`)).toBe("ResourceNotFoundException");
    expect(await untag("orders")).toBe("InvalidArgumentException");
  });
});
