import { describe, expect, it } from "vitest";
import { messageOf, TestDynamodb } from "../test-dynamodb.ts";

const ResourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";

describe("UntagResource", () => {
  it("removes tags, and does not mind those that are not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table({ Tags: ["a", "b", "c"].map((Key) => ({ Key, Value: Key })) });
    await dynamodb.run("UntagResource", { ResourceArn, TagKeys: ["a", "c", "x"] });
    expect((await dynamodb.run("ListTagsOfResource", { ResourceArn })).Tags).toEqual([
      { Key: "b", Value: "b" },
    ]);
    expect(await messageOf(dynamodb.run("UntagResource", { ResourceArn, TagKeys: [] }))).toBe(
      "Atleast one Tag Key needs to be provided as Input.",
    );
  });
});
