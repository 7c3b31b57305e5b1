import { describe, expect, it } from "vitest";
import { codeAndMessageOf, codeOf, streamName, TestFirehose } from "../test-firehose.ts";

const tags = (count: number, prefix: string = "k"): { Key: string; Value: string }[] =>
  Array.from({ length: count }, (_, i) => ({ Key: `${prefix}${i}`, Value: String(i) }));
const tag = (firehose: TestFirehose, Tags: { Key: string; Value?: string }[]): Promise<unknown> =>
  firehose.run("TagDeliveryStream", { DeliveryStreamName: streamName, Tags });
const list = async (firehose: TestFirehose): Promise<unknown> =>
  (await firehose.run("ListTagsForDeliveryStream", { DeliveryStreamName: streamName })).Tags;

describe("TagDeliveryStream", () => {
  it("adds tags and replaces those of the same key", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create({}, { Tags: [{ Key: "team", Value: "a" }] });
    await tag(firehose, [{ Key: "team", Value: "b" }, { Key: "empty" }]);
    expect(await list(firehose)).toEqual([
      { Key: "empty", Value: "" },
      { Key: "team", Value: "b" },
    ]);
  });

  it("takes 50 tags and no more, counting those that are there", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await tag(firehose, tags(49));
    await tag(firehose, tags(1, "last"));
    expect(await codeAndMessageOf(tag(firehose, tags(1, "more")))).toEqual({
      code: "LimitExceededException",
      message: "A delivery stream can have at most 50 tags.",
    });
    await tag(firehose, tags(49));
  });

  it("refuses keys that come twice or belong to AWS", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    expect(await codeOf(tag(firehose, [...tags(1), ...tags(1)]))).toBe("InvalidArgumentException");
    expect(await codeOf(tag(firehose, [{ Key: "AWS:x", Value: "1" }]))).toBe("InvalidArgumentException");
    expect(await list(firehose)).toEqual([]);
  });

  it("keeps the tags of calls at the same time", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await Promise.all([tag(firehose, tags(2, "a")), tag(firehose, tags(2, "b"))]);
    expect(await list(firehose)).toHaveLength(4);
  });

  it("leaves a stream alone that is on its way out", async () => {
    await using firehose = await TestFirehose.start();
    await firehose.create();
    await firehose.run("DeleteDeliveryStream", { DeliveryStreamName: streamName });
    expect(await codeOf(tag(firehose, tags(1)))).toBe("ResourceInUseException");
  });
});
