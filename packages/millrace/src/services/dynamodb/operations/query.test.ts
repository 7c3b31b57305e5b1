import type { AttributeValue, QueryInput } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { messageOf, plain, TestDynamodb } from "../test-dynamodb.ts";

const indexed = {
  AttributeDefinitions: [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "seq", AttributeType: "N" },
    { AttributeName: "kind", AttributeType: "S" },
    { AttributeName: "rank", AttributeType: "N" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "kinds",
      KeySchema: [
        { AttributeName: "kind", KeyType: "HASH" },
        { AttributeName: "rank", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["note"] },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: "ranks",
      KeySchema: [
        { AttributeName: "id", KeyType: "HASH" },
        { AttributeName: "rank", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
  ],
} as const;

/** Twenty orders of one customer, and one of another. */
async function prepared(): Promise<TestDynamodb> {
  const dynamodb = await TestDynamodb.start();
  await dynamodb.table(indexed as never);
  for (let seq = 1; seq <= 20; seq++)
    await dynamodb.put("orders", {
      id: { S: "a" },
      seq: { N: String(seq - 10) },
      kind: { S: seq % 2 === 0 ? "even" : "odd" },
      rank: { N: String(Math.floor(seq / 5)) },
      note: { S: `note ${seq}` },
      rest: { S: "rest" },
    });
  await dynamodb.put("orders", { id: { S: "b" }, seq: { N: "1" } });
  return dynamodb;
}

async function times(
  dynamodb: TestDynamodb,
  condition: string,
  values: Record<string, AttributeValue> = {},
  input: Partial<QueryInput> = {},
): Promise<number[]> {
  const { Items = [] } = await dynamodb.run("Query", {
    TableName: "orders",
    KeyConditionExpression: condition,
    ExpressionAttributeValues: { ":id": { S: "a" }, ...values },
    ...input,
  });
  return Items.map(({ seq }) => Number(seq?.N));
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("Query", () => {
  it.each([
    ["id = :id", {}, range(-9, 10)],
    [":id = id", {}, range(-9, 10)],
    ["(id = :id) AND (seq = :x)", { ":x": { N: "3" } }, [3]],
    ["id = :id AND seq < :x", { ":x": { N: "-6" } }, range(-9, -7)],
    ["seq <= :x AND id = :id", { ":x": { N: "-6" } }, range(-9, -6)],
    ["id = :id AND seq > :x", { ":x": { N: "7" } }, range(8, 10)],
    ["id = :id AND seq >= :x", { ":x": { N: "7" } }, range(7, 10)],
    ["id = :id AND :x < seq", { ":x": { N: "7" } }, range(8, 10)],
    ["id = :id AND seq BETWEEN :x AND :y", { ":x": { N: "-2" }, ":y": { N: "2.5" } }, range(-2, 2)],
  ] as const)("%s", async (condition, values, expected) => {
    await using dynamodb = await prepared();
    const all: Record<string, AttributeValue> = { ...values };
    expect(await times(dynamodb, condition, all)).toEqual(expected);
    expect(await times(dynamodb, condition, all, { ScanIndexForward: false })).toEqual(
      [...expected].reverse(),
    );
  });

  it("knows prefixes of texts in the order of their bytes", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table({
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "seq", AttributeType: "S" },
      ],
    });
    const keys = ["", "a", "aa", "a\u{10ffff}", "a\uffff", "b", "\u{1f600}", "\uffee"].filter(
      (key) => key !== "",
    );
    for (const key of keys) await dynamodb.put("orders", { id: { S: "x" }, seq: { S: key } });
    const read = async (condition: string, values: object): Promise<unknown> =>
      (
        await dynamodb.run("Query", {
          TableName: "orders",
          KeyConditionExpression: condition,
          ExpressionAttributeValues: { ":id": { S: "x" }, ...values },
        })
      ).Items?.map(({ seq }) => seq?.S);
    expect(await read("id = :id", {})).toEqual([
      "a",
      "aa",
      "a\uffff",
      "a\u{10ffff}",
      "b",
      "\uffee",
      "\u{1f600}",
    ]);
    expect(await read("id = :id AND begins_with(seq, :p)", { ":p": { S: "a" } })).toEqual([
      "a",
      "aa",
      "a\uffff",
      "a\u{10ffff}",
    ]);
  });

  it("pages by limit, forwards and backwards, on the table and on indexes", async () => {
    await using dynamodb = await prepared();
    const pages = async (input: Partial<QueryInput>): Promise<number[]> => {
      const found: number[] = [];
      let start: Record<string, AttributeValue> | undefined;
      for (let page = 0; page < 30; page++) {
        const { Items = [], LastEvaluatedKey } = await dynamodb.run("Query", {
          TableName: "orders",
          Limit: 3,
          ...input,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        });
        found.push(...Items.map(({ seq }) => Number(seq?.N)));
        start = LastEvaluatedKey;
        if (start === undefined) return found;
      }
      throw new Error("the pages do not end");
    };
    const byId = { KeyConditionExpression: "id = :id", ExpressionAttributeValues: { ":id": { S: "a" } } };
    for (const ScanIndexForward of [true, false])
      for (const IndexName of [undefined, "ranks"]) {
        const whole = await times(
          dynamodb,
          "id = :id",
          {},
          { ScanIndexForward, ...(IndexName ? { IndexName } : {}) },
        );
        expect(whole).toHaveLength(20);
        expect(await pages({ ...byId, ScanIndexForward, ...(IndexName ? { IndexName } : {}) })).toEqual(
          whole,
        );
      }
    const odd = {
      IndexName: "kinds",
      KeyConditionExpression: "kind = :k",
      ExpressionAttributeValues: { ":k": { S: "odd" } },
    };
    expect((await pages(odd)).sort((a, b) => a - b)).toEqual(range(0, 9).map((i) => 2 * i - 9));
  });

  it("stops at one megabyte", async () => {
    await using dynamodb = await TestDynamodb.start();
    await dynamodb.table();
    for (let seq = 0; seq < 5; seq++)
      await dynamodb.put("orders", {
        id: { S: "a" },
        seq: { N: String(seq) },
        x: { S: "x".repeat(300_000) },
      });
    const first = await dynamodb.run("Query", {
      TableName: "orders",
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": { S: "a" } },
      ReturnConsumedCapacity: "TOTAL",
    });
    expect([first.Count, plain(first.LastEvaluatedKey)]).toEqual([4, { id: { S: "a" }, seq: { N: "3" } }]);
    expect(first.ConsumedCapacity?.CapacityUnits).toBe(146.5);
  });

  it("filters after reading, counts, and projects", async () => {
    await using dynamodb = await prepared();
    const query = (input: Partial<QueryInput>): ReturnType<typeof dynamodb.run<"Query">> =>
      dynamodb.run("Query", {
        TableName: "orders",
        KeyConditionExpression: "id = :id",
        ExpressionAttributeValues: { ":id": { S: "a" } },
        ...input,
      });
    const filtered = await query({
      FilterExpression: "kind = :k",
      ExpressionAttributeValues: { ":id": { S: "a" }, ":k": { S: "odd" } },
      Limit: 5,
    });
    expect([filtered.Count, filtered.ScannedCount, filtered.LastEvaluatedKey !== undefined]).toEqual([
      3,
      5,
      true,
    ]);
    expect(await query({ Select: "COUNT" })).toEqual({ Count: 20, ScannedCount: 20 });
    const { Items } = await query({ ProjectionExpression: "note", Limit: 1 });
    expect(plain(Items)).toEqual([{ note: { S: "note 1" } }]);
  });

  it("answers what an index projects; a local one fetches the rest from the table", async () => {
    await using dynamodb = await prepared();
    const first = async (input: Partial<QueryInput>): Promise<string[]> => {
      const { Items } = await dynamodb.run("Query", { TableName: "orders", Limit: 1, ...input });
      return Object.keys(Items?.[0] ?? {}).sort();
    };
    const byKind = {
      IndexName: "kinds",
      KeyConditionExpression: "kind = :k",
      ExpressionAttributeValues: { ":k": { S: "odd" } },
    };
    const byRank = {
      IndexName: "ranks",
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": { S: "a" } },
    };
    expect(await first(byKind)).toEqual(["id", "kind", "note", "rank", "seq"]);
    expect(await first(byRank)).toEqual(["id", "rank", "seq"]);
    expect(await first({ ...byRank, Select: "ALL_ATTRIBUTES" })).toHaveLength(6);
    expect(await first({ ...byRank, ProjectionExpression: "rest" })).toEqual(["rest"]);
    expect(await messageOf(first({ ...byKind, Select: "ALL_ATTRIBUTES" }))).toContain(
      "Select type ALL_ATTRIBUTES is not supported for global secondary index kinds because its projection type is not ALL",
    );
    expect(await messageOf(first({ ...byKind, ProjectionExpression: "rest" }))).toContain(
      "does not project [rest]",
    );
    expect(await messageOf(first({ ...byKind, ConsistentRead: true }))).toBe(
      "Consistent reads are not supported on global secondary indexes",
    );
  });

  it("takes legacy key conditions and filters", async () => {
    await using dynamodb = await prepared();
    const { Items = [] } = await dynamodb.run("Query", {
      TableName: "orders",
      KeyConditions: {
        id: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "a" }] },
        seq: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "1" }, { N: "6" }] },
      },
      QueryFilter: {
        kind: { ComparisonOperator: "NE", AttributeValueList: [{ S: "odd" }] },
        rank: { ComparisonOperator: "IN", AttributeValueList: [{ N: "2" }, { N: "9" }] },
      },
      ConditionalOperator: "OR",
    });
    expect(Items.map(({ seq }) => seq?.N)).toEqual(["1", "2", "3", "4", "6"]);
  });

  it.each([
    ["kind = :id", {}, {}, "Query condition missed key schema element: id"],
    ["id = :id AND kind = :x", { ":x": { S: "1" } }, {}, "Query condition missed key schema element: seq"],
    ["id = :id OR seq = :x", { ":x": { N: "1" } }, {}, "Invalid operator used in KeyConditionExpression: OR"],
    ["id <> :id", {}, {}, "Invalid operator used in KeyConditionExpression: <>"],
    ["id > :id", {}, {}, "Query key condition not supported"],
    [
      "id = :id AND seq IN (:x)",
      { ":x": { N: "1" } },
      {},
      "Invalid operator used in KeyConditionExpression: IN",
    ],
    [
      "id = :id AND attribute_exists(seq)",
      {},
      {},
      "Invalid operator used in KeyConditionExpression: attribute_exists",
    ],
    ["id = :id AND size(seq) = :x", { ":x": { N: "1" } }, {}, "cannot contain nested operations"],
    ["id = :id AND id = :x", { ":x": { S: "1" } }, {}, "must only contain one condition per key"],
    [
      "id = :id AND seq = :x",
      { ":x": { S: "1" } },
      {},
      "Condition parameter type does not match schema type",
    ],
    [
      "id = :id AND begins_with(seq, :x)",
      { ":x": { S: "1" } },
      {},
      "Condition parameter type does not match schema type",
    ],
    ["id = :id AND seq.x = :x", { ":x": { N: "1" } }, {}, "cannot have conditions on nested attributes"],
    ["id = seq AND id = :id", {}, {}, "Multiple attribute names used in one condition"],
    ["id = :id", {}, { IndexName: "none" }, "The table does not have the specified index: none"],
    ["id = :id", {}, { FilterExpression: "seq > :id" }, "Primary key attribute: seq"],
    ["id = :id", {}, { Select: "SPECIFIC_ATTRIBUTES" }, "when choosing to get SPECIFIC_ATTRIBUTES"],
    [
      "id = :id",
      {},
      { Select: "COUNT", ProjectionExpression: "x" },
      "Cannot specify the ProjectionExpression",
    ],
    [
      "id = :id",
      {},
      { Select: "ALL_PROJECTED_ATTRIBUTES" },
      "can be used only when Querying using an IndexName",
    ],
    ["id = :id", {}, { ExclusiveStartKey: { id: { S: "b" }, seq: { N: "1" } } }, "outside query boundaries"],
    ["id = :id", {}, { ExclusiveStartKey: { id: { S: "a" } } }, "The provided starting key is invalid"],
    [
      "id = :id AND seq > :x",
      { ":x": { N: "5" } },
      { ExclusiveStartKey: { id: { S: "a" }, seq: { N: "1" } } },
      "range key predicate",
    ],
  ] as const)("refuses %s %j %j", async (condition, values, input, message) => {
    await using dynamodb = await prepared();
    const answer = times(dynamodb, condition, { ...values } as never, input as never);
    expect(await messageOf(answer)).toContain(message);
  });

  it("needs a condition, and permission for the index that it reads", async () => {
    await using dynamodb = await prepared();
    expect(await messageOf(dynamodb.run("Query", { TableName: "orders" }))).toContain(
      "Either the KeyConditions or KeyConditionExpression parameter must be specified",
    );
    expect(dynamodb.resources("Query", { TableName: "orders", IndexName: "kinds" })).toEqual([
      "arn:aws:dynamodb:us-east-1:000000000000:table/orders/index/kinds",
    ]);
  });
});
