import { describe, expect, it } from "vitest";
import { errorOf, TestDynamodb } from "../test-dynamodb.ts";

describe("ListTagsOfResource", () => {
  it("lists the tags of a table by key", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table({ Tags: ["b", "a"].map((Key) => ({ Key, Value: Key })) });
    const ResourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
    expect(await dynamodb.run("ListTagsOfResource", { ResourceArn })).toEqual({
      Tags: [
        { Key: "a", Value: "a" },
        { Key: "b", Value: "b" },
      ],
    });
    const { code, message } = await errorOf(
      dynamodb.run("ListTagsOfResource", { ResourceArn: `${ResourceArn}-none` }),
    );
    expect(code).toBe("ResourceNotFoundException");
    expect(message).toContain("not found");
  });
});
