import { describe, expect, it } from "vitest";
import { errorOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

describe("GetItem", () => {
  it("answers the item, or the parts of it that are asked for", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    await dynamodb.put("plain", {
      id: { S: "a" },
      name: { S: "n" },
      arr: { L: [{ S: "0" }, { S: "1" }, { S: "2" }] },
      doc: { M: { x: { S: "x" }, y: { M: { z: { S: "z" } } } } },
    });
    const get = async (input: object): Promise<unknown> =>
      plain((await dynamodb.run("GetItem", { TableName: "plain", Key: { id: { S: "a" } }, ...input })).Item);
    expect(
      await get({
        ProjectionExpression: "#n, arr[2], arr[0], doc.y.z, absent, doc.absent, arr[9]",
        ExpressionAttributeNames: { "#n": "name" },
      }),
    ).toEqual({
      name: { S: "n" },
      arr: { L: [{ S: "0" }, { S: "2" }] },
      doc: { M: { y: { M: { z: { S: "z" } } } } },
    });
    expect(await get({ AttributesToGet: ["name", "absent"] })).toEqual({ name: { S: "n" } });
    expect(await get({ ProjectionExpression: "hasOwnProperty, __proto__" })).toEqual({});
  });

  it("answers nothing for what is not there, and counts capacity by consistency", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    await dynamodb.put("plain", { id: { S: "big" }, x: { S: "x".repeat(5_000) } });
    const get = (
      id: string,
      ConsistentRead: boolean,
    ): Promise<{ Item?: unknown; ConsumedCapacity?: unknown }> =>
      dynamodb.run("GetItem", {
        TableName: "plain",
        Key: { id: { S: id } },
        ConsistentRead,
        ReturnConsumedCapacity: "INDEXES",
      });
    expect(await get("none", false)).toEqual({
      ConsumedCapacity: { TableName: "plain", CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } },
    });
    expect((await get("big", true)).ConsumedCapacity).toMatchObject({ CapacityUnits: 2 });
  });

  it("keeps accounts and regions apart, and finds both by ARN", async () => {
    await using dynamodb = await TestDynamodb.start();
    const key = { id: { S: "a" }, seq: { N: "1" } };
    for (const call of [{}, { region: "eu-west-1" }, { account: "111111111111" }]) {
      await dynamodb.table({}, call);
      const Item = { ...key, where: { S: JSON.stringify(call) } };
      await dynamodb.run("PutItem", { TableName: "orders", Item }, call);
    }
    const where = async (TableName: string, call: object): Promise<unknown> =>
      (await dynamodb.run("GetItem", { TableName, Key: key }, call)).Item?.["where"]?.S;
    expect(await where("orders", {})).toBe("{}");
    expect(await where("orders", { region: "eu-west-1" })).toBe('{"region":"eu-west-1"}');
    expect(await where("arn:aws:dynamodb:us-east-1:111111111111:table/orders", {})).toBe(
      '{"account":"111111111111"}',
    );
  });

  it.each([
    [{}],
    [{ id: { S: "a" } }],
    [{ id: { S: "a" }, seq: { S: "1" } }],
    [{ id: { S: "a" }, seq: { N: "1" }, more: { S: "x" } }],
    [{ id: { S: "a" }, mistaken: { N: "1" } }],
  ])("refuses the key %j", async (key) => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table();
    expect(await messageOf(dynamodb.run("GetItem", { TableName: "orders", Key: key as never }))).toBe(
      "The provided key element does not match the schema",
    );
  });

  it("refuses names that no table has, tables that are being made, and unused names", async () => {
    await using dynamodb = await TestDynamodb.start();
    const get = (TableName: string, input: object = {}): Promise<unknown> =>
      dynamodb.run("GetItem", { TableName, Key: { id: { S: "a" } }, ...input });
    expect(await messageOf(get("a b"))).toContain("Member must satisfy regular expression pattern");
    expect(await messageOf(get("ab"))).toContain("TableName must be at least 3 characters long");
    expect(await messageOf(get("arn:aws:s3:::bucket"))).toContain("Invalid TableArn");
    expect((await errorOf(get("nowhere"))).message).toBe("Requested resource not found");
    await dynamodb.run("CreateTable", {
      TableName: "early",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    });
    expect((await errorOf(get("early"))).code).toBe("ResourceNotFoundException");
    await dynamodb.plainTable();
    expect(
      await messageOf(get("plain", { ProjectionExpression: "a", ExpressionAttributeNames: { "#b": "b" } })),
    ).toBe("Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}");
    expect(await messageOf(get("plain", { ProjectionExpression: "a", AttributesToGet: ["a"] }))).toContain(
      "Can not use both expression and non-expression parameters in the same request",
    );
    expect(await messageOf(get("plain", { AttributesToGet: ["a", "a"] }))).toContain("Duplicate value");
    expect(await messageOf(get("plain", { ProjectionExpression: "a.b, a" }))).toContain(
      "Two document paths overlap with each other",
    );
  });
});
