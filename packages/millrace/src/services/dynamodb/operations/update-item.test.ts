import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { codeOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

const Key = { id: { S: "a" } };
const start: Record<string, AttributeValue> = {
  ...Key,
  n: { N: "1" },
  str: { S: "t" },
  texts: { SS: ["a", "b"] },
  numbers: { NS: ["1"] },
  arr: { L: [{ S: "0" }, { S: "1" }, { S: "2" }] },
  doc: { M: { x: { N: "1" }, deep: { M: { y: { S: "y" } } } } },
};
const values: Record<string, AttributeValue> = {
  ":one": { N: "1" },
  ":s": { S: "s" },
  ":set": { SS: ["b", "c"] },
  ":ab": { SS: ["a", "b"] },
  ":arr": { L: [{ S: "new" }] },
  ":doc": { M: { m: { S: "m" } } },
};

async function updated(
  dynamodb: TestDynamodb,
  UpdateExpression: string,
  input: object = {},
): Promise<Record<string, AttributeValue>> {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(UpdateExpression));
  const { Attributes } = await dynamodb.run("UpdateItem", {
    TableName: "plain",
    Key,
    UpdateExpression,
    ...(used.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(used) }),
    ReturnValues: "ALL_NEW",
    ...input,
  });
  return plain(Attributes ?? {});
}

async function prepared(): Promise<TestDynamodb> {
  const dynamodb = await TestDynamodb.start();
  await dynamodb.plainTable();
  await dynamodb.put("plain", start);
  return dynamodb;
}

