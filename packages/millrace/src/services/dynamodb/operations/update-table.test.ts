import type { GlobalSecondaryIndexDescription, UpdateTableInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { codeOf, messageOf, TestDynamodb } from "../test-dynamodb.ts";

const create: Omit<UpdateTableInput, "TableName"> = {
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "kind", AttributeType: "S" },
  ],
  GlobalSecondaryIndexUpdates: [
    {
      Create: {
        IndexName: "kinds",
        KeySchema: [
          { AttributeName: "kind", KeyType: "HASH" },
          { AttributeName: "id", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    },
  ],
};
const remove: Omit<UpdateTableInput, "TableName"> = {
  GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "kinds" } }],
};

async function update(dynamodb: TestDynamodb, input: Omit<UpdateTableInput, "TableName">): Promise<unknown> {
  return (await dynamodb.run("UpdateTable", { TableName: "plain", ...input })).TableDescription;
}

async function index(dynamodb: TestDynamodb): Promise<GlobalSecondaryIndexDescription | undefined> {
  const { Table } = await dynamodb.run("DescribeTable", { TableName: "plain" });
  return Table?.GlobalSecondaryIndexes?.[0];
}

async function ids(dynamodb: TestDynamodb, kind: string): Promise<number[]> {
  const { Items = [] } = await dynamodb.run("Query", {
    TableName: "plain",
    IndexName: "kinds",
    KeyConditionExpression: "kind = :k",
    ExpressionAttributeValues: { ":k": { S: kind } },
  });
  return Items.map(({ id }) => Number(id?.S)).sort((a, b) => a - b);
}

async function fill(dynamodb: TestDynamodb, from: number, until: number): Promise<void> {
  const numbers = Array.from({ length: until - from }, (_, i) => from + i);
  await Promise.all(
    numbers.map((i) =>
      dynamodb.put("plain", { id: { S: String(i) }, kind: i % 7 === 0 ? { N: "1" } : { S: "k" } }),
    ),
  );
}

const withoutSevenths = (until: number): number[] =>
  Array.from({ length: until }, (_, i) => i).filter((i) => i % 7 !== 0);

describe("UpdateTable", () => {
  it("adds an index to a table that is being written, and fills it", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    await fill(dynamodb, 0, 700);
    const description = await update(dynamodb, create);
    expect(description).toMatchObject({ TableStatus: "UPDATING" });
    expect((await index(dynamodb))?.IndexStatus).toBe("CREATING");
    expect(await messageOf(ids(dynamodb, "k"))).toBe(
      "Cannot read from backfilling global secondary index: kinds",
    );
    // Now an attribute of another type is refused; what was there before is left out of the index.
    expect(await codeOf(fill(dynamodb, 700, 701))).toBe("ValidationException");
    const written = dynamodb.put("plain", { id: { S: "701" }, kind: { S: "k" } });
    const passing = dynamodb.pass();
    await dynamodb.run("DeleteItem", { TableName: "plain", Key: { id: { S: "1" } } });
    await Promise.all([written, passing]);
    expect((await index(dynamodb))?.IndexStatus).toBe("ACTIVE");
    expect(await ids(dynamodb, "k")).toEqual([...withoutSevenths(700).filter((i) => i !== 1), 701]);
    expect(dynamodb.logged).toEqual([]);
  });

  it("fills an index after a restart that came in between", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    await fill(dynamodb, 1, 7);
    await update(dynamodb, create);
    await dynamodb.restart();
    expect((await index(dynamodb))?.IndexStatus).toBe("CREATING");
    await dynamodb.pass();
    expect(await ids(dynamodb, "k")).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("removes an index and makes another of the same name", async () => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.plainTable();
    await fill(dynamodb, 1, 7);
    await update(dynamodb, create);
    await dynamodb.pass();
    await update(dynamodb, remove);
    expect((await index(dynamodb))?.IndexStatus).toBe("DELETING");
    expect(await messageOf(ids(dynamodb, "k"))).toContain("does not have the specified index");
    await dynamodb.put("plain", { id: { S: "9" }, kind: { S: "k" } });
    await dynamodb.pass();
    expect(await index(dynamodb)).toBeUndefined();
    expect(dynamodb.state.database.tableNames("index_")).toEqual([]);
    await update(dynamodb, create);
    await dynamodb.pass();
    expect(await ids(dynamodb, "k")).toEqual([1, 2, 3, 4, 5, 6, 9]);
  });

  it("changes billing, throughput, protection and class", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    const ProvisionedThroughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 };
    const pay = (BillingMode: "PROVISIONED" | "PAY_PER_REQUEST", more: object = {}): Promise<unknown> =>
      update(dynamodb, { BillingMode, ...more });
    expect(await messageOf(pay("PROVISIONED"))).toContain(
      "must be specified when BillingMode is PROVISIONED",
    );
    expect(await messageOf(update(dynamodb, { ProvisionedThroughput }))).toContain("PAY_PER_REQUEST");
    expect(await pay("PROVISIONED", { ProvisionedThroughput })).toMatchObject({
      TableStatus: "UPDATING",
      ProvisionedThroughput,
      BillingModeSummary: { BillingMode: "PROVISIONED" },
    });
    expect(await codeOf(update(dynamodb, { DeletionProtectionEnabled: true }))).toBe(
      "ResourceInUseException",
    );
    await dynamodb.pass();
    expect(await messageOf(update(dynamodb, { ProvisionedThroughput }))).toContain("will not change");
    await update(dynamodb, { DeletionProtectionEnabled: true, TableClass: "STANDARD_INFREQUENT_ACCESS" });
    await dynamodb.pass();
    const { Table } = await dynamodb.run("DescribeTable", { TableName: "plain" });
    expect(Table).toMatchObject({
      TableStatus: "ACTIVE",
      DeletionProtectionEnabled: true,
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
    });
  });

  it.each([
    [{}, "At least one of ProvisionedThroughput"],
    [{ StreamSpecification: { StreamEnabled: true } }, "DynamoDB Streams is not supported by Millrace"],
    [
      { ReplicaUpdates: [{ Create: { RegionName: "eu-west-1" } }] },
      "global tables is not supported by Millrace",
    ],
    [{ GlobalSecondaryIndexUpdates: [{}] }, "must not be null"],
    [{ ...create, AttributeDefinitions: [] }, "Some index key attributes are not defined"],
    [
      {
        ...create,
        AttributeDefinitions: [
          ...(create.AttributeDefinitions ?? []),
          { AttributeName: "x", AttributeType: "S" },
        ],
      },
      "Some AttributeDefinitions are not used",
    ],
    [
      { ...create, AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }] },
      "Cannot change the type of attribute id",
    ],
  ])("refuses %j", async (input, message) => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    expect(await messageOf(update(dynamodb, input as never))).toContain(message);
    expect((await dynamodb.run("DescribeTable", { TableName: "plain" })).Table?.TableStatus).toBe("ACTIVE");
  });

  it("makes or removes one index at a time, and only one that is there", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.plainTable();
    expect(await codeOf(update(dynamodb, remove))).toBe("ResourceNotFoundException");
    const twice = [
      ...(create.GlobalSecondaryIndexUpdates ?? []),
      ...(create.GlobalSecondaryIndexUpdates ?? []),
    ];
    expect(await codeOf(update(dynamodb, { ...create, GlobalSecondaryIndexUpdates: twice }))).toBe(
      "LimitExceededException",
    );
    await update(dynamodb, create);
    await dynamodb.pass();
    expect(await messageOf(update(dynamodb, create))).toContain("Duplicate index name: kinds");
  });
});
