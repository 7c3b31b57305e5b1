import { describe, expect, it } from "vitest";
import { seeded, TestDynamodb } from "../test-dynamodb.ts";

/** An item of the model: what a map would hold. */
interface Entry {
  readonly id: string;
  readonly seq: number;
  readonly kind: string | undefined;
  readonly rank: number;
}

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
      Projection: { ProjectionType: "ALL" },
    },
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
} as const;

async function randomStep(
  dynamodb: TestDynamodb,
  model: Map<string, Entry>,
  random: () => number,
): Promise<void> {
  const pick = (count: number): number => Math.floor(random() * count);
  const id = `id ${pick(4)}`;
  const seq = pick(41) - 20;
  const key = `${id}/${seq}`;
  const Key = { id: { S: id }, seq: { N: String(seq) } };
  const entry = { id, seq, kind: random() < 0.7 ? `kind ${pick(3)}` : undefined, rank: pick(9) / 2 - 2 };
  const step = random();
  if (step < 0.2) {
    model.delete(key);
    await dynamodb.run("DeleteItem", { TableName: "orders", Key });
  } else if (step < 0.7) {
    model.set(key, entry);
    await dynamodb.put("orders", {
      ...Key,
      rank: { N: String(entry.rank) },
      ...(entry.kind === undefined ? {} : { kind: { S: entry.kind } }),
    });
  } else {
    const before = model.get(key);
    model.set(key, { ...entry, kind: before?.kind });
    await dynamodb.run("UpdateItem", {
      TableName: "orders",
      Key,
      UpdateExpression: "SET #r = :r",
      ExpressionAttributeNames: { "#r": "rank" },
      ExpressionAttributeValues: { ":r": { N: String(entry.rank) } },
    });
  }
}

/** What a query finds, by the sort key of what it reads, compared with the model. */
async function checkQuery(
  dynamodb: TestDynamodb,
  model: Map<string, Entry>,
  hash: "id" | "kind",
  value: string,
  sort: "seq" | "rank",
): Promise<void> {
  const index = hash === "kind" ? { IndexName: "kinds" } : sort === "rank" ? { IndexName: "ranks" } : {};
  const { Items = [] } = await dynamodb.run("Query", {
    TableName: "orders",
    ...index,
    KeyConditionExpression: "#h = :h",
    ExpressionAttributeNames: { "#h": hash },
    ExpressionAttributeValues: { ":h": { S: value } },
  });
  const name = (id: string | undefined, seq: unknown): string => `${id}/${seq}`;
  const expected = [...model.values()].filter((entry) => entry[hash] === value);
  expect(Items.map(({ id, seq }) => name(id?.S, seq?.N)).sort()).toEqual(
    expected.map(({ id, seq }) => name(id, seq)).sort(),
  );
  const sorted = Items.map((item) => Number(item[sort]?.N));
  expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
}

describe("items and their indexes", () => {
  it.each([1, 2, 3])("agree with a simple model after random writes (seed %i)", async (seed) => {
    await using dynamodb = await TestDynamodb.start({ onDisk: true });
    await dynamodb.table(indexed as never);
    const random = seeded(seed);
    const model = new Map<string, Entry>();
    for (let round = 0; round < 8; round++) {
      await Promise.all(Array.from({ length: 40 }, () => randomStep(dynamodb, model, random)));
      if (round === 5) await dynamodb.restart();
      for (let i = 0; i < 4; i++) {
        await checkQuery(dynamodb, model, "id", `id ${i}`, "seq");
        await checkQuery(dynamodb, model, "id", `id ${i}`, "rank");
        await checkQuery(dynamodb, model, "kind", `kind ${i}`, "rank");
      }
      const { Table } = await dynamodb.run("DescribeTable", { TableName: "orders" });
      expect(Table?.ItemCount).toBe(model.size);
    }
  });
});
