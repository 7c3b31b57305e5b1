import { describe, expect, it } from "vitest";
import { codeOf, streamName, TestFirehose } from "../test-firehose.ts";

describe("ListTagsForDeliveryStream", () => {
  it("lists tags by key, a page at a time", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({}, { Tags: ["c", "a", "b"].map((Key) => ({ Key, Value: Key.toUpperCase() })) });
    const input = { DeliveryStreamName: streamName };
    expect(await firehose.run("ListTagsForDeliveryStream", { ...input, Limit: 2 })).toEqual({
      Tags: [
        { Key: "a", Value: "A" },
        { Key: "b", Value: "B" },
      ],
      HasMoreTags: true,
    });
    expect(await firehose.run("ListTagsForDeliveryStream", { ...input, ExclusiveStartTagKey: "b" })).toEqual({
      Tags: [{ Key: "c", Value: "C" }],
      HasMoreTags: false,
    });
  });

  it("knows no stream that is not there", async () => {
    await using firehose = await TestFirehose.start();
    const answer = firehose.run("ListTagsForDeliveryStream", { DeliveryStreamName: "none" });
    expect(await codeOf(answer)).toBe("ResourceNotFoundException");
  });
});
