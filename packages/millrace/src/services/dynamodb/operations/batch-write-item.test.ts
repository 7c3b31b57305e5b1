import { describe, expect, it } from "vitest";
import { codeOf, messageOf, TestDynamodb } from "../test-dynamodb.ts";

const put = (id: string): object => ({ PutRequest: { Item: { id: { S: id }, x: { S: "x" } } } });
const remove = (id: string): object => ({ DeleteRequest: { Key: { id: { S: id } } } });

async function write(dynamodb: TestDynamodb, requests: Record<string, readonly object[]>): Promise<unknown> {
  return dynamodb.run("BatchWriteItem", { RequestItems: requests as never, ReturnConsumedCapacity: "TOTAL" });
}

describe("BatchWriteItem", () => {
  it("puts and deletes in several tables", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable("table-one");
    await dynamodb.plainTable("table-two");
    await write(dynamodb, { "table-one": [put("a"), put("b")], "table-two": [put("c")] });
    expect(
      await write(dynamodb, { "table-one": [remove("a"), put("d")], "table-two": [remove("none")] }),
    ).toEqual({
      UnprocessedItems: {},
      ConsumedCapacity: [
        { TableName: "table-one", CapacityUnits: 2 },
        { TableName: "table-two", CapacityUnits: 1 },
      ],
    });
    const ids = async (TableName: string): Promise<unknown> =>
      (await dynamodb.run("Scan", { TableName })).Items?.map(({ id }) => id?.S).sort();
    expect([await ids("table-one"), await ids("table-two")]).toEqual([["b", "d"], ["c"]]);
  });

  it("writes nothing when one request is wrong", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const refused = (requests: readonly object[], table = "plain"): Promise<unknown> =>
      write(dynamodb, { [table]: requests });
    expect(await messageOf(refused([put("a"), remove("a")]))).toContain("contains duplicates");
    expect(await messageOf(refused([put("a"), { PutRequest: { Item: { x: { S: "a" } } } }]))).toContain(
      "Missing the key id in the item",
    );
    expect(await messageOf(refused([put("a"), {}]))).toContain(
      "must contain exactly one of the supported datatypes",
    );
    expect(await messageOf(refused([{ ...put("a"), ...remove("a") }]))).toContain(
      "more than one datatypes set",
    );
    expect(await codeOf(refused([put("a")], "nowhere"))).toBe("ResourceNotFoundException");
    const many = { plain: Array.from({ length: 20 }, (_, i) => put(String(i))) };
    await dynamodb.plainTable("other");
    expect(await messageOf(write(dynamodb, { ...many, other: many.plain }))).toBe(
      "Too many items requested for the BatchWriteItem call",
    );
    expect((await dynamodb.run("Scan", { TableName: "plain" })).Count).toBe(0);
  });

  it("reports item collections of tables that have them", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table({
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "seq", AttributeType: "N" },
        { AttributeName: "rank", AttributeType: "N" },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: "ranks",
          KeySchema: [
            { AttributeName: "id", KeyType: "HASH" },
            { AttributeName: "rank", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    });
    const { ItemCollectionMetrics } = await dynamodb.run("BatchWriteItem", {
      RequestItems: {
        orders: [{ PutRequest: { Item: { id: { S: "a" }, seq: { N: "1" }, rank: { N: "1" } } } }],
      },
      ReturnItemCollectionMetrics: "SIZE",
    });
    expect(JSON.parse(JSON.stringify(ItemCollectionMetrics))).toEqual({
      orders: [{ ItemCollectionKey: { id: { S: "a" } }, SizeEstimateRangeGB: [0, 1] }],
    });
  });
});
