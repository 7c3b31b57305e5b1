import { setTimeout as sleep } from "node:timers/promises";
import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  paginateScan,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../conformance/sample/random.ts";
import { MillraceProcess } from "../fixtures/millrace-process.ts";

const TableName = "crashes";
const kills = 6;
const writers = 12;
const seed = Number(process.env["MILLRACE_SEED"] ?? Date.now() % 2 ** 32);
let millrace: MillraceProcess;
let client: DynamoDBClient;

beforeAll(async () => {
  millrace = await MillraceProcess.start();
  client = new DynamoDBClient({
    endpoint: millrace.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    // A repetition of a call whose answer was lost would add twice, rightly.
    maxAttempts: 1,
  });
  const index = (AttributeName: string): object => ({ AttributeName, AttributeType: "S" });
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [index("id"), index("owner")] as never,
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "owners",
          KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 }, { TableName });
});
afterAll(async () => {
  client.destroy();
  await millrace.dispose();
});

/** What one writer was told, and what it asked last without an answer. */
interface Ledger {
  readonly acknowledged: Set<string>;
  counted: number;
  asked: number;
}

/** Writes until Millrace is gone: items by themselves, pairs in one transaction, and a counter. */
async function writeOn(name: string, random: SeededRandom, ledger: Ledger): Promise<void> {
  try {
    for (let i = 0; ; i++) {
      const id = `${name}-${i}`;
      const owner: AttributeValue = { S: `owner ${random.integer(0, 3)}` };
      if (random.integer(0, 3) === 0) {
        const Put = (half: string): object => ({ TableName, Item: { id: { S: `${id}-${half}` }, owner } });
        await client.send(
          new TransactWriteItemsCommand({ TransactItems: [{ Put: Put("a") }, { Put: Put("b") }] as never }),
        );
        for (const half of ["a", "b"]) ledger.acknowledged.add(`${id}-${half}`);
      } else {
        await client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, owner } }));
        ledger.acknowledged.add(id);
      }
      ledger.asked++;
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: { id: { S: "counter" } },
          UpdateExpression: "ADD hits :one",
          ExpressionAttributeValues: { ":one": { N: "1" } },
        }),
      );
      ledger.counted++;
    }
  } catch (error) {
    // Nothing but the end of the process may stop a writer.
    if (error instanceof Error && "$fault" in error) throw error;
  }
}

async function itemIds(): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    for (const { id, owner } of Items) if (owner !== undefined) ids.add(id?.S ?? "");
  return ids;
}

async function indexedIds(): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const owner of [0, 1, 2, 3]) {
    const query = {
      TableName,
      IndexName: "owners",
      KeyConditionExpression: "#o = :o",
      ExpressionAttributeNames: { "#o": "owner" },
      ExpressionAttributeValues: { ":o": { S: `owner ${owner}` } },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query))
      for (const { id } of Items) ids.add(id?.S ?? "");
  }
  return ids;
}

describe(`DynamoDB killed under load (MILLRACE_SEED=${seed})`, () => {
  it("has all that it acknowledged, transactions whole, and indexes that agree with the table", async () => {
    const random = new SeededRandom(seed);
    const ledger: Ledger = { acknowledged: new Set(), counted: 0, asked: 0 };
    for (let kill = 0; kill < kills; kill++) {
      const names = Array.from({ length: writers }, (_, writer) => `kill${kill}-writer${writer}`);
      const ending = Promise.all(names.map((name) => writeOn(name, random, ledger)));
      await sleep(random.integer(100, 500));
      await millrace.kill();
      await ending;
      await millrace.start();
      const ids = await itemIds();
      expect([...ledger.acknowledged].filter((id) => !ids.has(id))).toEqual([]);
      const halves = [...ids].filter((id) => /-[ab]$/.test(id));
      const other = (id: string): string =>
        id.endsWith("a") ? id.replace(/a$/, "b") : id.replace(/b$/, "a");
      expect(halves.filter((id) => !ids.has(other(id)))).toEqual([]);
      expect(await indexedIds()).toEqual(ids);
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: { id: { S: "counter" } }, ConsistentRead: true }),
      );
      const hits = Number(Item?.["hits"]?.N ?? 0);
      expect(hits).toBeGreaterThanOrEqual(ledger.counted);
      expect(hits).toBeLessThanOrEqual(ledger.asked);
    }
    expect(ledger.acknowledged.size).toBeGreaterThan(kills * writers);
  });
});
