import { describe, expect, it } from "vitest";
import { codeOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

describe("TransactGetItems", () => {
  it("answers the items in the order of the request, with gaps for what is not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    await dynamodb.put("plain", { id: { S: "a" }, x: { S: "x" }, y: { S: "y" } });
    const get = (id: string, input: object = {}): object => ({
      Get: { TableName: "plain", Key: { id: { S: id } }, ...input },
    });
    const { Responses, ConsumedCapacity } = await dynamodb.run("TransactGetItems", {
      TransactItems: [get("none"), get("a", { ProjectionExpression: "x" }), get("a")] as never,
      ReturnConsumedCapacity: "TOTAL",
    });
    expect(plain(Responses)).toEqual([
      {},
      { Item: { x: { S: "x" } } },
      { Item: { id: { S: "a" }, x: { S: "x" }, y: { S: "y" } } },
    ]);
    expect(ConsumedCapacity).toEqual([{ TableName: "plain", CapacityUnits: 6 }]);
  });

  it("refuses wrong keys and tables that are not there", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const get = (TableName: string, Key: object): Promise<unknown> =>
      dynamodb.run("TransactGetItems", { TransactItems: [{ Get: { TableName, Key: Key as never } }] });
    expect(await messageOf(get("plain", {}))).toContain("does not match the schema");
    expect(await codeOf(get("nowhere", { id: { S: "a" } }))).toBe("ResourceNotFoundException");
  });
});
