import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { operations } from "../operations.ts";
import { codeOf, errorOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

const TableName = "plain";
const Key = (id: string): { id: { S: string } } => ({ id: { S: id } });
const put = (id: string): TransactWriteItem => ({ Put: { TableName, Item: { ...Key(id), n: { N: "1" } } } });
const add = (id: string): TransactWriteItem => ({
  Update: {
    TableName,
    Key: Key(id),
    UpdateExpression: "ADD n :one",
    ExpressionAttributeValues: { ":one": { N: "1" } },
  },
});
const check = (id: string): TransactWriteItem => ({
  ConditionCheck: {
    TableName,
    Key: Key(id),
    ConditionExpression: "attribute_exists(id)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  },
});

async function prepared(): Promise<TestDynamodb> {
  const dynamodb = await TestDynamodb.start({ onDisk: true });
  await dynamodb.plainTable();
  return dynamodb;
}

function write(dynamodb: TestDynamodb, items: TransactWriteItem[], token?: string): Promise<unknown> {
  return dynamodb.run("TransactWriteItems", {
    TransactItems: items,
    ReturnConsumedCapacity: "TOTAL",
    ...(token === undefined ? {} : { ClientRequestToken: token }),
  });
}

async function contents(dynamodb: TestDynamodb): Promise<Record<string, unknown>> {
  const { Items = [] } = await dynamodb.run("Scan", { TableName });
  return Object.fromEntries(Items.map(({ id, n }) => [id?.S, n?.N]));
}

describe("TransactWriteItems", () => {
  it("makes all writes", async () => {
    await using dynamodb = await prepared();
    await dynamodb.put(TableName, { ...Key("old"), n: { N: "1" } });
    const answer = await write(dynamodb, [
      put("a"),
      add("b"),
      check("old"),
      { Delete: { TableName, Key: Key("none") } },
    ]);
    expect(answer).toEqual({ ConsumedCapacity: [{ TableName, CapacityUnits: 8 }] });
    expect(await contents(dynamodb)).toEqual({ a: "1", b: "1", old: "1" });
  });

  it("makes none when one condition does not hold, and says which", async () => {
    await using dynamodb = await prepared();
    await dynamodb.put(TableName, { ...Key("there"), n: { S: "text" } });
    const occupied: TransactWriteItem = {
      Put: {
        TableName,
        Item: Key("there"),
        ConditionExpression: "attribute_not_exists(id)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    };
    const { code, message, members } = await errorOf(write(dynamodb, [put("a"), occupied, check("none")]));
    expect([code, message]).toEqual([
      "TransactionCanceledException",
      "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]",
    ]);
    expect(plain(members["CancellationReasons"])).toEqual([
      { Code: "None" },
      {
        Code: "ConditionalCheckFailed",
        Message: "The conditional request failed",
        Item: { ...Key("there"), n: { S: "text" } },
      },
      { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
    ]);
    const wrongType = await errorOf(write(dynamodb, [put("a"), add("there")]));
    expect(wrongType.members["CancellationReasons"]).toEqual([
      { Code: "None" },
      { Code: "ValidationError", Message: "An operand in the update expression has an incorrect data type" },
    ]);
    expect(await contents(dynamodb)).toEqual({ there: undefined });
  });

  it("makes a transaction once for its token, for ten minutes and after a restart", async () => {
    await using dynamodb = await prepared();
    await write(dynamodb, [add("a")], "token");
    expect(await write(dynamodb, [add("a")], "token")).toEqual({
      ConsumedCapacity: [{ TableName, CapacityUnits: 2 }],
    });
    await dynamodb.restart();
    await write(dynamodb, [add("a")], "token");
    expect(await contents(dynamodb)).toEqual({ a: "1" });
    expect(await codeOf(write(dynamodb, [add("b")], "token"))).toBe("IdempotentParameterMismatchException");
    await write(dynamodb, [add("a")], "another");
    await dynamodb.pass(600_001);
    await write(dynamodb, [add("a")], "token");
    expect(await contents(dynamodb)).toEqual({ a: "3" });
  });

  it("forgets the token of a transaction that was cancelled", async () => {
    await using dynamodb = await prepared();
    expect(await codeOf(write(dynamodb, [check("a")], "token"))).toBe("TransactionCanceledException");
    await dynamodb.put(TableName, Key("a"));
    await write(dynamodb, [check("a")], "token");
  });

  it("refuses two operations on one item, none in an entry, and items that are too large together", async () => {
    await using dynamodb = await prepared();
    expect(await messageOf(write(dynamodb, [put("a"), add("a")]))).toBe(
      "Transaction request cannot include multiple operations on one item",
    );
    expect(await messageOf(write(dynamodb, [{}]))).toContain(
      "can only contain one of Check, Put, Update or Delete",
    );
    expect(await messageOf(write(dynamodb, [{ ...put("a"), ...add("b") }]))).toContain(
      "can only contain one of",
    );
    const large = Array.from(
      { length: 12 },
      (_, i): TransactWriteItem => ({
        Put: { TableName, Item: { ...Key(String(i)), x: { S: "x".repeat(400_000) } } },
      }),
    );
    expect(await codeOf(write(dynamodb, large))).toBe("ValidationException");
    expect(await contents(dynamodb)).toEqual({});
  });

  it("needs the permissions of its parts", async () => {
    await using dynamodb = await prepared();
    const input = {
      TransactItems: [put("a"), add("b"), check("c"), { Delete: { TableName, Key: Key("d") } }],
    };
    const permissions = operations["TransactWriteItems"]?.permissions?.(
      dynamodb.state,
      input,
      dynamodb.call("TransactWriteItems", {}),
    );
    const resources = ["arn:aws:dynamodb:us-east-1:000000000000:table/plain"];
    expect(permissions).toEqual(
      ["PutItem", "UpdateItem", "ConditionCheckItem", "DeleteItem"].map((name) => ({
        action: `dynamodb:${name}`,
        resources,
      })),
    );
    expect(dynamodb.resources("TransactWriteItems", input)).toEqual(resources);
  });
});
