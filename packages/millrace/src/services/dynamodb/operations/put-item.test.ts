import { describe, expect, it } from "vitest";
import { codeOf, errorOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

describe("PutItem", () => {
  it("keeps an item of all types, with its numbers canonical", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const item = {
      id: { S: "a" },
      text: { S: "" },
      number: { N: "1.50e2" },
      bytes: { B: Buffer.from([0, 255]) },
      texts: { SS: ["x", "y"] },
      numbers: { NS: ["1.0", "2"] },
      blobs: { BS: [Buffer.from("p"), Buffer.from("q")] },
      nothing: { NULL: true },
      yes: { BOOL: true },
      no: { BOOL: false },
      list: { L: [{ M: { deep: { B: Buffer.from("d") } } }, { S: "z" }] },
      map: { M: { ["constructor"]: { S: "c" }, ["__proto__"]: { S: "p" } } },
    } as const;
    const map = Object.assign(Object.create(null), { constructor: { S: "c" } });
    Object.defineProperty(map, "__proto__", { value: { S: "p" }, enumerable: true });
    await dynamodb.put("plain", { ...item, map: { M: map } } as never);
    const { Item = {} } = await dynamodb.run("GetItem", { TableName: "plain", Key: { id: { S: "a" } } });
    expect(Item["number"]).toEqual({ N: "150" });
    expect(Item["numbers"]).toEqual({ NS: ["1", "2"] });
    expect(Item["bytes"]?.B).toEqual(Buffer.from([0, 255]));
    expect(Item["blobs"]?.BS).toEqual([Buffer.from("p"), Buffer.from("q")]);
    expect(Item["list"]?.L?.[0]?.M?.["deep"]?.B).toEqual(Buffer.from("d"));
    expect([Item["text"], Item["nothing"], Item["yes"], Item["no"]]).toEqual([
      { S: "" },
      { NULL: true },
      { BOOL: true },
      { BOOL: false },
    ]);
    expect(Object.entries(Item["map"]?.M ?? {}).sort()).toEqual([
      ["__proto__", { S: "p" }],
      ["constructor", { S: "c" }],
    ]);
  });

  it("replaces the whole item and answers the old one when asked", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const put = (value: string): Promise<unknown> =>
      dynamodb.run("PutItem", {
        TableName: "plain",
        Item: { id: { S: "a" }, [value]: { S: value } },
        ReturnValues: "ALL_OLD",
        ReturnConsumedCapacity: "TOTAL",
      });
    const capacity = { ConsumedCapacity: { TableName: "plain", CapacityUnits: 1 } };
    expect(await put("one")).toEqual(capacity);
    expect(plain(await put("two"))).toEqual({
      Attributes: { id: { S: "a" }, one: { S: "one" } },
      ...capacity,
    });
    expect(await dynamodb.get("plain", { id: { S: "a" } })).toEqual({ id: { S: "a" }, two: { S: "two" } });
  });

  it("lets one of two conditional puts win, and tells the other what is there", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const put = (owner: string): Promise<unknown> =>
      dynamodb.run("PutItem", {
        TableName: "plain",
        Item: { id: { S: "lease" }, owner: { S: owner } },
        ConditionExpression: "attribute_not_exists(id)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
    const [first, second] = [put("a"), errorOf(put("b"))];
    await first;
    const { code, message, members } = await second;
    expect([code, message]).toEqual(["ConditionalCheckFailedException", "The conditional request failed"]);
    expect(plain(members["Item"])).toEqual({ id: { S: "lease" }, owner: { S: "a" } });
  });

  it("knows the legacy conditions", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const put = (Expected: Record<string, object>): Promise<unknown> =>
      dynamodb.run("PutItem", { TableName: "plain", Item: { id: { S: "a" }, n: { N: "1" } }, Expected });
    await put({ id: { Exists: false } });
    expect(await codeOf(put({ id: { Exists: false } }))).toBe("ConditionalCheckFailedException");
    await put({ n: { Value: { N: "1.0" } } });
    await put({ n: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "0" }, { N: "2" }] } });
    await put({ x: { ComparisonOperator: "NULL" } });
    expect(await codeOf(put({ n: { ComparisonOperator: "GT", AttributeValueList: [{ N: "1" }] } }))).toBe(
      "ConditionalCheckFailedException",
    );
    expect(await messageOf(put({ n: {} }))).toContain("Value must be provided when Exists is null");
    expect(await messageOf(put({ n: { Exists: false, Value: { N: "1" } } }))).toContain(
      "Value cannot be used",
    );
  });

  it.each([
    [{ x: { S: "a" } }, "Missing the key id in the item"],
    [{ id: { N: "1" } }, "Type mismatch for key id expected: S actual: N"],
    [{ id: { S: "" } }, "cannot contain an empty string value. Key: id"],
    [{ id: { S: "x".repeat(2049) } }, "Size of hashkey has exceeded the maximum size limit of2048 bytes"],
    [{ id: { S: "a" }, x: {} }, "Supplied AttributeValue is empty"],
    [{ id: { S: "a" }, x: { S: "a", N: "1" } }, "more than one datatypes set"],
    [{ id: { S: "a" }, x: { NULL: false } }, "Null attribute value types must have the value of true"],
    [{ id: { S: "a" }, x: { SS: [] } }, "An string set  may not be empty"],
    [{ id: { S: "a" }, x: { SS: ["a", "a"] } }, "Input collection [a, a] contains duplicates."],
    [{ id: { S: "a" }, x: { NS: ["1", "1.0"] } }, "Input collection contains duplicates"],
    [{ id: { S: "a" }, x: { N: "one" } }, "cannot be converted to a numeric value"],
    [{ id: { S: "a" }, x: { S: "x".repeat(409_600) } }, "Item size has exceeded the maximum allowed size"],
  ])("refuses %j", async (item, message) => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const error = await errorOf(dynamodb.run("PutItem", { TableName: "plain", Item: item as never }));
    expect(error.code).toBe("ValidationException");
    expect(error.message).toContain(message);
    expect((await dynamodb.run("Scan", { TableName: "plain" })).Count).toBe(0);
  });

  it("takes 32 levels and not 33", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const nested = (levels: number): Promise<unknown> => {
      let value: object = { S: "x" };
      for (let level = 0; level < levels; level++) value = { L: [value] };
      return dynamodb.run("PutItem", { TableName: "plain", Item: { id: { S: "a" }, x: value as never } });
    };
    await nested(32);
    expect(await messageOf(nested(33))).toContain("Nesting Levels have exceeded supported limits");
  });

  it("refuses what could not be in an index, a table that is not there, and other return values", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table({
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "seq", AttributeType: "N" },
        { AttributeName: "kind", AttributeType: "S" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "kinds",
          KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    });
    const put = (kind: object): Promise<unknown> =>
      dynamodb.run("PutItem", {
        TableName: "orders",
        Item: { id: { S: "a" }, seq: { N: "1" }, kind: kind as never },
      });
    expect(await messageOf(put({ N: "1" }))).toContain(
      "Type mismatch for Index Key kind Expected: S Actual: N IndexName: kinds",
    );
    expect(await messageOf(put({ S: "" }))).toContain("IndexName: kinds, IndexKey: kind");
    const missing = dynamodb.run("PutItem", { TableName: "nowhere", Item: { id: { S: "a" } } });
    expect((await errorOf(missing)).code).toBe("ResourceNotFoundException");
    const strange = dynamodb.run("PutItem", {
      TableName: "orders",
      Item: { id: { S: "a" }, seq: { N: "1" } },
      ReturnValues: "ALL_NEW",
    });
    expect(await messageOf(strange)).toBe("ReturnValues can only be ALL_OLD or NONE");
  });

  it("names the table it needs a permission for, by name and by ARN", async () => {
    await using dynamodb = await TestDynamodb.start();
    const arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/other";
    expect(dynamodb.resources("PutItem", { TableName: "plain", Item: {} })).toEqual([
      "arn:aws:dynamodb:us-east-1:000000000000:table/plain",
    ]);
    expect(dynamodb.resources("PutItem", { TableName: arn, Item: {} })).toEqual([arn]);
  });
});
