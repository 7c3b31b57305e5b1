import type { AttributeValue, ScanInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { messageOf, TestDynamodb } from "../test-dynamodb.ts";

const count = 200;

async function prepared(): Promise<TestDynamodb> {
  const dynamodb = await TestDynamodb.start();
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
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      dynamodb.put("orders", {
        id: { S: `id ${i}` },
        seq: { N: String(i) },
        ...(i % 2 === 0 ? { kind: { S: `kind ${i % 10}` } } : {}),
      }),
    ),
  );
  return dynamodb;
}

/** The numbers of all items that a scan finds, page by page. */
async function scanned(dynamodb: TestDynamodb, input: Partial<ScanInput> = {}): Promise<number[]> {
  const found: number[] = [];
  let start: Record<string, AttributeValue> | undefined;
  for (let page = 0; page <= count; page++) {
    const { Items = [], LastEvaluatedKey } = await dynamodb.run("Scan", {
      TableName: "orders",
      ...input,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    found.push(...Items.map(({ seq }) => Number(seq?.N)));
    start = LastEvaluatedKey;
    if (start === undefined) return found.sort((a, b) => a - b);
  }
  throw new Error("the pages do not end");
}

const all = Array.from({ length: count }, (_, i) => i);

describe("Scan", () => {
  it("finds each item once, in pages and in segments, of the table and of an index", async () => {
    await using dynamodb = await prepared();
    expect(await scanned(dynamodb)).toEqual(all);
    expect(await scanned(dynamodb, { Limit: 7 })).toEqual(all);
    const even = all.filter((i) => i % 2 === 0);
    expect(await scanned(dynamodb, { IndexName: "kinds", Limit: 7 })).toEqual(even);
    for (const [input, expected] of [
      [{}, all],
      [{ IndexName: "kinds" }, even],
    ] as const) {
      const segments = await Promise.all(
        [0, 1, 2, 3, 4].map((Segment) =>
          scanned(dynamodb, { ...input, Segment, TotalSegments: 5, Limit: 3 }),
        ),
      );
      expect(segments.flat().sort((a, b) => a - b)).toEqual(expected);
    }
  });

  it("spreads the items over the segments", async () => {
    await using dynamodb = await prepared();
    for (const Segment of [0, 1, 2, 3])
      expect((await scanned(dynamodb, { Segment, TotalSegments: 4 })).length).toBeGreaterThan(20);
  });

  it("filters by expression and by legacy conditions", async () => {
    await using dynamodb = await prepared();
    const expression = {
      FilterExpression: "seq BETWEEN :a AND :b AND (attribute_exists(kind) OR id IN (:c, :d))",
      ExpressionAttributeValues: {
        ":a": { N: "10" },
        ":b": { N: "14" },
        ":c": { S: "id 11" },
        ":d": { S: "id 99" },
      },
    };
    expect(await scanned(dynamodb, expression)).toEqual([10, 11, 12, 14]);
    const legacy: Partial<ScanInput> = {
      ScanFilter: {
        seq: { ComparisonOperator: "LT", AttributeValueList: [{ N: "4" }] },
        kind: { ComparisonOperator: "NULL" },
      },
    };
    expect(await scanned(dynamodb, legacy)).toEqual([1, 3]);
    expect(await dynamodb.run("Scan", { TableName: "orders", ...legacy, Select: "COUNT" })).toEqual({
      Count: 2,
      ScannedCount: count,
    });
  });

  it.each([
    [{ Segment: 1 }, "The TotalSegments parameter is required"],
    [{ TotalSegments: 2 }, "The Segment parameter is required"],
    [{ Segment: 2, TotalSegments: 2 }, "Segment: 2 is not less than TotalSegments: 2"],
    [{ ExclusiveStartKey: { id: { S: "a" } } }, "The provided key element does not match the schema"],
    [{ IndexName: "none" }, "The table does not have the specified index: none"],
    [
      { ScanFilter: { a: { ComparisonOperator: "EQ", AttributeValueList: [] } } },
      "Invalid number of argument(s)",
    ],
    [{ ConditionalOperator: "OR" }, "ConditionalOperator cannot be used without Filter or Expected"],
  ] as const)("refuses %j", async (input, message) => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table();
    expect(await messageOf(dynamodb.run("Scan", { TableName: "orders", ...input } as never))).toContain(
      message,
    );
  });

  it("refuses to go on in another segment", async () => {
    await using dynamodb = await prepared();
    const first = await dynamodb.run("Scan", { TableName: "orders", Segment: 0, TotalSegments: 2, Limit: 1 });
    const other = dynamodb.run("Scan", {
      TableName: "orders",
      Segment: 1,
      TotalSegments: 2,
      ExclusiveStartKey: first.LastEvaluatedKey,
    });
    expect(await messageOf(other)).toContain("Please use ExclusiveStartKey with correct Segment.");
  });
});
