import { describe, expect, it } from "vitest";
import { codeOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

describe("DeleteItem", () => {
  it("removes an item, answers it when asked, and does not mind when it is gone", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const Key = { id: { S: "a" } };
    await dynamodb.put("plain", { ...Key, x: { S: "x" } });
    const remove = async (): Promise<unknown> =>
      plain(await dynamodb.run("DeleteItem", { TableName: "plain", Key, ReturnValues: "ALL_OLD" }));
    expect(await remove()).toEqual({ Attributes: { ...Key, x: { S: "x" } } });
    expect(await remove()).toEqual({});
    expect(await dynamodb.get("plain", Key)).toBeUndefined();
  });

  it("keeps what its condition does not hold for", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const Key = { id: { S: "a" } };
    await dynamodb.put("plain", { ...Key, owner: { S: "me" } });
    const remove = (owner: string, input: object = {}): Promise<unknown> =>
      dynamodb.run("DeleteItem", {
        TableName: "plain",
        Key,
        ...(owner === ""
          ? {}
          : {
              ConditionExpression: "#o = :o",
              ExpressionAttributeNames: { "#o": "owner" },
              ExpressionAttributeValues: { ":o": { S: owner } },
            }),
        ...input,
      });
    expect(await codeOf(remove("you"))).toBe("ConditionalCheckFailedException");
    expect(await codeOf(remove("", { Expected: { owner: { Value: { S: "you" } } } }))).toBe(
      "ConditionalCheckFailedException",
    );
    expect(await messageOf(remove("", { ReturnValues: "UPDATED_OLD" }))).toBe(
      "ReturnValues can only be ALL_OLD or NONE",
    );
    await remove("me");
    expect(await codeOf(remove("me"))).toBe("ConditionalCheckFailedException");
  });
});