describe("UpdateItem", () => {
  it.each([
    ["SET n = n + :one", { n: { N: "2" } }],
    ["set n = :one - n", { n: { N: "0" } }],
    ["SET n = str, str = n", { n: { S: "t" }, str: { N: "1" } }],
    ["SET n = if_not_exists(absent, :one) + n", { n: { N: "2" } }],
    ["SET str = if_not_exists(str, :s)", { str: { S: "t" } }],
    ["SET fresh = if_not_exists(fresh, :s)", { fresh: { S: "s" } }],
    ["SET arr = list_append(arr, :arr)", { arr: { L: [{ S: "0" }, { S: "1" }, { S: "2" }, { S: "new" }] } }],
    [
      "SET arr = list_append(:arr, if_not_exists(absent, :arr))",
      { arr: { L: [{ S: "new" }, { S: "new" }] } },
    ],
    ["SET arr[1] = :s", { arr: { L: [{ S: "0" }, { S: "s" }, { S: "2" }] } }],
    [
      "SET arr[9] = :s, arr[7] = :one",
      { arr: { L: [{ S: "0" }, { S: "1" }, { S: "2" }, { N: "1" }, { S: "s" }] } },
    ],
    ["REMOVE arr[0], arr[2]", { arr: { L: [{ S: "1" }] } }],
    ["SET arr[1] = :s REMOVE arr[0]", { arr: { L: [{ S: "s" }, { S: "2" }] } }],
    ["REMOVE arr[5], absent", {}],
    [
      "SET doc.deep.y = :s, doc.z = :doc",
      { doc: { M: { x: { N: "1" }, deep: { M: { y: { S: "s" } } }, z: { M: { m: { S: "m" } } } } } },
    ],
    ["REMOVE doc.x", { doc: { M: { deep: { M: { y: { S: "y" } } } } } }],
    ["ADD n :one, absent :one", { n: { N: "2" }, absent: { N: "1" } }],
    ["ADD texts :set, more :set", { texts: { SS: ["a", "b", "c"] }, more: { SS: ["b", "c"] } }],
    ["ADD doc.x :one", { doc: { M: { x: { N: "2" }, deep: { M: { y: { S: "y" } } } } } }],
    ["DELETE texts :set", { texts: { SS: ["a"] } }],
    ["DELETE absent :set", {}],
    ["SET n = (n + :one)", { n: { N: "2" } }],
  ])("%s", async (expression, changes) => {
    await using dynamodb = await prepared();
    expect(await updated(dynamodb, expression)).toEqual({ ...start, ...changes });
    expect(await dynamodb.get("plain", Key)).toEqual({ ...start, ...changes });
  });

  it("removes a set with its last element, and attributes", async () => {
    await using dynamodb = await prepared();
    const { texts: _texts, str: _text, ...rest } = start;
    expect(await updated(dynamodb, "DELETE texts :ab REMOVE str")).toEqual(rest);
  });

  it.each([
    ["SET n = absent", "refers to an attribute that does not exist in the item"],
    ["SET absent.x = :s", "The document path provided in the update expression is invalid for update"],
    ["SET str.x = :s", "The document path provided in the update expression is invalid for update"],
    ["SET doc[0] = :s", "The document path provided in the update expression is invalid for update"],
    ["REMOVE arr.x", "The document path provided in the update expression is invalid for update"],
    ["SET n = str + :one", "An operand in the update expression has an incorrect data type"],
    ["SET arr = list_append(str, :arr)", "An operand in the update expression has an incorrect data type"],
    ["ADD str :one", "An operand in the update expression has an incorrect data type"],
    ["DELETE numbers :set", "An operand in the update expression has an incorrect data type"],
    ["SET id = :s", "Cannot update attribute id. This attribute is part of the key"],
    ["REMOVE id", "Cannot update attribute id. This attribute is part of the key"],
    ["SET n = :one, n = :s", "Two document paths overlap with each other"],
    ["SET doc.x = :one REMOVE doc", "Two document paths overlap with each other"],
    ["SET doc.x = :one, doc[1] = :s", "Two document paths conflict with each other"],
    ["SET n = :one SET str = :s", 'The "SET" section can only be used once in an update expression;'],
    ["SET name = :s", "Attribute name is a reserved keyword; reserved keyword: name"],
    ["ADD n :s", "operator: ADD, operand type: STRING"],
    ["DELETE n :one", "operator: DELETE, operand type: NUMBER"],
    ["SET n = :s + :one", "operator or function: +, operand type: S"],
    ["SET n = foo(n, :one)", "Invalid function name; function: foo"],
    ["SET n = if_not_exists(n)", "Incorrect number of operands"],
    ["SET n = if_not_exists(:one, :s)", "requires a document path"],
    [
      "SET n = :absent",
      "expression attribute value used in expression is not defined; attribute value: :absent",
    ],
    ["SET #n = :one", "attribute name used in the document path is not defined; attribute name: #n"],
    ["SET n", 'Syntax error; token: "<EOF>"'],
    ["n = :one", 'Syntax error; token: "n"'],
    ["SET n = ", "Syntax error"],
    ["", "Invalid UpdateExpression: The expression can not be empty;"],
  ])("refuses %s", async (expression, message) => {
    await using dynamodb = await prepared();
    expect(await messageOf(updated(dynamodb, expression))).toContain(message);
    expect(await dynamodb.get("plain", Key)).toEqual(start);
  });

  it("answers what the update touched, before and after", async () => {
    await using dynamodb = await prepared();
    const expression = "SET doc.x = :s, n = :one REMOVE str";
    expect(await updated(dynamodb, expression, { ReturnValues: "UPDATED_NEW" })).toEqual({
      doc: { M: { x: { S: "s" } } },
      n: { N: "1" },
    });
    expect(await updated(dynamodb, "SET doc.x = :one, str = :s", { ReturnValues: "UPDATED_OLD" })).toEqual({
      doc: { M: { x: { S: "s" } } },
    });
    expect(await updated(dynamodb, "SET n = :one", { ReturnValues: "ALL_OLD" })).toMatchObject({
      str: { S: "s" },
    });
    expect(await updated(dynamodb, "SET n = :one", { ReturnValues: "NONE" })).toEqual({});
  });

  it("makes an item that is not there, unless the update only removes", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    expect(await updated(dynamodb, "REMOVE x")).toEqual({});
    expect(await dynamodb.get("plain", Key)).toBeUndefined();
    expect(await updated(dynamodb, "SET x = :s")).toEqual({ ...Key, x: { S: "s" } });
    await dynamodb.run("UpdateItem", { TableName: "plain", Key: { id: { S: "empty" } } });
    expect(await dynamodb.get("plain", { id: { S: "empty" } })).toEqual({ id: { S: "empty" } });
  });

  it("adds up what many callers add at once", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    await Promise.all(Array.from({ length: 100 }, () => updated(dynamodb, "ADD n :one")));
    expect(await dynamodb.get("plain", Key)).toEqual({ ...Key, n: { N: "100" } });
  });

  it("keeps to the item's size", async () => {
    await using dynamodb = await prepared();
    const grow = updated(dynamodb, "SET big = :big", {
      ExpressionAttributeValues: { ":big": { S: "x".repeat(409_600) } },
    });
    expect(await messageOf(grow)).toBe("Item size to update has exceeded the maximum allowed size");
  });

  it("takes legacy updates with legacy conditions, as the lease renewals of KCL are", async () => {
    await using dynamodb = await prepared();
    const update = (AttributeUpdates: object, Expected?: object): Promise<unknown> =>
      dynamodb.run("UpdateItem", {
        TableName: "plain",
        Key,
        AttributeUpdates: AttributeUpdates as never,
        ...(Expected === undefined ? {} : { Expected: Expected as never }),
      });
    const renew = { n: { Value: { N: "2" }, Action: "PUT" } };
    await update(renew, { n: { Value: { N: "1" } }, str: { Value: { S: "t" } } });
    expect(await codeOf(update(renew, { n: { Value: { N: "1" } } }))).toBe("ConditionalCheckFailedException");
    await update({
      n: { Value: { N: "3" }, Action: "ADD" },
      str: { Action: "DELETE" },
      texts: { Action: "DELETE", Value: { SS: ["a"] } },
      arr: { Action: "ADD", Value: { L: [{ S: "3" }] } },
    });
    expect(await dynamodb.get("plain", Key)).toMatchObject({
      n: { N: "5" },
      texts: { SS: ["b"] },
      arr: { L: [{ S: "0" }, { S: "1" }, { S: "2" }, { S: "3" }] },
    });
    expect(await dynamodb.get("plain", Key)).not.toHaveProperty("str");
    expect(await messageOf(update({ n: { Action: "PUT" } }))).toContain("Only DELETE action is allowed");
    expect(await messageOf(update({ n: { Action: "ADD", Value: { S: "s" } } }))).toContain(
      "ADD action is not supported for the type STRING",
    );
  });
});
