import { describe, expect, it } from "vitest";
import { codeOf, streamName, TestFirehose } from "../test-firehose.ts";

describe("UntagDeliveryStream", () => {
  it("removes tags; those that are not there are no error", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({}, { Tags: [{ Key: "a" }, { Key: "b" }] });
    await firehose.run("UntagDeliveryStream", { DeliveryStreamName: streamName, TagKeys: ["a", "none"] });
    await firehose.restart();
    const { Tags } = await firehose.run("ListTagsForDeliveryStream", { DeliveryStreamName: streamName });
    expect(Tags).toEqual([{ Key: "b", Value: "" }]);
  });

  it("knows no stream that is not there", async () => {
    await using firehose = await TestFirehose.start();
    const answer = firehose.run("UntagDeliveryStream", { DeliveryStreamName: "none", TagKeys: ["a"] });
    expect(await codeOf(answer)).toBe("ResourceNotFoundException");
  });
});
