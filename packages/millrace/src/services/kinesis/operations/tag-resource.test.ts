import { describe, expect, it } from "vitest";
import { codeOf, errorOf, TestKinesis } from "../test-kinesis.ts";

describe("TagResource", () => {
  it("tags streams and consumers apart", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const consumer = await kinesis.consumer(stream);
    await kinesis.consumer(stream, "other");
    await kinesis.run("TagResource", { ResourceARN: stream.arn, Tags: { a: "stream" } });
    await kinesis.run("TagResource", { ResourceARN: consumer, Tags: { a: "consumer", b: "" } });
    expect(stream.document.tags).toEqual({ a: "stream" });
    expect(stream.document.consumers.map(({ tags }) => tags)).toEqual([{ a: "consumer", b: "" }, {}]);
  });

  it("allows fifty tags a resource and no reserved keys", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream();
    const ResourceARN = await kinesis.consumer(stream);
    const Tags = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "v"]));
    await kinesis.run("TagResource", { ResourceARN, Tags });
    const more = await errorOf(kinesis.run("TagResource", { ResourceARN, Tags: { more: "" } }));
    expect(more.message).toContain(`Failed to add tags to resource ${ResourceARN}`);
    await kinesis.run("TagResource", { ResourceARN: stream.arn, Tags: { more: "" } });
    expect(await codeOf(kinesis.run("TagResource", { ResourceARN: stream.arn, Tags: { "aws:x": "" } }))).toBe(
      "InvalidArgumentException",
    );
  });

  it("needs a resource that is there, created, and not being deleted", async () => {
    await using kinesis = await TestKinesis.start();
    const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    const tag = (ResourceARN: string): Promise<string> =>
      codeOf(kinesis.run("TagResource", { ResourceARN, Tags: { a: "" } }));
    expect(await tag(arn)).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1 });
    expect(await tag(arn)).toBe("ResourceInUseException");
    expect(await tag(`${arn}/consumer/reader:1`)).toBe("ResourceNotFoundException");
    await kinesis.pass();
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await tag(arn)).toBe("ResourceInUseException");
    expect(await tag("arn:aws:lambda:us-east-1:000000000000:function:f")).toBe("InvalidArgumentException");
  });
});
