import { describe, expect, it } from "vitest";
import { codeOf, TestKinesis } from "../test-kinesis.ts";

describe("ListTagsForResource", () => {
  it("lists the tags of a stream or a consumer by key", async () => {
    await using kinesis = await TestKinesis.start();
    const stream = await kinesis.stream({ Tags: { z: "1", a: "", m: "3" } });
    const consumer = await kinesis.consumer(stream);
    const list = async (ResourceARN: string): Promise<unknown> =>
      (await kinesis.run("ListTagsForResource", { ResourceARN })).Tags;
    expect(await list(stream.arn)).toEqual([
      { Key: "a", Value: "" },
      { Key: "m", Value: "3" },
      { Key: "z", Value: "1" },
    ]);
    expect(await list(consumer)).toEqual([]);
  });

  it("needs a resource that is there", async () => {
    await using kinesis = await TestKinesis.start();
    const list = (ResourceARN: string): Promise<string> =>
      codeOf(kinesis.run("ListTagsForResource", { ResourceARN }));
    const arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    expect(await list(arn)).toBe("ResourceNotFoundException");
    await kinesis.stream();
    expect(await list(`${arn}/consumer/reader:1`)).toBe("ResourceNotFoundException");
    expect(await list(`${arn}/shard/1`)).toBe("InvalidArgumentException");
  });
});
