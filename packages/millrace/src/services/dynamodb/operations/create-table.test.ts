import type { CreateTableInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { codeOf, errorOf, messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

const id = { AttributeName: "id", AttributeType: "S" } as const;
const seq = { AttributeName: "seq", AttributeType: "N" } as const;
const hash = (AttributeName: string): { AttributeName: string; KeyType: "HASH" } => ({
  AttributeName,
  KeyType: "HASH",
});
const range = (AttributeName: string): { AttributeName: string; KeyType: "RANGE" } => ({
  AttributeName,
  KeyType: "RANGE",
});
const base: CreateTableInput = {
  TableName: "orders",
  AttributeDefinitions: [id],
  KeySchema: [hash("id")],
  BillingMode: "PAY_PER_REQUEST",
};
const throughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 };
const all = { ProjectionType: "ALL" } as const;

describe("CreateTable", () => {
  it("makes a table that is CREATING first and ACTIVE afterwards", async () => {
    await using dynamodb = await TestDynamodb.start();
    const { TableDescription } = await dynamodb.run("CreateTable", {
      ...base,
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: throughput,
      Tags: [{ Key: "team", Value: "a" }],
      DeletionProtectionEnabled: true,
    });
    const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";
    expect(TableDescription).toMatchObject({
      TableName: "orders",
      TableStatus: "CREATING",
      TableArn: arn,
      ItemCount: 0,
      TableSizeBytes: 0,
      KeySchema: [hash("id")],
      AttributeDefinitions: [id],
      ProvisionedThroughput: { ...throughput, NumberOfDecreasesToday: 0 },
      CreationDateTime: new Date(dynamodb.clock.now()),
      DeletionProtectionEnabled: true,
    });
    expect(TableDescription).not.toHaveProperty("BillingModeSummary");
    await dynamodb.pass();
    expect((await dynamodb.run("DescribeTable", { TableName: arn })).Table?.TableStatus).toBe("ACTIVE");
    expect((await dynamodb.run("ListTagsOfResource", { ResourceArn: arn })).Tags).toEqual([
      { Key: "team", Value: "a" },
    ]);
  });

  it("refuses a name that is taken, also by two calls at once", async () => {
    await using dynamodb = await TestDynamodb.start();
    const [first, second] = await Promise.allSettled([
      dynamodb.run("CreateTable", base),
      errorOf(dynamodb.run("CreateTable", base)),
    ]);
    expect(first.status).toBe("fulfilled");
    expect(second).toMatchObject({
      value: { code: "ResourceInUseException", message: "Table already exists: orders" },
    });
    await dynamodb.run("CreateTable", base, { region: "eu-west-1" });
    await dynamodb.run("CreateTable", base, { account: "111111111111" });
  });

  it("describes indexes", async () => {
    await using dynamodb = await TestDynamodb.start();
    const { TableDescription } = await dynamodb.run("CreateTable", {
      ...base,
      AttributeDefinitions: [id, seq, { AttributeName: "kind", AttributeType: "B" }],
      KeySchema: [hash("id"), range("seq")],
      LocalSecondaryIndexes: [
        { IndexName: "local", KeySchema: [hash("id"), range("kind")], Projection: all },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "global",
          KeySchema: [hash("kind")],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["a"] },
        },
      ],
    });
    expect(plain(TableDescription?.LocalSecondaryIndexes)).toMatchObject([
      {
        IndexName: "local",
        Projection: all,
        IndexArn: expect.stringMatching(/table\/orders\/index\/local$/),
      },
    ]);
    expect(plain(TableDescription?.GlobalSecondaryIndexes)).toMatchObject([
      { IndexName: "global", IndexStatus: "CREATING", KeySchema: [hash("kind")] },
    ]);
    expect(TableDescription?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
  });

  it.each([
    [{ TableName: "a" }, "TableName must be at least 3 characters long"],
    [{ TableName: "a b c" }, "Member must satisfy regular expression pattern"],
    [{ AttributeDefinitions: [id, seq] }, "Number of attributes in KeySchema does not exactly match"],
    [{ KeySchema: [hash("other")] }, "Some index key attributes are not defined in AttributeDefinitions"],
    [{ KeySchema: [hash("id"), range("id")] }, "have the same name"],
    [{ KeySchema: [range("id")] }, "The first KeySchemaElement is not a HASH key type"],
    [{ AttributeDefinitions: [id, seq], KeySchema: [hash("id"), hash("seq")] }, "is not a RANGE key type"],
    [{ ProvisionedThroughput: throughput }, "when BillingMode is PAY_PER_REQUEST"],
    [{ BillingMode: "PROVISIONED" }, "must both be specified when BillingMode is PROVISIONED"],
    [{ GlobalSecondaryIndexes: [] }, "List of GlobalSecondaryIndexes is empty"],
    [
      { LocalSecondaryIndexes: [{ IndexName: "local", KeySchema: [hash("id")], Projection: all }] },
      "Table KeySchema does not have a range key",
    ],
    [
      { GlobalSecondaryIndexes: [{ IndexName: "global", KeySchema: [hash("x")], Projection: all }] },
      "Some index key attributes are not defined",
    ],
    [
      { GlobalSecondaryIndexes: [{ IndexName: "global", KeySchema: [hash("id")], Projection: {} }] },
      "Unknown ProjectionType: null",
    ],
    [
      {
        GlobalSecondaryIndexes: [
          { IndexName: "same", KeySchema: [hash("id")], Projection: all },
          { IndexName: "same", KeySchema: [hash("id")], Projection: all },
        ],
      },
      "Duplicate index name: same",
    ],
    [
      {
        GlobalSecondaryIndexes: Array.from({ length: 21 }, (_, i) => ({
          IndexName: `index-${i}`,
          KeySchema: [hash("id")],
          Projection: all,
        })),
      },
      "GlobalSecondaryIndex count exceeds the per-table limit of 20",
    ],
    [{ StreamSpecification: { StreamEnabled: true } }, "DynamoDB Streams is not supported by Millrace"],
    [{ SSESpecification: { Enabled: true } }, "SSESpecification"],
    [{ Tags: [{ Key: "aws:x", Value: "y" }] }, "must not start with aws:"],
    [{ ResourcePolicy: "{" }, "Invalid policy document"],
  ])("refuses %j", async (input, message) => {
    await using dynamodb = await TestDynamodb.start();
    const error = await errorOf(dynamodb.run("CreateTable", { ...base, ...(input as object) }));
    expect(error.code).toBe("ValidationException");
    expect(error.message).toContain(message);
    expect((await dynamodb.run("ListTables", {})).TableNames).toEqual([]);
  });

  it("needs key schema and attributes, and keeps to the limit of tags", async () => {
    await using dynamodb = await TestDynamodb.start();
    const { KeySchema: _schema, ...rest } = base;
    expect(await messageOf(dynamodb.run("CreateTable", rest))).toContain("at 'keySchema'");
    const Tags = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    expect(await codeOf(dynamodb.run("CreateTable", { ...base, Tags }))).toBe("LimitExceededException");
  });
});
