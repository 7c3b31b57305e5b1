import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

const untag = (kinesis: TestKinesis, TagKeys: string[]): Promise<unknown> =>
  kinesis.run("RemoveTagsFromStream", { StreamName: "orders", TagKeys });

describe("RemoveTagsFromStream", () => {
  it("removes tags and ignores those that are not there", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { a: "1", b: "2", c: "3" } });
    await untag(kinesis, ["a", "missing", "c", "c"]);
    expect(stream.document.tags).toEqual({ b: "2" });
  });

  it("ends the limits that a tag switched on", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { "millrace:limits": "fault", "millrace:fault-rate": "1" } });
    expect(await codeOf(kinesis.put(stream, "x"))).toBe("ProvisionedThroughputExceededException");
    await untag(kinesis, ["millrace:limits"]);
    await kinesis.put(stream, "x");
  });

  it("needs a stream that is there, created, and not being deleted", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(untag(kinesis, ["a"]))).toBe("ResourceNotFoundException");
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1, Tags: { a: "1" } });
    expect(await codeOf(untag(kinesis, ["a"]))).toBe("ResourceInUseException");
    await kinesis.pass();
    await kinesis.run("DeleteStream", { StreamName: "orders" });
    expect(await codeOf(untag(kinesis, ["a"]))).toBe("ResourceInUseException");
  });

  it("finds the stream by its ARN or its id", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { a: "1", b: "2" } }, { account: "111111111111" });
    expect(await codeOf(untag(kinesis, ["a"]))).toBe("ResourceNotFoundException");
    await kinesis.run("RemoveTagsFromStream", { StreamARN: stream.arn, TagKeys: ["a"] });
    await kinesis.run("RemoveTagsFromStream", { StreamId: stream.document.id, TagKeys: ["b"] });
    expect(stream.document.tags).toEqual({});
  });
});
