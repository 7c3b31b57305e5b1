import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("ListTagsForStream", () => {
  it("lists tags by key, page by page", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.stream({ Tags: { c: "3", a: "1", b: "2" } });
    const list = async (Limit?: number, ExclusiveStartTagKey?: string): Promise<unknown[]> => {
      const answer = await kinesis.run("ListTagsForStream", {
        StreamName: "orders",
        Limit,
        ExclusiveStartTagKey,
      });
      return [answer.Tags?.map(({ Key, Value }) => `${Key}=${Value}`), answer.HasMoreTags];
    };
    expect(await list()).toEqual([["a=1", "b=2", "c=3"], false]);
    expect(await list(2)).toEqual([["a=1", "b=2"], true]);
    expect(await list(2, "b")).toEqual([["c=3"], false]);
    expect(await list(1, "aa")).toEqual([["b=2"], true]);
    expect(await list(1, "z")).toEqual([[], false]);
  });

  it("lists tags that were given at creation while the stream is CREATING", async () => {
    await using kinesis = await TestKinesis.start();
    await kinesis.run("CreateStream", { StreamName: "orders", ShardCount: 1, Tags: { a: "1" } });
    expect((await kinesis.run("ListTagsForStream", { StreamName: "orders" })).Tags).toEqual([
      { Key: "a", Value: "1" },
    ]);
  });

  it("needs a stream that is there, by name, ARN or id", async () => {
    await using kinesis = await TestKinesis.start();
    expect(await codeOf(kinesis.run("ListTagsForStream", { StreamName: "orders" }))).toBe(
      "ResourceNotFoundException",
    );
    const stream = await kinesis.stream();
    for (const by of [{ StreamARN: stream.arn }, { StreamId: stream.document.id }])
      expect(await kinesis.run("ListTagsForStream", by)).toEqual({ Tags: [], HasMoreTags: false });
  });
});
